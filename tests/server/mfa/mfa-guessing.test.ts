import { describe, expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";
import { aliceAtServer, DAY, later, MINUTE, signInAgain } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { done, setUpTotp, show, whyNot } from "./with-factor.ts";

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open);

  /** Guesses without a pause for so long: waits as long as the server says, and no longer. */
  async function guess(api: Parameters<typeof show>[0], factorId: string, ms: number): Promise<number> {
    const end = Date.now() + ms;
    for (let guesses = 0; ; ) {
      const answer = await show(api, factorId, "not it");
      const refused = "refused" in answer ? answer.refused : { reason: "taken" as const };
      if (refused.reason === "wrong-code") guesses++;
      else if (refused.reason !== "wait") throw Error(`guessing came to ${refused.reason}`);
      const wait = refused.reason === "wait" ? refused.seconds * 1_000 : 0;
      if (Date.now() + wait > end) return guesses;
      later(wait);
    }
  }

  describe("guessing", () => {
    it("has 110 tries on the first day and 96 on each that follows: a code in nine years", async () => {
      const { factorId } = await setUpTotp(at.alice.api, Date.now());
      const { api } = await signInAgain(at);
      const [first, second] = [await guess(api, factorId, DAY), await guess(api, factorId, DAY)];
      expect(first).toBeLessThanOrEqual(110);
      expect(second).toBeLessThanOrEqual(97);
      // Of a million codes three are good at any moment.
      expect(1_000_000 / 3 / (second * 365)).toBeGreaterThan(9);
    }, 60_000);

    it("with the password alone keeps nobody from showing theirs where they are signed in", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      const thief = await signInAgain(at);
      await guess(thief.api, factorId, 30 * MINUTE);
      const mine = at.server.place.api(token);
      expect(whyNot(await show(thief.api, factorId, codeOf(secret, Date.now())))).toBe("wait");
      done(await show(mine, factorId, codeOf(secret, Date.now())));
      expect(whyNot(await show(thief.api, factorId, "not it"))).toBe("wait");
    }, 60_000);

    it("of a challenge that is over is never looked at, and takes no try", async () => {
      const { factorId, secret } = await setUpTotp(at.alice.api, Date.now());
      const { api } = await signInAgain(at);
      const said: (string | null)[] = [];
      for (let tried = 0; tried < 8; tried++) {
        const proof = { code: codeOf(secret, Date.now()) };
        const answer = { factorId, challengeId: "none", proof, languages: [], device: null };
        said.push(whyNot(await api.mfa.verify.mutate(answer)));
      }
      expect(said).toEqual(Array(8).fill("challenge-over"));
      later(MINUTE);
      done(await show(api, factorId, codeOf(secret, Date.now())));
    });

    it("waits for longer than a challenge lives, and then has the next code looked at", async () => {
      const { factorId, secret } = await setUpTotp(at.alice.api, Date.now());
      const { api } = await signInAgain(at);
      await guess(api, factorId, 30 * MINUTE);
      later(15 * MINUTE);
      const { challengeId } = done(await api.mfa.challenge.mutate({ factorId, languages: [] }));
      later(15 * MINUTE);
      const proof = { code: codeOf(secret, Date.now()) };
      const late = { factorId, challengeId, proof, languages: [], device: null };
      expect(whyNot(await api.mfa.verify.mutate(late))).toBe("challenge-over");
      // As the extension goes on by itself.
      done(await show(api, factorId, codeOf(secret, Date.now())));
    }, 60_000);

    it("by others behind the same address holds nobody back: what was right is given back", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      let api = at.server.place.api(token);
      for (let shown = 0; shown < 80; shown++) {
        later(MINUTE / 2);
        api = at.server.place.api(done(await show(api, factorId, codeOf(secret, Date.now()))).token);
      }
      expect((await at.db.selectFrom("mfa_wait").selectAll().execute()).length).toBe(0);
      const left = await at.db
        .selectFrom("rate_limit")
        .select("left_over")
        .where("name", "like", "mfa-try %")
        .executeTakeFirstOrThrow();
      expect(left.left_over).toBeGreaterThanOrEqual(59);
    }, 60_000);
  });
});
