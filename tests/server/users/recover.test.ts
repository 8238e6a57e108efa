import { client } from "@serenity-kit/opaque";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { newToken } from "../../../server/tokens.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { importSigningKey, sign } from "../../../shared/crypto/signature.ts";
import { bundleContext, recoveredContext, recoveryContext } from "../../../shared/identity/proofs.ts";
import { newRecoveryKey, recoverySigningKeyOf } from "../../../shared/identity/recovery-key.ts";
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
  recovery,
  sealed,
  signIn,
  startSignIn,
} from "./account.ts";
import { ALICE, NEW, OLD, serveAccounts, type WithAccounts } from "./serve-accounts.ts";

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

  const start = (email = ALICE) => served.api().user.startRecovery.mutate({ email });
  const stored = () => db.selectFrom("user").selectAll().execute();
  const goBack = (ms: number) =>
    db
      .updateTable("recovery_round")
      .set(({ eb }) => ({ made_at: eb("made_at", "-", ms) }))
      .execute();

  /** An answer to a challenge, with a kit. */
  async function answer(challenge: string, recoveryKey = alice.recoveryKey) {
    const key = await recoverySigningKeyOf(recoveryKey);
    const proof = bytesToBase64url(await sign(key, recoveryContext(place.serverId, challenge)));
    return { proof, request: client.startRegistration({ password: NEW }).registrationRequest };
  }

  const answerWith = (round: string, answered: { proof: string; request: string }) =>
    served.api().user.openRecovery.mutate({ round, ...answered });

  describe("recovering with the kit", () => {
    it("gives a new password and a new kit, keeps the keys, and signs out every device", async () => {
      const inTheMiddle = await startSignIn(place, ALICE, OLD);
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, NEW);
      const { sent, newKey, next } = await recovery(place, opened, alice.recoveryKey);
      const { token, userId } = await served.api().user.recover.mutate(sent);
      expect(userId).toBe(alice.userId);
      expect(await outcome(alice.api.user.self.query())).toBe("UNAUTHORIZED");
      expect(await served.api(token).user.self.query()).toMatchObject({ userId, email: ALICE, ver: 2 });
      const late = finishSignIn(place, { ...inTheMiddle, finish: inTheMiddle.finish ?? "" });
      expect(await outcome(late)).toBe("refused");

      expect(await signIn(place, ALICE, OLD)).toBeNull();
      const session = await signIn(place, ALICE, NEW);
      if (session === null) throw Error("the new password is refused");
      expect(await openWithPassword(place, session, newKey)).toEqual({ ok: true, value: next });
      expect(next.signingSeed).toBe(alice.bundle.signingSeed);
      expect(await openWithPassword(place, session, alice.recoveryKey)).toMatchObject({ error: "wrong-key" });

      expect(await outcome(openRecovery(place, ALICE, alice.recoveryKey, OLD))).toBe("refused");
      expect(await openRecovery(place, ALICE, newKey, OLD)).toMatchObject({ ver: 2 });
    });

    it("begins alike for everybody, known, unknown or suspended, and ends alike for who has not the kit", async () => {
      const shape = ({ round, challenge }: { round: string; challenge: string }) => [
        round.length,
        challenge.length,
      ];
      const eve = "eve@example.com";
      expect(shape(await start())).toEqual(shape(await start(eve)));
      const refusals: string[] = [];
      const refusalOf = async (email: string, recoveryKey = alice.recoveryKey) => {
        const { round, challenge } = await start(email);
        refusals.push(await outcome(answerWith(round, await answer(challenge, recoveryKey))));
      };
      await refusalOf(eve);
      await refusalOf(ALICE, newRecoveryKey());
      refusals.push(await outcome(answerWith(newToken(), await answer("none"))));
      await db.updateTable("user").set({ suspended: 1 }).execute();
      await refusalOf(ALICE);
      expect(refusals).toEqual(Array(4).fill("refused"));
    });

    it("takes one answer to each challenge, its own, within five minutes", async () => {
      const [one, two] = [await start(), await start()];
      expect(await outcome(answerWith(one.round, await answer(two.challenge)))).toBe("refused");
      expect(await outcome(answerWith(one.round, await answer(one.challenge)))).toBe("refused");
      expect(await outcome(answerWith(two.round, await answer(two.challenge)))).toBe("ok");
      expect(await outcome(answerWith(two.round, await answer(two.challenge)))).toBe("refused");
      const late = await start();
      await goBack(301_000);
      expect(await outcome(answerWith(late.round, await answer(late.challenge)))).toBe("refused");
    });

    it("is finished once, within half an hour, by who has answered the challenge", async () => {
      const before = await stored();
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, NEW);
      const { sent } = await recovery(place, opened, alice.recoveryKey);
      const begun = await start();
      for (const round of [begun.round, newToken()])
        expect(await outcome(served.api().user.recover.mutate({ ...sent, round }))).toBe("refused");
      await goBack(29 * 60_000);
      const seen = await Promise.all([1, 2].map(() => outcome(served.api().user.recover.mutate(sent))));
      expect(seen.filter((said) => said === "ok")).toHaveLength(1);
      expect(await outcome(served.api().user.recover.mutate(sent))).toBe("refused");
      expect(await stored()).not.toEqual(before);
    });

    it("is over after half an hour, or when its user is suspended, and leaves no trace", async () => {
      const before = await stored();
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, NEW);
      const { sent } = await recovery(place, opened, alice.recoveryKey);
      await db.updateTable("user").set({ suspended: 1 }).execute();
      expect(await outcome(served.api().user.recover.mutate(sent))).toBe("refused");
      await db.updateTable("user").set({ suspended: 0 }).execute();
      await goBack(31 * 60_000);
      expect(await outcome(served.api().user.recover.mutate(sent))).toBe("refused");
      expect(await stored()).toEqual(before);
      expect(await outcome(alice.api.user.self.query())).toBe("ok");
      await start();
      expect(await db.selectFrom("recovery_round").selectAll().execute()).toHaveLength(1);
    });

    it("wants the signing key of the bundle, for exactly what is new", async () => {
      const before = await stored();
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, NEW);
      const { sent } = await recovery(place, opened, alice.recoveryKey);
      const eve = bytesToBase64url(await sign(await importSigningKey(random(32)), random(32)));
      const other = bytesToBase64url((await recoverySigningKeyOf(newRecoveryKey())).publicKey);
      for (const patch of [{ proof: eve }, { recovery: other }, { record: `${sent.record}A` }, { ver: 3 }])
        expect(await outcome(served.api().user.recover.mutate({ ...sent, ...patch }))).toBe("proof");
      expect(await stored()).toEqual(before);
      expect(await outcome(served.api().user.recover.mutate(sent))).toBe("ok");
    });

    it("begins again where a device has replaced the bundle or the password meanwhile", async () => {
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, NEW);
      const { sent } = await recovery(place, opened, alice.recoveryKey);
      const bundle = await sealed(place, alice.dek, { ...alice.bundle, ver: 2 });
      const context = await bundleContext(alice.userId, { bundle: bytesOf(bundle), ver: 2 });
      const proof = bytesToBase64url(await sign(alice.signing, context));
      await alice.api.user.replaceBundle.mutate({ bundle, ver: 2, proof });
      expect(await outcome(served.api().user.recover.mutate(sent))).toBe("conflict");
      expect(await outcome(alice.api.user.self.query())).toBe("ok");

      const again = await openRecovery(place, ALICE, alice.recoveryKey, NEW);
      const at2 = { ...alice, bundle: { ...alice.bundle, ver: 2 } };
      await alice.api.user.finishPasswordChange.mutate(await passwordChange(place, at2, "a third one"));
      const late = await recovery(place, again, alice.recoveryKey);
      expect(await outcome(served.api().user.recover.mutate(late.sent))).toBe("refused");
    });

    it("replaces nothing that came after what the kit has opened, whatever version is claimed", async () => {
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, NEW);
      await db.updateTable("user").set({ bundle_ver: 2 }).execute();
      const { sent } = await recovery(place, opened, alice.recoveryKey);
      const said = { ...sent, ver: 3 };
      const context = await recoveredContext(place.serverId, alice.userId, said);
      const proof = bytesToBase64url(await sign(alice.signing, context));
      expect(await outcome(served.api().user.recover.mutate({ ...said, proof }))).toBe("conflict");
      expect(await outcome(alice.api.user.self.query())).toBe("ok");
    });

    it("is slowed down for each address, known or not, in the same words", async () => {
      const tries = async (email: string) => {
        const seen: string[] = [];
        for (let attempt = 0; attempt < 12; attempt++) seen.push(await outcome(start(email)));
        return seen;
      };
      const [known, unknown] = [await tries(" ALICE@example.com".trim()), await tries("eve@example.com")];
      expect(known).toEqual(unknown);
      expect(known.at(-1)).toBe("too-often");
    });

    it("leaves nothing in the database by which somebody else could finish it", async () => {
      const { round, challenge } = await start();
      const opened = await answerWith(round, await answer(challenge));
      const rows = JSON.stringify(await db.selectFrom("recovery_round").selectAll().execute());
      expect(rows).not.toContain(round);
      expect(rows).not.toContain(opened.round);
    });
  });
});
