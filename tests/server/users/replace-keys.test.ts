import { afterEach, beforeEach, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import type { KeyPair } from "../../../shared/crypto/private-key.ts";
import { sign } from "../../../shared/crypto/signature.ts";
import { type SecretKeys, withFormerKeys } from "../../../shared/identity/bundle.ts";
import { bundleContext, newKeysContext } from "../../../shared/identity/proofs.ts";
import { newRecoveryKey } from "../../../shared/identity/recovery-key.ts";
import { newDek } from "../../../shared/identity/wrap.ts";
import { newPerson, random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import {
  type Account,
  bytesOf,
  openRecovery,
  openWithPassword,
  recoveryPublicKeyOf,
  sealed,
  signIn,
  wrapsOf,
} from "./account.ts";
import { ALICE, OLD, serveAccounts, type WithAccounts } from "./serve-accounts.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: WithAccounts["served"];
  let place: WithAccounts["place"];
  let alice: Account;

  beforeEach(async () => {
    db = await open();
    const { join, ...rest } = await serveAccounts(db);
    ({ served, place } = rest);
    alice = await join(ALICE);
  });
  afterEach(() => served?.close());

  const stored = () => db.selectFrom("user").selectAll().orderBy("email").execute();
  const device = async () => {
    const session = await signIn(place, ALICE, OLD);
    if (session === null) throw Error("wrong password");
    return session;
  };

  /** What a device of hers sends, with everything that it has made for it. */
  async function newKeys({ by = alice.signing, newBy }: { by?: KeyPair; newBy?: KeyPair } = {}) {
    const [next, recoveryKey, dek] = [await newPerson(), newRecoveryKey(), newDek()];
    const { exportKey } = await device();
    const secret: SecretKeys = {
      signingSeed: bytesToBase64url(random(32)),
      openingSecret: alice.bundle.openingSecret,
    };
    const { signingSeed, openingSecret } = alice.bundle;
    const present = { signingSeed, openingSecret };
    const value = withFormerKeys({ ...alice.bundle, ...secret, ver: 2 }, [present]);
    const bundle = await sealed(place, dek, value);
    const said = { sig: next.sig, enc: next.enc, recovery: await recoveryPublicKeyOf(recoveryKey), ver: 2 };
    const context = await newKeysContext(place.serverId, alice.userId, { ...said, bundle: bytesOf(bundle) });
    const wraps = await wrapsOf(place, { userId: alice.userId, recoveryKey, dek, exportKey });
    const proof = bytesToBase64url(await sign(by, context));
    const newProof = bytesToBase64url(await sign(newBy ?? next.signing, context));
    return { next, recoveryKey, value, sent: { ...said, ...wraps, bundle, proof, newProof } };
  }

  it("puts keys, kit and bundle in place at once, and every other device is signed out", async () => {
    const { next, recoveryKey, value, sent } = await newKeys();
    const other = await device();
    await db
      .updateTable("session")
      .set({ label: random(60) })
      .execute();
    expect(await outcome(alice.api.user.replaceKeys.mutate(sent))).toBe("ok");
    expect(await alice.api.user.sessions.query()).toMatchObject([{ isThisOne: true, label: null }]);
    expect(await outcome(other.api.user.self.query())).toBe("UNAUTHORIZED");
    expect(await stored()).toMatchObject([{ sig: next.sig, enc: next.enc, bundle_ver: 2 }]);
    expect(await openWithPassword(place, await device(), recoveryKey)).toEqual({ ok: true, value });
    expect(await openWithPassword(place, await device(), alice.recoveryKey)).toMatchObject({ ok: false });
    expect(await outcome(openRecovery(place, ALICE, alice.recoveryKey, "a third one"))).toBe("refused");
    // What the former key signs is nobody's word any more.
    const bundle = await sealed(place, alice.dek, { ...alice.bundle, ver: 3 });
    const context = await bundleContext(alice.userId, { bundle: bytesOf(bundle), ver: 3 });
    const proofBy = async (key: KeyPair) => bytesToBase64url(await sign(key, context));
    const replace = (proof: string) => alice.api.user.replaceBundle.mutate({ bundle, ver: 3, proof });
    expect(await outcome(replace(await proofBy(alice.signing)))).toBe("proof");
    expect(await outcome(replace(await proofBy(next.signing)))).toBe("ok");
  });

  it("takes them from whoever has both keys and has just given the password, and of no other version", async () => {
    const before = await stored();
    const eve = (await newPerson()).signing;
    for (const how of [{ by: eve }, { newBy: eve }]) {
      const { sent } = await newKeys(how);
      expect(await outcome(alice.api.user.replaceKeys.mutate(sent))).toBe("proof");
    }
    const { sent } = await newKeys();
    for (const patch of [
      { enc: sent.sig },
      { ver: 3 },
      { recovery: sent.sig },
      { bundle: sent.bundle.slice(4) },
    ])
      expect(await outcome(alice.api.user.replaceKeys.mutate({ ...sent, ...patch }))).toBe("proof");
    const nobodys = bytesToBase64url(Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0)));
    for (const patch of [{ sig: nobodys }, { enc: "A".repeat(43) }])
      expect(await outcome(alice.api.user.replaceKeys.mutate({ ...sent, ...patch }))).toBe("proof");
    await db.deleteFrom("rate_limit").execute();
    await db
      .updateTable("session")
      .set({ signed_in_at: Date.now() - 601_000 })
      .execute();
    expect(await outcome(alice.api.user.replaceKeys.mutate(sent))).toBe("sign-in-again");
    expect(await stored()).toEqual(before);
  });

  it("takes them once: what another device has changed meanwhile stands", async () => {
    const [first, second] = [await newKeys(), await newKeys()];
    expect(await outcome(alice.api.user.replaceKeys.mutate(first.sent))).toBe("ok");
    const before = await stored();
    for (const { sent } of [first, second])
      expect(await outcome(alice.api.user.replaceKeys.mutate(sent))).toBe("proof");
    expect(await stored()).toEqual(before);
  });
});
