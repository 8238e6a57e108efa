import { describe, expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { aliceAtServer, later, levelsOf, MINUTE, signInAgain } from "./alice-at-server.ts";
import { codeOf, wrongCodeOf } from "./authenticator.ts";
import { beginSetUp, done, setUpTotp, show, shownAs, whyNot } from "./with-factor.ts";

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open);

  describe("an authenticator as second factor", () => {
    it("is set up with its first code, asked for at the next sign-in, and taken", async () => {
      expect(await levelsOf(at, at.alice.token)).toEqual(["aal1", "aal1"]);
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      expect(secret).toMatch(/^[A-Z2-7]{32}$/);
      expect(await outcome(at.alice.api.user.self.query())).toBe("UNAUTHORIZED");
      expect(await levelsOf(at, token)).toEqual(["aal2", "aal2"]);

      later(MINUTE);
      const { api, token: half } = await signInAgain(at);
      expect(await levelsOf(at, half)).toEqual(["aal1", "aal2"]);
      for (const { query } of [api.group.heads, api.user.bundle, api.user.sessions])
        expect(await outcome(query())).toBe("factor-needed");
      const verified = done(await show(api, factorId, codeOf(secret, Date.now())));
      expect(await levelsOf(at, verified.token)).toEqual(["aal2", "aal2"]);
      expect((await at.server.place.api(verified.token).user.bundle.query()).ver).toBe(1);
      expect(await outcome(api.user.self.query())).toBe("UNAUTHORIZED");
    });

    it("is at aal2 with nothing above aal1 to reach once it is removed", async () => {
      const { factorId, token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      expect(whyNot(await api.mfa.unenroll.mutate({ factorId, evenLast: false }))).toBe("last-factor");
      done(await api.mfa.unenroll.mutate({ factorId, evenLast: true }));
      expect(await levelsOf(at, token)).toEqual(["aal2", "aal1"]);
      expect((await api.mfa.listFactors.query()).all).toEqual([]);
      const { api: again, token: next } = await signInAgain(at);
      expect(await levelsOf(at, next)).toEqual(["aal1", "aal1"]);
      expect(await outcome(again.group.heads.query())).toBe("ok");
    });

    it("what was shown of a removed factor is no proof of a later one", async () => {
      const { factorId, token } = await setUpTotp(at.alice.api, Date.now());
      done(await at.server.place.api(token).mfa.unenroll.mutate({ factorId, evenLast: true }));
      const other = await signInAgain(at);
      await setUpTotp(other.api, Date.now());
      expect(await levelsOf(at, token)).toEqual(["aal1", "aal2"]);
    });

    it("a wrong first code leaves it unverified; a new challenge works", async () => {
      const { factorId, challengeId, shown } = await beginSetUp(at.alice.api, "totp");
      const { secret } = shownAs(shown, "totp-secret");
      const code = wrongCodeOf(secret, Date.now());
      const answer = { factorId, challengeId, proof: { code }, languages: [], device: null };
      expect(whyNot(await at.alice.api.mfa.verify.mutate(answer))).toBe("wrong-code");
      expect((await at.alice.api.mfa.listFactors.query()).all).toMatchObject([{ status: "unverified" }]);
      expect(await levelsOf(at, at.alice.token)).toEqual(["aal1", "aal1"]);
      done(await show(at.alice.api, factorId, codeOf(secret, Date.now())));
    });

    it("a first code of a wrong clock says by how much it is wrong", async () => {
      const { factorId, shown } = await beginSetUp(at.alice.api, "totp");
      const { secret } = shownAs(shown, "totp-secret");
      const answer = await show(at.alice.api, factorId, codeOf(secret, Date.now() + 7 * MINUTE));
      expect(answer).toEqual({ refused: { reason: "clock-off", seconds: 420 } });
    });

    it("a code is taken once, and none from before it", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      for (const time of [Date.now(), Date.now() - 30_000])
        expect(whyNot(await show(api, factorId, codeOf(secret, time)))).toBe("used-code");
      later(MINUTE);
      done(await show(api, factorId, codeOf(secret, Date.now())));
    });

    it("of four sessions that show the same code at the same moment, one gets in", async () => {
      const { factorId, secret } = await setUpTotp(at.alice.api, Date.now());
      later(MINUTE);
      const sessions = [];
      for (let each = 0; each < 4; each++) sessions.push(await signInAgain(at));
      const code = codeOf(secret, Date.now());
      const answers = await Promise.all(sessions.map(({ api }) => show(api, factorId, code)));
      expect(answers.filter((answer) => whyNot(answer) === null)).toHaveLength(1);
      for (const answer of answers) expect([null, "used-code", "wait"]).toContain(whyNot(answer));
    });

    it("a challenge is of one session, one factor and ten minutes, and good once", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      later(MINUTE);
      const other = await signInAgain(at);
      const asked = done(await other.api.mfa.challenge.mutate({ factorId, languages: [] }));
      const proof = { code: codeOf(secret, Date.now()) };
      const answer = { factorId, challengeId: asked.challengeId, proof, languages: [], device: null };
      expect(whyNot(await api.mfa.verify.mutate(answer))).toBe("challenge-over");
      later(10 * MINUTE);
      expect(whyNot(await other.api.mfa.verify.mutate(answer))).toBe("challenge-over");
      const again = done(await other.api.mfa.challenge.mutate({ factorId, languages: [] }));
      const right = {
        ...answer,
        challengeId: again.challengeId,
        proof: { code: codeOf(secret, Date.now()) },
      };
      const { token: next } = done(await other.api.mfa.verify.mutate(right));
      later(MINUTE);
      const twice = { ...right, proof: { code: codeOf(secret, Date.now()) } };
      expect(whyNot(await at.server.place.api(next).mfa.verify.mutate(twice))).toBe("challenge-over");
    });

    it("nobody else comes by it", async () => {
      const { factorId, secret } = await setUpTotp(at.alice.api, Date.now());
      const bob = await at.server.join("bob@example.com");
      later(MINUTE);
      expect(whyNot(await show(bob.api, factorId, codeOf(secret, Date.now())))).toBe("no-such-factor");
      expect((await bob.api.mfa.listFactors.query()).all).toEqual([]);
    });

    it("one that is being set up is none of another session's that has shown nothing", async () => {
      const { token, secret, factorId } = await setUpTotp(at.alice.api, Date.now());
      const second = await beginSetUp(at.server.place.api(token), "totp");
      const thief = await signInAgain(at);
      const asked = await thief.api.mfa.challenge.mutate({ factorId: second.factorId, languages: [] });
      expect(whyNot(asked)).toBe("factor-needed");
      later(MINUTE);
      done(await show(thief.api, factorId, codeOf(secret, Date.now())));
    });
  });

  describe("wrong codes", () => {
    it("cost growing waits, at most a quarter of an hour, and a right one ends them", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      const waits: number[] = [];
      for (let tried = 0; tried < 20; tried++) {
        const answer = await show(api, factorId, wrongCodeOf(secret, Date.now()));
        if (!("refused" in answer)) throw Error("a wrong code was taken");
        if (answer.refused.reason !== "wait") continue;
        waits.push(answer.refused.seconds);
        later(answer.refused.seconds * 1_000);
      }
      expect(waits.slice(0, 4)).toEqual([2, 4, 8, 16]);
      expect(Math.max(...waits)).toBeLessThanOrEqual(15 * 60);
      later(16 * MINUTE);
      const { token: next } = done(await show(api, factorId, codeOf(secret, Date.now())));
      later(MINUTE);
      const again = await show(at.server.place.api(next), factorId, wrongCodeOf(secret, Date.now()));
      expect(whyNot(again)).toBe("wrong-code");
    });

    it("five to a challenge", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      const { challengeId } = done(await api.mfa.challenge.mutate({ factorId, languages: [] }));
      const answer = { factorId, challengeId, languages: [], device: null };
      for (let tried = 0; tried < 5; tried++) {
        const proof = { code: wrongCodeOf(secret, Date.now()) };
        expect(whyNot(await api.mfa.verify.mutate({ ...answer, proof }))).toBe("wrong-code");
      }
      later(20 * MINUTE);
      const proof = { code: codeOf(secret, Date.now()) };
      expect(whyNot(await api.mfa.verify.mutate({ ...answer, proof }))).toBe("challenge-over");
    });
  });
});
