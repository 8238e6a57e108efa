import { describe, expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { aliceAtServer, DAY, later, MINUTE, signInAgain } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { done, setUpTotp, show, whyNot } from "./with-factor.ts";

onBothDatabases(({ open }) => {
  describe("a server's clock that was ahead and is set right", () => {
    const at = aliceAtServer(open, { ask: { days: 30 } });

    it("leaves nobody waiting for longer than a wait is", async () => {
      const { factorId, secret } = await setUpTotp(at.alice.api, Date.now());
      later(60 * DAY);
      const ahead = await signInAgain(at);
      for (let tried = 0; tried < 7; tried++) await show(ahead.api, factorId, "not it");
      later(-60 * DAY + MINUTE);
      const mine = await signInAgain(at);
      done(await show(mine.api, factorId, codeOf(secret, Date.now())));
    });

    it("lets guesses of before wait as they would have, and those of now as ever", async () => {
      const { factorId } = await setUpTotp(at.alice.api, Date.now());
      later(60 * DAY);
      const ahead = await signInAgain(at);
      for (let tried = 0; tried < 7; tried++) await show(ahead.api, factorId, "not it");
      later(-60 * DAY);
      const { api } = await signInAgain(at);
      expect(whyNot(await show(api, factorId, "not it"))).toBe("wrong-code");
      expect(whyNot(await show(api, factorId, "not it"))).toBe("wait");
    });

    it("takes neither passphrase nor factor of then for one that was shown just now", async () => {
      later(20 * DAY);
      const { token } = await setUpTotp((await signInAgain(at)).api, Date.now());
      later(-20 * DAY);
      const before = at.server.place.api(token);
      const wish = { module: "totp", name: "", input: {}, languages: [] };
      expect(await outcome(before.mfa.enroll.mutate(wish))).toBe("sign-in-again");
      expect(await outcome(before.user.bundle.query())).toBe("sign-in-again");
    });
  });
});
