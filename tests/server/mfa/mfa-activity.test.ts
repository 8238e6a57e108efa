import { afterEach, beforeEach, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { resetFactors } from "../../../server/mfa/flow/reset.ts";
import { noteActivity } from "../../../server/mfa/notices/activity.ts";
import { onBothDatabases } from "../databases.ts";
import { addMember, newGroup } from "../groups-over-http.ts";
import { outcome } from "../outcome.ts";
import { type Served, serve } from "../served.ts";
import { done, setUpTotp } from "./with-factor.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: Served;

  beforeEach(async () => {
    db = await open();
    served = await serve(db);
  });
  afterEach(() => served?.close());

  it("what is done about factors is told to its person whole, and to their groups where it is a reset", async () => {
    const [alice, bob, eve] = await Promise.all(
      ["alice", "bob", "eve"].map((name) => served.join(`${name}@example.com`)),
    );
    if (!alice || !bob || !eve) throw Error("somebody is missing");
    await addMember(await newGroup(alice), alice, bob, "viewer");
    const { token, factorId } = await setUpTotp(bob.api, Date.now());
    const his = served.api(token);
    await his.mfa.rename.mutate({ factorId, name: "  the new phone " });
    const other = await setUpTotp(his, Date.now());
    const last = served.api(other.token);
    done(await last.mfa.unenroll.mutate({ factorId: other.factorId, evenLast: false }));
    const whats = async (api: typeof his) => (await api.mfa.activity.query()).map(({ what }) => what).sort();
    expect(await whats(last)).toEqual(["added", "added", "removed", "renamed"]);
    const named = (await last.mfa.activity.query()).find(({ what }) => what === "renamed");
    expect(named).toMatchObject({ module: "totp", name: "the new phone", userId: bob.id, byUser: bob.id });
    expect(await whats(alice.api)).toEqual([]);
    await resetFactors(db, { mailer: null }, { userId: bob.id, by: null }, Date.now());
    expect(await whats(alice.api)).toEqual(["reset-by-administrator"]);
    expect(await whats(eve.api)).toEqual([]);
  });

  it("whatever somebody does again and again, what else they did is told, and each kind of deed to its thirtieth line", async () => {
    const alice = await served.join("alice@example.com");
    const { token, factorId } = await setUpTotp(alice.api, Date.now());
    const his = served.api(token);
    const about = { user_id: alice.id, by_user: alice.id, module: "totp", name: null } as const;
    for (let at = 1; at <= 200; at++)
      await db
        .transaction()
        .execute((trx) => noteActivity(trx, { ...about, at: Date.now() + at, what: "renamed" }));
    await his.mfa.rename.mutate({ factorId, name: "the two hundred and first" });
    const told = await his.mfa.activity.query();
    expect(told.filter(({ what }) => what === "renamed")).toHaveLength(30);
    expect(told.at(-1)).toMatchObject({ what: "added" });
    expect(await db.selectFrom("activity").selectAll().execute()).toHaveLength(31);
  });

  it("a factor that nobody has named has no name, and loses it by a blank one", async () => {
    const alice = await served.join("alice@example.com");
    const wish = { module: "totp", input: {}, languages: ["zh-CN"] };
    for (const name of [null, "", "  "]) done(await alice.api.mfa.enroll.mutate({ ...wish, name }));
    const named = done(await alice.api.mfa.enroll.mutate({ ...wish, name: " my phone " }));
    const names = async (api: typeof alice.api) =>
      (await api.mfa.listFactors.query()).all.map(({ name }) => name).sort();
    expect(await names(alice.api)).toEqual(["my phone", null, null, null]);
    const { token, factorId } = await setUpTotp(alice.api, Date.now());
    const api = served.api(token);
    for (const name of ["", null]) {
      await api.mfa.rename.mutate({ factorId: named.factorId, name });
      expect((await names(api)).filter((each) => each !== null)).toEqual(["my totp"]);
    }
    await api.mfa.rename.mutate({ factorId, name: " " });
    // Nobody is told of those that were never proven.
    const [latest, first, ...others] = await api.mfa.activity.query();
    expect(latest).toMatchObject({ what: "renamed", module: "totp", name: null });
    expect([first?.what, others]).toEqual(["added", []]);
  });

  it("nobody names another's factor, and is not told whether there is one", async () => {
    const [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
    const { factorId } = await setUpTotp(bob.api, Date.now());
    const rename = (id: string) => outcome(alice.api.mfa.rename.mutate({ factorId: id, name: "mine" }));
    expect([await rename(factorId), await rename("none")]).toEqual(["not-found", "not-found"]);
  });

  it("whatever somebody else does about their own, one's own and a third person's is told all the same", async () => {
    const [alice, bob, eve] = await Promise.all(
      ["alice", "bob", "eve"].map((name) => served.join(`${name}@example.com`)),
    );
    if (!alice || !bob || !eve) throw Error("somebody is missing");
    await addMember(await addMember(await newGroup(alice), alice, bob, "viewer"), alice, eve, "viewer");
    const about = { by_user: null, module: null, name: null };
    await db.transaction().execute(async (trx) => {
      await noteActivity(trx, { ...about, at: 1, user_id: alice.id, what: "added" });
      await noteActivity(trx, { ...about, at: 2, user_id: bob.id, what: "reset-asked" });
      for (let at = 3; at < 300; at++)
        await noteActivity(trx, { ...about, at, user_id: eve.id, what: "reset-cancelled" });
    });
    const told = await alice.api.mfa.activity.query();
    expect(told.map(({ at }) => at).slice(-2)).toEqual([2, 1]);
    expect(told.filter(({ userId }) => userId === eve.id)).toHaveLength(10);
    expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort((a, b) => b - a));
  });
});
