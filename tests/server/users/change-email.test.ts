import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { importSigningKey, sign } from "../../../shared/crypto/signature.ts";
import { emailChangeContext } from "../../../shared/identity/proofs.ts";
import { random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { type Account, openWithPassword, signIn } from "./account.ts";
import { ALICE, OLD, serveAccounts, type WithAccounts } from "./serve-accounts.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: WithAccounts["served"];
  let place: WithAccounts["place"];
  let join: WithAccounts["join"];
  let alice: Account;

  const stored = () => db.selectFrom("user").selectAll().orderBy("email").execute();

  beforeEach(async () => {
    db = await open();
    ({ served, place, join } = await serveAccounts(db));
    alice = await join(ALICE);
  });
  afterEach(() => served?.close());

  describe("changing the e-mail address", () => {
    async function change(email: string, by = alice.signing) {
      const context = emailChangeContext(place.serverId, alice.userId, email);
      return { email, proof: bytesToBase64url(await sign(by, context)) };
    }

    it("signs in with the new one and the same password, and with the old one no more", async () => {
      const changed = await alice.api.user.changeEmail.mutate(
        await change(" Alice.Smith@Example.com".trim()),
      );
      expect(changed).toEqual({ email: "alice.smith@example.com" });
      const session = await signIn(place, "alice.smith@example.com", OLD);
      if (session === null) throw Error("wrong password");
      expect((await openWithPassword(place, session, alice.recoveryKey)).ok).toBe(true);
      expect(await signIn(place, ALICE, OLD)).toBeNull();
      expect(await outcome(alice.api.user.self.query())).toBe("ok");
      // To their own address, written otherwise: nothing is in the way.
      const again = await change("ALICE.smith@example.com");
      expect(await alice.api.user.changeEmail.mutate(again)).toEqual(changed);
    });

    it("is refused for an address that is taken, in the same words whoever has it, and slowly for many", async () => {
      await join("bob@example.com");
      await join("eve@example.com");
      await db.updateTable("user").set({ suspended: 1 }).where("email", "=", "eve@example.com").execute();
      const before = await stored();
      const seen: string[] = [];
      for (const name of ["bob", "eve", "BOB", "bob", "bob", "bob"])
        seen.push(await outcome(alice.api.user.changeEmail.mutate(await change(`${name}@example.com`))));
      expect(seen).toEqual([...Array(5).fill("email-taken"), "too-often"]);
      expect(await stored()).toEqual(before);
    });

    it("gives an address to one of two who want it at once", async () => {
      const bob = await join("bob@example.com");
      for (const email of ["one@example.com", "two@example.com", "three@example.com"]) {
        const context = emailChangeContext(place.serverId, bob.userId, email);
        const proof = bytesToBase64url(await sign(bob.signing, context));
        const seen = await Promise.all([
          outcome(alice.api.user.changeEmail.mutate(await change(email))),
          outcome(bob.api.user.changeEmail.mutate({ email, proof })),
        ]);
        expect(seen.sort()).toEqual(["email-taken", "ok"]);
      }
    });

    it("wants the signing key, and the password a short while ago", async () => {
      const forged = await change("eve@example.com", await importSigningKey(random(32)));
      expect(await outcome(alice.api.user.changeEmail.mutate(forged))).toBe("proof");
      const moved = { ...(await change("bob@example.com")), email: "eve@example.com" };
      expect(await outcome(alice.api.user.changeEmail.mutate(moved))).toBe("proof");
      await db
        .updateTable("session")
        .set({ signed_in_at: Date.now() - 601_000 })
        .execute();
      const late = await change("alice2@example.com");
      expect(await outcome(alice.api.user.changeEmail.mutate(late))).toBe("sign-in-again");
      expect(await stored()).toMatchObject([{ email: ALICE }]);
    });
  });
});
