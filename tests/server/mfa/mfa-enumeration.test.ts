import { describe, expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { signIn, startSignIn } from "../users/account.ts";
import { ALICE } from "../users/serve-accounts.ts";
import { aliceAtServer, later, MINUTE, signInAgain } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { beginSetUp, done, setUpTotp, show } from "./with-factor.ts";

const BOB = "bob@example.com";

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open);

  describe("who has a second factor", () => {
    it("is told to nobody before the password: the first half of signing in is the same", async () => {
      await at.server.join(BOB);
      await setUpTotp(at.alice.api, Date.now());
      const shapeOf = async (email: string, password: string) => {
        const { round, loginId, finish } = await startSignIn(at.server.place, email, password);
        return { round: round.length, loginId: loginId.length, finish };
      };
      const shapes = [];
      for (const email of [ALICE, BOB, "nobody@example.com"]) shapes.push(await shapeOf(email, "wrong"));
      expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
      for (const email of [ALICE, BOB]) expect(await signIn(at.server.place, email, "wrong")).toBe(null);
    });

    it("is told to nobody who is signed in themselves: another's factor, a removed one and none are one", async () => {
      const bob = await at.server.join(BOB);
      const removed = await beginSetUp(bob.api, "totp");
      done(await bob.api.mfa.unenroll.mutate({ factorId: removed.factorId, evenLast: false }));
      const hers = await setUpTotp(at.alice.api, Date.now());
      const asked = [];
      for (const factorId of [hers.factorId, removed.factorId, "AAAAAAAAAAAAAAAAAAAAAA", "x"]) {
        const answer = { factorId, challengeId: "x", proof: { code: "123456" }, languages: [], device: null };
        asked.push(
          JSON.stringify([
            await bob.api.mfa.challenge.mutate({ factorId, languages: [] }),
            await bob.api.mfa.verify.mutate(answer),
            await show(bob.api, factorId, "123456"),
            await bob.api.mfa.unenroll.mutate({ factorId, evenLast: true }),
            await outcome(bob.api.mfa.rename.mutate({ factorId, name: "mine" })),
          ]),
        );
      }
      expect(new Set(asked).size).toBe(1);
      expect(asked[0]).toContain("no-such-factor");
    });

    it("is told to no administrator's password alone, and to none but administrators", async () => {
      const [bob, eve] = [await at.server.join(BOB), await at.server.join("eve@example.com")];
      await setUpTotp(bob.api, Date.now());
      const reset = (userId: string) => outcome(eve.api.mfa.resetFactors.mutate({ userId }));
      expect([await reset(bob.userId), await reset(at.alice.userId), await reset("none")]).toEqual(
        Array(3).fill("rank"),
      );
      const mine = await setUpTotp(at.alice.api, Date.now());
      const half = await signInAgain(at);
      const resetBy = (api: typeof half.api, userId: string) =>
        outcome(api.mfa.resetFactors.mutate({ userId }));
      expect([await resetBy(half.api, bob.userId), await resetBy(half.api, "none")]).toEqual(
        Array(2).fill("factor-needed"),
      );
      const api = at.server.place.api(mine.token);
      expect([await resetBy(api, eve.userId), await resetBy(api, "none")]).toEqual(
        Array(2).fill("no-factor"),
      );
    });
  });

  describe("a challenge", () => {
    it("is of one person, one session and one factor", async () => {
      const bob = await at.server.join(BOB);
      const [hers, his] = [await setUpTotp(at.alice.api, Date.now()), await setUpTotp(bob.api, Date.now())];
      const [alice, other] = [at.server.place.api(hers.token), at.server.place.api(his.token)];
      const second = await setUpTotp(alice, Date.now());
      const mine = at.server.place.api(second.token);
      later(MINUTE);
      const { challengeId } = done(
        await mine.mfa.challenge.mutate({ factorId: hers.factorId, languages: [] }),
      );
      const answerOf = (factorId: string, secret: string) => ({
        ...{ factorId, challengeId, proof: { code: codeOf(secret, Date.now()) } },
        ...{ languages: [], device: null },
      });
      const half = await signInAgain(at);
      const refused = [
        await other.mfa.verify.mutate(answerOf(his.factorId, his.secret)),
        await mine.mfa.verify.mutate(answerOf(second.factorId, second.secret)),
        await half.api.mfa.verify.mutate(answerOf(hers.factorId, hers.secret)),
      ];
      for (const answer of refused) expect(answer).toEqual({ refused: { reason: "challenge-over" } });
      expect(await other.mfa.verify.mutate(answerOf(hers.factorId, hers.secret))).toEqual({
        refused: { reason: "no-such-factor" },
      });
      done(await mine.mfa.verify.mutate(answerOf(hers.factorId, hers.secret)));
    });

    it("of a session that has ended, and of a factor that is gone, is over", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      later(MINUTE);
      const half = await signInAgain(at);
      const { challengeId } = done(await half.api.mfa.challenge.mutate({ factorId, languages: [] }));
      const proof = { code: codeOf(secret, Date.now()) };
      const answer = { factorId, challengeId, proof, languages: [], device: null };
      done(await at.server.place.api(token).mfa.unenroll.mutate({ factorId, evenLast: true }));
      expect(await half.api.mfa.verify.mutate(answer)).toEqual({ refused: { reason: "no-such-factor" } });
      await half.api.user.signOut.mutate();
      expect(await outcome(half.api.mfa.verify.mutate(answer))).toBe("UNAUTHORIZED");
      expect(await at.db.selectFrom("mfa_challenge").select("id").execute()).toEqual([]);
    });

    it("that is asked for once more takes the place of the one before", async () => {
      const { factorId, secret } = await setUpTotp(at.alice.api, Date.now());
      later(MINUTE);
      const { api } = await signInAgain(at);
      const [first, second] = [
        done(await api.mfa.challenge.mutate({ factorId, languages: [] })),
        done(await api.mfa.challenge.mutate({ factorId, languages: [] })),
      ];
      const proof = { code: codeOf(secret, Date.now()) };
      const answer = (challengeId: string) =>
        api.mfa.verify.mutate({ factorId, challengeId, proof, languages: [], device: null });
      expect(await answer(first.challengeId)).toEqual({ refused: { reason: "challenge-over" } });
      done(await answer(second.challengeId));
    });
  });

  describe("at the same moment, in one session", () => {
    it("questions, right answers and removals leave one answer taken, and none is an error", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      const spare = await setUpTotp(at.server.place.api(token), Date.now());
      later(MINUTE);
      const { api } = await signInAgain(at);
      const mine = at.server.place.api(spare.token);
      const code = codeOf(secret, Date.now());
      const said = await Promise.all(
        [
          ...Array.from({ length: 4 }, () => show(api, factorId, code)),
          ...Array.from({ length: 4 }, () => api.mfa.challenge.mutate({ factorId, languages: [] })),
          mine.mfa.unenroll.mutate({ factorId, evenLast: false }),
        ].map((each) =>
          each.then(
            (answer) => JSON.stringify(answer),
            (error: Error) => error.message,
          ),
        ),
      );
      expect(said.filter((each) => each.includes('"token"')).length).toBeLessThanOrEqual(1);
      for (const each of said) expect(each).not.toContain("INTERNAL");
    });
  });
});
