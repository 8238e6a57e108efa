import { expect, it } from "vitest";
import { UNPROVEN_MS } from "../../../server/mfa/limits.ts";
import { sweep } from "../../../server/sweep/sweep.ts";
import { onBothDatabases } from "../databases.ts";
import { aliceAtServer } from "../mfa/alice-at-server.ts";
import { beginSetUp, setUpPin } from "../mfa/with-factor.ts";

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open, { modules: [{ kind: "insecure_example" }] });
  const ids = async () => (await at.db.selectFrom("factor").select("id").execute()).map(({ id }) => id);

  it("drops factors that were begun and never proven in time, and no others", async () => {
    const { factorId, token } = await setUpPin(at.alice.api, "1234");
    await beginSetUp(at.server.place.api(token), "insecure_example", { pin: "4321" });
    expect(await sweep(at.db, Date.now() + UNPROVEN_MS)).not.toHaveProperty("factor");
    expect(await sweep(at.db, Date.now() + UNPROVEN_MS + 1)).toMatchObject({ factor: 1 });
    expect(await ids()).toEqual([factorId]);
  });

  it("leaves one that is proven at that very moment", async () => {
    const { factorId } = await beginSetUp(at.alice.api, "insecure_example", { pin: "1234" });
    let sweeping: Promise<unknown> = Promise.resolve();
    await at.db.transaction().execute(async (trx) => {
      await trx.updateTable("factor").set({ verified_at: Date.now() }).where("id", "=", factorId).execute();
      sweeping = sweep(at.db, Date.now() + UNPROVEN_MS + 1);
      // Where the database lets it, it has come to that row by then, and waits for it.
      await new Promise((done) => setTimeout(done, 300));
    });
    await sweeping;
    expect(await ids()).toEqual([factorId]);
  });
});
