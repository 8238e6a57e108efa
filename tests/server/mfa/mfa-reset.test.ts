import { describe, expect, it } from "vitest";
import { resetFactors } from "../../../server/mfa/flow/reset.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { type Account, signIn } from "../users/account.ts";
import { aliceAtServer, DAY, later, levelsOf, MINUTE, signInAgain } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { done, setUpTotp, show } from "./with-factor.ts";
import { kitProof } from "./with-kit.ts";

const HOUR = 60 * MINUTE;

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open);

  const proof = (token: string, step: "ask" | "finish", who: Account = at.alice) =>
    kitProof(at.server.place.serverId, who, token, step);

  describe("a reset by the recovery kit", () => {
    async function asked() {
      const totp = await setUpTotp(at.alice.api, Date.now());
      later(1_000);
      const lost = await signInAgain(at);
      const reset = await lost.api.mfa.askReset.mutate({ proof: await proof(lost.token, "ask") });
      return { ...totp, lost, reset };
    }

    it("is announced, waits three days, and then takes the factors away: the password alone lets in", async () => {
      const { lost, reset, token } = await asked();
      expect(reset).toEqual({ askedAt: Date.now(), dueAt: Date.now() + 72 * HOUR });
      const mine = at.server.place.api(token);
      expect((await mine.mfa.getAuthenticatorAssuranceLevel.query()).reset).toEqual(reset);
      expect((await mine.mfa.activity.query())[0]).toMatchObject({
        what: "reset-asked",
        byUser: at.alice.userId,
      });
      const finish = async () =>
        outcome(lost.api.mfa.finishReset.mutate({ proof: await proof(lost.token, "finish") }));
      later(72 * HOUR - 1);
      expect(await finish()).toBe("too-early");
      later(1);
      expect(await finish()).toBe("ok");
      expect(await outcome(lost.api.group.heads.query())).toBe("ok");
      expect(await levelsOf(at, lost.token)).toEqual(["aal1", "aal1"]);
      // What was shown of the old ones counts nowhere.
      expect(await levelsOf(at, token)).toEqual(["aal1", "aal1"]);
      expect((await lost.api.mfa.activity.query())[0]).toMatchObject({ what: "reset-by-kit" });
      expect(await finish()).toBe("not-asked");
    });

    it("asked for again begins no new wait, and none that is shorter", async () => {
      const { lost, reset } = await asked();
      later(HOUR);
      const again = await lost.api.mfa.askReset.mutate({ proof: await proof(lost.token, "ask") });
      expect(again).toEqual(reset);
    });

    it("runs out a week after its wait: whoever comes by the kit later has it announced again", async () => {
      const { secret, factorId, reset } = await asked();
      later(reset.dueAt - Date.now() + 7 * DAY + 1);
      const mine = await signInAgain(at);
      const level = await mine.api.mfa.getAuthenticatorAssuranceLevel.query();
      expect(level.reset).toBe(null);
      const finish = mine.api.mfa.finishReset.mutate({ proof: await proof(mine.token, "finish") });
      expect(await outcome(finish)).toBe("not-asked");
      const again = await mine.api.mfa.askReset.mutate({ proof: await proof(mine.token, "ask") });
      expect(again).toEqual({ askedAt: Date.now(), dueAt: Date.now() + 72 * HOUR });
      const { token } = done(await show(mine.api, factorId, codeOf(secret, Date.now())));
      const told = await at.server.place.api(token).mfa.activity.query();
      expect(told.filter(({ what }) => what === "reset-asked")).toHaveLength(2);
    });

    it("is stopped by whoever shows a factor, and by nobody else", async () => {
      const { lost, factorId, secret } = await asked();
      expect(await outcome(lost.api.mfa.cancelReset.mutate())).toBe("factor-needed");
      later(MINUTE);
      const mine = await signInAgain(at);
      const { token } = done(await show(mine.api, factorId, codeOf(secret, Date.now())));
      const api = at.server.place.api(token);
      await api.mfa.cancelReset.mutate();
      expect(await outcome(api.mfa.cancelReset.mutate())).toBe("not-found");
      later(80 * HOUR);
      const finish = lost.api.mfa.finishReset.mutate({ proof: await proof(lost.token, "finish") });
      expect(await outcome(finish)).toBe("not-asked");
    });

    it("is over once a new factor is set up", async () => {
      const { lost, token } = await asked();
      await setUpTotp(at.server.place.api(token), Date.now());
      later(80 * HOUR);
      const finish = lost.api.mfa.finishReset.mutate({ proof: await proof(lost.token, "finish") });
      expect(await outcome(finish)).toBe("not-asked");
    });

    it("takes no proof but of this person's kit, for this session and this step", async () => {
      const { token } = await setUpTotp(at.alice.api, Date.now());
      const bob = await at.server.join("bob@example.com");
      const [lost, other] = [await signInAgain(at), await signInAgain(at)];
      const wrong = [
        await proof(other.token, "ask"),
        await proof(lost.token, "finish"),
        await proof(lost.token, "ask", { ...at.alice, recoveryKey: bob.recoveryKey }),
        await proof(lost.token, "ask", { ...at.alice, userId: bob.userId }),
        await kitProof("another-server", at.alice, lost.token, "ask"),
        "A".repeat(86),
      ];
      for (const each of wrong)
        expect(await outcome(lost.api.mfa.askReset.mutate({ proof: each }))).toBe("proof");
      const reset = at.server.place.api(token).mfa.getAuthenticatorAssuranceLevel.query();
      expect((await reset).reset).toBe(null);
    });

    it("is none of whoever has no factor", async () => {
      const ask = at.alice.api.mfa.askReset.mutate({ proof: await proof(at.alice.token, "ask") });
      expect(await outcome(ask)).toBe("no-factor");
    });
  });

  describe("a reset by an administrator", () => {
    it("takes all factors away, and is told to the person, and to nobody who is in no group with them", async () => {
      // Alice came first: she administers the server.
      const [bob, eve] = [await at.server.join("bob@example.com"), await at.server.join("eve@example.com")];
      const his = await setUpTotp(bob.api, Date.now());
      const mine = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(mine.token);
      later(1_000);
      const keys = () =>
        at.db
          .selectFrom("user")
          .select(["login_id", "record", "sig", "enc", "recovery", "bundle", "bundle_ver"])
          .select(["wrapped_by_password", "wrapped_by_kit"])
          .where("user_id", "=", bob.userId)
          .executeTakeFirstOrThrow();
      const before = await keys();
      expect(await api.mfa.resetFactors.mutate({ userId: bob.userId })).toEqual({ removed: 1 });
      expect(await levelsOf(at, his.token)).toEqual(["aal1", "aal1"]);
      expect((await at.server.place.api(his.token).mfa.activity.query())[0]).toMatchObject({
        what: "reset-by-administrator",
        userId: bob.userId,
        byUser: at.alice.userId,
      });
      expect(await eve.api.mfa.activity.query()).toEqual([]);
      // It opens nothing: his password is asked for as before, and all that it unwraps is what it was.
      expect(await keys()).toEqual(before);
      expect(await signIn(at.server.place, "bob@example.com", "another one")).toBe(null);
      expect(await outcome(api.mfa.resetFactors.mutate({ userId: bob.userId }))).toBe("no-factor");
      expect(await outcome(api.mfa.resetFactors.mutate({ userId: "nobody" }))).toBe("no-factor");
    });

    it("is done by nobody else, and by none who has not shown a strong factor within ten minutes", async () => {
      const bob = await at.server.join("bob@example.com");
      await setUpTotp(at.alice.api, Date.now());
      const { token: his } = await setUpTotp(bob.api, Date.now());
      const reset = (token: string, userId: string) =>
        outcome(at.server.place.api(token).mfa.resetFactors.mutate({ userId }));
      expect(await reset(his, at.alice.userId)).toBe("rank");
      expect(await reset((await signInAgain(at)).token, bob.userId)).toBe("factor-needed");
    });

    it("wants a factor of an administrator who has none", async () => {
      const bob = await at.server.join("bob@example.com");
      await setUpTotp(bob.api, Date.now());
      const reset = () => outcome(at.alice.api.mfa.resetFactors.mutate({ userId: bob.userId }));
      expect(await reset()).toBe("factor-missing");
    });

    it("on the command line is told as nobody's", async () => {
      const { token } = await setUpTotp(at.alice.api, Date.now());
      later(1_000);
      const done = await resetFactors(
        at.db,
        { mailer: null },
        { userId: at.alice.userId, by: null },
        Date.now(),
      );
      expect(done).toEqual({ ok: true, value: { removed: 1 } });
      const [latest] = await at.server.place.api(token).mfa.activity.query();
      expect(latest).toMatchObject({ what: "reset-by-administrator", byUser: null });
    });
  });
});
