import { describe, expect, it } from "vitest";
import { resetFactors } from "../../../server/mfa/flow/reset.ts";
import { hashToken } from "../../../server/tokens.ts";
import { err } from "../../../shared/result.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { aliceAtServer, DAY, later, levelsOf, MINUTE, serveAgain, signInAgain } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { beginSetUp, done, setUpPin, setUpTotp, show, shownAs, showPin, whyNot } from "./with-factor.ts";

const [TOTP, RECOVERY] = [{ kind: "totp" }, { kind: "recovery" }];
const WEAK = { kind: "insecure_example" };

onBothDatabases(({ open }) => {
  describe("weakCountsForSignIn: false", () => {
    const at = aliceAtServer(open, { weakCountsForSignIn: false, modules: [TOTP, WEAK] });

    it("a weak factor that is shown lets nobody in who has a strong one", async () => {
      const pin = await setUpPin(at.alice.api, "1234");
      const totp = await setUpTotp(at.server.place.api(pin.token), Date.now());
      const { api } = await signInAgain(at);
      const { token } = done(await showPin(api, pin.factorId, "1234"));
      const half = at.server.place.api(token);
      expect(await outcome(half.group.heads.query())).toBe("factor-needed");
      later(MINUTE);
      const { token: whole } = done(await show(half, totp.factorId, codeOf(totp.secret, Date.now())));
      expect(await outcome(at.server.place.api(whole).group.heads.query())).toBe("ok");
    });

    it("nor does it after another factor was removed elsewhere", async () => {
      const pin = await setUpPin(at.alice.api, "1234");
      const totp = await setUpTotp(at.server.place.api(pin.token), Date.now());
      const other = await setUpTotp(at.server.place.api(totp.token), Date.now());
      const thief = await signInAgain(at);
      const { token } = done(await showPin(thief.api, pin.factorId, "1234"));
      const mine = at.server.place.api(other.token);
      done(await mine.mfa.unenroll.mutate({ factorId: other.factorId, evenLast: false }));
      expect(await outcome(at.server.place.api(token).group.heads.query())).toBe("factor-needed");
    });

    it("the last one that lets in is the last, whatever weak ones are beside it", async () => {
      const pin = await setUpPin(at.alice.api, "1234");
      const totp = await setUpTotp(at.server.place.api(pin.token), Date.now());
      const api = at.server.place.api(totp.token);
      const remove = (factorId: string) => api.mfa.unenroll.mutate({ factorId, evenLast: false });
      expect(whyNot(await remove(totp.factorId))).toBe("last-factor");
      expect(whyNot(await remove(pin.factorId))).toBe(null);
    });
  });

  describe("a module that is switched off", () => {
    const at = aliceAtServer(open, { modules: [TOTP, RECOVERY, { ...WEAK, strength: "strong" }] });

    it("counts for nothing from then on, is listed as that, and works again once it is back", async () => {
      const { factorId, secret } = await setUpTotp(at.alice.api, Date.now());
      await serveAgain(at, { modules: [WEAK] });
      const without = await signInAgain(at);
      expect(without.lacks).toBe(null);
      expect(await levelsOf(at, without.token)).toEqual(["aal1", "aal1"]);
      const { all } = await without.api.mfa.listFactors.query();
      expect(all).toMatchObject([{ id: factorId, strength: null, countsForSignIn: false }]);
      expect(whyNot(await show(without.api, factorId, codeOf(secret, Date.now())))).toBe("no-such-module");
      await serveAgain(at, { modules: [TOTP] });
      later(MINUTE);
      const back = await signInAgain(at);
      expect(back.lacks).toBe("factor-needed");
      done(await show(back.api, factorId, codeOf(secret, Date.now())));
    });

    it("ends what sessions have shown of it, for those that have nothing else to show and for those that have", async () => {
      const change = (token: string) =>
        outcome(at.server.place.api(token).user.startPasswordChange.mutate({ request: "AA" }));
      const pin = await setUpPin(at.alice.api, "1234");
      const totp = await setUpTotp(at.server.place.api(pin.token), Date.now());
      later(MINUTE);
      const byTotp = done(
        await show((await signInAgain(at)).api, totp.factorId, codeOf(totp.secret, Date.now())),
      );
      const byPin = done(await showPin((await signInAgain(at)).api, pin.factorId, "1234"));
      const strong = { ...WEAK, strength: "strong" };
      await serveAgain(at, { modules: [TOTP, strong] });
      expect([await change(byTotp.token), await change(byPin.token)]).toEqual(["malformed", "malformed"]);

      // A start without it, a typing error perhaps, and one with it again: shown is what was shown since.
      await serveAgain(at, { modules: [strong] });
      await serveAgain(at, { modules: [TOTP, strong] });
      expect(await levelsOf(at, byTotp.token)).toEqual(["aal1", "aal2"]);
      const heads = ({ token }: { token: string }) => outcome(at.server.place.api(token).group.heads.query());
      expect([await heads(byTotp), await heads(byPin)]).toEqual(["factor-needed", "ok"]);
      expect([await change(byTotp.token), await change(byPin.token)]).toEqual(["factor-needed", "malformed"]);
      // A session that had shown both goes on by the other one.
      expect(await levelsOf(at, totp.token)).toEqual(["aal2", "aal2"]);
      await serveAgain(at, { modules: [] });
      expect([await heads(byTotp), await heads(byPin), await heads(totp)]).toEqual(["ok", "ok", "ok"]);
      expect(await levelsOf(at, byPin.token)).toEqual(["aal1", "aal1"]);
    });

    it("ends it where it is weak from now on, and where weak ones count no longer", async () => {
      const pin = await setUpPin(at.alice.api, "1234");
      const weak = { ...WEAK, strength: "weak" };
      await serveAgain(at, { modules: [TOTP, weak] });
      expect(await levelsOf(at, pin.token)).toEqual(["aal1", "aal1"]);
      const api = at.server.place.api(pin.token);
      expect(await outcome(api.group.heads.query())).toBe("factor-needed");
      const shown = done(await showPin(api, pin.factorId, "1234"));
      await serveAgain(at, { modules: [TOTP, weak] });
      const heads = () => outcome(at.server.place.api(shown.token).group.heads.query());
      expect(await heads()).toBe("ok");
      await serveAgain(at, { modules: [TOTP, weak], weakCountsForSignIn: false });
      const { factor_at } = await at.db
        .selectFrom("session")
        .select("factor_at")
        .where("token_hash", "=", hashToken(shown.token))
        .executeTakeFirstOrThrow();
      expect(factor_at).toBe(null);
    });

    it("ends it for whoever it is not for any more, and for nobody else", async () => {
      const bob = await at.server.join("bob@example.com");
      const [hers, his] = [await setUpPin(at.alice.api, "1234"), await setUpPin(bob.api, "1234")];
      await serveAgain(at, {
        modules: [TOTP, { ...WEAK, strength: "strong", onlyFor: ["bob@example.com"] }],
      });
      expect(await levelsOf(at, hers.token)).toEqual(["aal1", "aal1"]);
      expect(await levelsOf(at, his.token)).toEqual(["aal2", "aal2"]);
    });

    it("leaves the last that is switched on the last, and its spare codes go with it", async () => {
      const pin = await setUpPin(at.alice.api, "1234");
      const totp = await setUpTotp(at.server.place.api(pin.token), Date.now());
      const api = at.server.place.api(totp.token);
      const codes = await beginSetUp(api, "recovery");
      const [code = ""] = shownAs(codes.shown, "recovery-codes").codes;
      const { token } = done(await show(api, codes.factorId, code));
      await serveAgain(at, { modules: [TOTP, RECOVERY] });
      const mine = at.server.place.api(token);
      const remove = (evenLast: boolean) => mine.mfa.unenroll.mutate({ factorId: totp.factorId, evenLast });
      expect(whyNot(await remove(false))).toBe("last-factor");
      done(await remove(true));
      expect((await mine.mfa.listFactors.query()).all.map(({ id }) => id)).toEqual([pin.factorId]);
      await serveAgain(at, { required: "everybody", modules: [TOTP, { ...WEAK, strength: "strong" }] });
      expect((await signInAgain(at)).lacks).toBe("factor-needed");
    });
  });

  describe("onlyFor", () => {
    const at = aliceAtServer(open, {
      modules: [
        { ...TOTP, onlyFor: ["Alice@Example.com"] },
        { ...RECOVERY, onlyFor: ["bob@example.com"] },
      ],
    });

    it("offers a module to those named, whatever the spelling, and is not there for anybody else", async () => {
      const bob = await at.server.join("bob@example.com");
      const offered = async (api: typeof bob.api) =>
        (await api.mfa.modules.query()).modules.map(({ id }) => id);
      expect([await offered(at.alice.api), await offered(bob.api)]).toEqual([["totp"], ["recovery"]]);
      const enroll = (module: string) =>
        bob.api.mfa.enroll.mutate({ module, name: "", input: {}, languages: [] });
      // The same as for one that is not there at all.
      expect(await enroll("totp")).toEqual(await enroll("nothing-of-that-name"));
    });

    it("counts for nobody who is no longer named", async () => {
      await setUpTotp(at.alice.api, Date.now());
      await serveAgain(at, { modules: [{ ...TOTP, onlyFor: ["bob@example.com"] }] });
      expect((await signInAgain(at)).lacks).toBe(null);
    });
  });

  describe("required", () => {
    describe("everybody", () => {
      const at = aliceAtServer(open, { required: "everybody", graceDays: 3 });

      it("wants a factor of whoever was told three days ago, and lets nobody do without", async () => {
        const told = await at.alice.api.mfa.getAuthenticatorAssuranceLevel.query();
        expect(told).toMatchObject({ lacks: null, dueAt: Date.now() + 3 * DAY });
        later(3 * DAY - 1);
        expect((await signInAgain(at)).lacks).toBe(null);
        later(1);
        const { api, lacks } = await signInAgain(at);
        expect(lacks).toBe("factor-missing");
        for (const { query } of [api.group.heads, api.user.bundle, api.user.sessions, api.mfa.activity])
          expect(await outcome(query())).toBe("factor-missing");
        const { factorId, token } = await setUpTotp(api, Date.now());
        const whole = at.server.place.api(token);
        expect(await outcome(whole.group.heads.query())).toBe("ok");
        const remove = whole.mfa.unenroll.mutate({ factorId, evenLast: true });
        expect(whyNot(await remove)).toBe("factor-required");
      });
    });

    describe("everybody, of whoever has none to take away", () => {
      const at = aliceAtServer(open, { required: "everybody", graceDays: 3 });

      it("gives no new days of grace", async () => {
        await at.alice.api.mfa.getAuthenticatorAssuranceLevel.query();
        later(3 * DAY);
        const taken = await resetFactors(
          at.db,
          { mailer: null },
          { userId: at.alice.userId, by: null },
          Date.now(),
        );
        expect(taken).toEqual(err("no-factor"));
        expect((await signInAgain(at)).lacks).toBe("factor-missing");
      });
    });

    describe("everybody, at once", () => {
      const at = aliceAtServer(open, { required: "everybody", graceDays: 0, modules: [TOTP, WEAK] });

      it("is content with a weak one for signing in, and not for what wants a strong one", async () => {
        const pin = await setUpPin(at.alice.api, "1234");
        const api = at.server.place.api(pin.token);
        expect(await outcome(api.group.heads.query())).toBe("ok");
        expect(await outcome(api.user.startPasswordChange.mutate({ request: "AA" }))).toBe("factor-missing");
      });
    });

    describe("administrators", () => {
      const at = aliceAtServer(open, { required: "administrators", graceDays: 0 });

      it("wants one of the server's administrators at once, and of nobody else", async () => {
        expect((await signInAgain(at)).lacks).toBe("factor-missing");
        const bob = await at.server.join("bob@example.com");
        expect((await bob.api.mfa.getAuthenticatorAssuranceLevel.query()).dueAt).toBe(null);
        expect(await outcome(bob.api.group.heads.query())).toBe("ok");
      });
    });

    describe("nobody", () => {
      const at = aliceAtServer(open);

      it("never wants one", async () => {
        later(300 * DAY);
        const { api, lacks } = await signInAgain(at);
        expect(lacks).toBe(null);
        expect((await api.mfa.getAuthenticatorAssuranceLevel.query()).dueAt).toBe(null);
        expect(await outcome(api.user.startPasswordChange.mutate({ request: "AA" }))).toBe("malformed");
      });
    });
  });
});
