import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { storeKeys } from "../../../server/users/store-keys.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { importSigningKey, sign } from "../../../shared/crypto/signature.ts";
import type { Bundle } from "../../../shared/identity/bundle.ts";
import { bundleContext, kitChangeContext } from "../../../shared/identity/proofs.ts";
import { newRecoveryKey } from "../../../shared/identity/recovery-key.ts";
import { random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import {
  type Account,
  bytesOf,
  finishSignIn,
  openRecovery,
  openWithPassword,
  passwordChange,
  recoveryPublicKeyOf,
  sealed,
  signIn,
  startSignIn,
  wrapsOf,
} from "./account.ts";
import { ALICE, NEW, OLD, serveAccounts, type WithAccounts } from "./serve-accounts.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: WithAccounts["served"];
  let place: WithAccounts["place"];
  let alice: Account;

  const device = async (password = OLD) => {
    const session = await signIn(place, ALICE, password);
    if (session === null) throw Error("wrong password");
    return session;
  };
  const stored = () => db.selectFrom("user").selectAll().orderBy("email").execute();
  const longAgo = () =>
    db
      .updateTable("session")
      .set({ signed_in_at: Date.now() - 601_000 })
      .execute();

  /** A bundle that takes the place of alice's, as her devices send it. */
  async function nextBundle(patch: Partial<Bundle>, by = alice.signing, seal = alice.dek) {
    const bundle = await sealed(place, seal, { ...alice.bundle, ver: 2, ...patch });
    const ver = patch.ver ?? 2;
    const context = await bundleContext(alice.userId, { bundle: bytesOf(bundle), ver });
    return { bundle, ver, proof: bytesToBase64url(await sign(by, context)) };
  }

  beforeEach(async () => {
    db = await open();
    const { join, ...rest } = await serveAccounts(db);
    ({ served, place } = rest);
    alice = await join(ALICE);
  });
  afterEach(() => served?.close());

  describe("changing the password", () => {
    it("lets in with the new one alone, opens the same keys, and signs out every other device", async () => {
      const other = await device();
      await alice.api.user.finishPasswordChange.mutate(await passwordChange(place, alice, NEW));
      expect(await outcome(other.api.user.self.query())).toBe("UNAUTHORIZED");
      expect(await alice.api.user.self.query()).toMatchObject({ userId: alice.userId, email: ALICE, ver: 2 });
      expect(await signIn(place, ALICE, OLD)).toBeNull();
      const opened = await openWithPassword(place, await device(NEW), alice.recoveryKey);
      expect(opened).toEqual({ ok: true, value: { ...alice.bundle, ver: 2 } });
      const another = await openWithPassword(place, await device(NEW), newRecoveryKey());
      expect(another).toEqual({ ok: false, error: "wrong-key" });
    });

    it("leaves the kit good", async () => {
      await alice.api.user.finishPasswordChange.mutate(await passwordChange(place, alice, NEW));
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, "a third one");
      expect(opened).toMatchObject({ userId: alice.userId, ver: 2 });
    });

    it("wants the password a short while ago, and the signing key: a stolen token changes nothing", async () => {
      const before = await stored();
      const change = await passwordChange(place, alice, NEW);
      const eve = await importSigningKey(random(32));
      const forged = bytesToBase64url(await sign(eve, random(32)));
      const other = await passwordChange(place, alice, "not the one that was signed for");
      for (const proof of [forged, other.proof]) {
        const attempt = alice.api.user.finishPasswordChange.mutate({ ...change, proof });
        expect(await outcome(attempt)).toBe("proof");
      }
      await longAgo();
      expect(await outcome(alice.api.user.finishPasswordChange.mutate(change))).toBe("sign-in-again");
      const request = { request: "AAAA" };
      expect(await outcome(alice.api.user.startPasswordChange.mutate(request))).toBe("sign-in-again");
      expect(await stored()).toEqual(before);
    });

    it("is refused where another device has replaced the bundle meanwhile, and no device is signed out", async () => {
      const other = await device();
      const change = await passwordChange(place, alice, NEW);
      await other.api.user.replaceBundle.mutate(await nextBundle({}));
      const before = await stored();
      expect(await outcome(alice.api.user.finishPasswordChange.mutate(change))).toBe("conflict");
      expect(await stored()).toEqual(before);
      expect(await outcome(other.api.user.self.query())).toBe("ok");
      expect(await signIn(place, ALICE, OLD)).not.toBeNull();
    });

    it("leaves no session to whoever signs in with the old one in the same moment", async () => {
      const change = await passwordChange(place, alice, NEW);
      const begun = await Promise.all(Array.from({ length: 5 }, () => startSignIn(place, ALICE, OLD)));
      const finishes = begun.map((each) => finishSignIn(place, { ...each, finish: each.finish ?? "" }));
      const [changed, ...finished] = await Promise.all(
        [alice.api.user.finishPasswordChange.mutate(change), ...finishes].map((each) => outcome(each)),
      );
      expect(changed).toBe("ok");
      for (const said of finished) expect(["ok", "refused"]).toContain(said);
      expect(await alice.api.user.sessions.query()).toMatchObject([{ isThisOne: true }]);
    });

    it("of somebody who was shut out in the same moment is not stored", async () => {
      await db.updateTable("user").set({ suspended: 1 }).execute();
      const before = await stored();
      const keys = { bundle: random(64), record: "another" };
      const store = db.transaction().execute((trx) => storeKeys(trx, alice.userId, 2, keys));
      expect(await store).toBe(false);
      expect(await stored()).toEqual(before);
    });

    it("stops whoever is in the middle of signing in with the old one", async () => {
      const begun = await startSignIn(place, ALICE, OLD);
      await alice.api.user.finishPasswordChange.mutate(await passwordChange(place, alice, NEW));
      const attempt = finishSignIn(place, { ...begun, finish: begun.finish ?? "" });
      expect(await outcome(attempt)).toBe("refused");
    });
  });

  describe("replacing the bundle", () => {
    it("keeps what a device has seen for the others, and the wraps as they are", async () => {
      const groups = { AAAAAAAAAAAAAAAAAAAAAA: { n: 4, head: "A".repeat(43) } };
      await alice.api.user.replaceBundle.mutate(await nextBundle({ groups }));
      const opened = await openWithPassword(place, await device(), alice.recoveryKey);
      expect(opened).toMatchObject({ ok: true, value: { ver: 2, groups } });
    });

    it("is done by one of several devices at once, and never twice", async () => {
      const each = await Promise.all(Array.from({ length: 6 }, () => nextBundle({})));
      const seen = await Promise.all(each.map((next) => outcome(alice.api.user.replaceBundle.mutate(next))));
      expect(seen.filter((said) => said === "ok")).toHaveLength(1);
      expect(seen.filter((said) => said === "conflict")).toHaveLength(5);
      expect(await outcome(alice.api.user.replaceBundle.mutate(await nextBundle({ ver: 4 })))).toBe(
        "conflict",
      );
      expect(await alice.api.user.self.query()).toMatchObject({ ver: 2 });
    });

    it("wants the signing key: a stolen token destroys no keys", async () => {
      const before = await stored();
      const byEve = await nextBundle({}, await importSigningKey(random(32)));
      expect(await outcome(alice.api.user.replaceBundle.mutate(byEve))).toBe("proof");
      const swapped = { ...(await nextBundle({})), bundle: bytesToBase64url(random(64)) };
      expect(await outcome(alice.api.user.replaceBundle.mutate(swapped))).toBe("proof");
      expect(await stored()).toEqual(before);
    });
  });

  describe("a new kit", () => {
    async function newKit(by = alice.signing) {
      const [recoveryKey, session] = [newRecoveryKey(), await device()];
      const recovery = await recoveryPublicKeyOf(recoveryKey);
      const { exportKey } = session;
      const context = kitChangeContext(alice.userId, { recovery, ver: 2 });
      const sent = {
        recovery,
        ...(await wrapsOf(place, { ...alice, recoveryKey, exportKey })),
        bundle: await sealed(place, alice.dek, { ...alice.bundle, ver: 2 }),
        ver: 2,
        proof: bytesToBase64url(await sign(by, context)),
      };
      return { recoveryKey, session, sent };
    }

    it("opens in place of the one before it, with the same password", async () => {
      const { recoveryKey, session, sent } = await newKit();
      await session.api.user.replaceKit.mutate(sent);
      expect(await outcome(alice.api.user.self.query())).toBe("UNAUTHORIZED");
      expect(await outcome(openRecovery(place, ALICE, alice.recoveryKey, NEW))).toBe("refused");
      expect(await openRecovery(place, ALICE, recoveryKey, NEW)).toMatchObject({ ver: 2 });
      const [byOld, byNew] = [
        await openWithPassword(place, await device(), alice.recoveryKey),
        await openWithPassword(place, await device(), recoveryKey),
      ];
      expect(byOld).toEqual({ ok: false, error: "wrong-key" });
      expect(byNew).toMatchObject({ ok: true, value: { userId: alice.userId } });
    });

    it("wants the signing key", async () => {
      const { session, sent } = await newKit(await importSigningKey(random(32)));
      expect(await outcome(session.api.user.replaceKit.mutate(sent))).toBe("proof");
      expect(await outcome(openRecovery(place, ALICE, alice.recoveryKey, NEW))).toBe("ok");
    });
  });
});
