import { server as opaque, ready } from "@serenity-kit/opaque";
import { describe, expect, it } from "vitest";
import { parseMfaConfig } from "../../../server/mfa/config.ts";
import { makeMfa } from "../../../server/mfa/mfa.ts";
import { networkOf } from "../../../server/mfa/standing/network.ts";
import { newRemembered, shownBefore } from "../../../server/mfa/standing/remembered-device.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { configWith } from "../served.ts";
import { aliceAtServer, DAY, later, levelsOf, MINUTE, signInAgain } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { done, setUpTotp, show } from "./with-factor.ts";

onBothDatabases(({ open }) => {
  describe("ask: always", () => {
    const at = aliceAtServer(open);

    it("remembers no device", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      later(MINUTE);
      const shown = await show(at.server.place.api(token), factorId, codeOf(secret, Date.now()));
      expect(done(shown).device).toBe(null);
      expect((await signInAgain(at)).lacks).toBe("factor-needed");
    });
  });

  describe("ask: new-device", () => {
    const at = aliceAtServer(open, { ask: "new-device" });

    /** A session, and what the device it is on is remembered by. */
    async function remembered(): Promise<{
      factorId: string;
      secret: string;
      token: string;
      device: string;
    }> {
      const totp = await setUpTotp(at.alice.api, Date.now());
      later(MINUTE);
      const answer = done(
        await show(at.server.place.api(totp.token), totp.factorId, codeOf(totp.secret, Date.now())),
      );
      return { ...totp, token: answer.token, device: answer.device ?? "" };
    }

    it("does without on the device that showed one, for signing in and the key bundle alone", async () => {
      const { device } = await remembered();
      const known = await signInAgain(at, device);
      expect(known.lacks).toBe(null);
      for (const { query } of [known.api.group.heads, known.api.user.bundle])
        expect(await outcome(query())).toBe("ok");
      expect(await levelsOf(at, known.token)).toEqual(["aal1", "aal2"]);
      const change = () => outcome(known.api.user.startPasswordChange.mutate({ request: "AA" }));
      expect(await change()).toBe("factor-needed");
      const rename = known.api.mfa.rename.mutate({ factorId: "any", name: "" });
      expect(await outcome(rename)).toBe("factor-needed");
      expect((await signInAgain(at)).lacks).toBe("factor-needed");
    });

    it("takes one person's device for nobody else's", async () => {
      const bob = await at.server.join("bob@example.com");
      const his = await setUpTotp(bob.api, Date.now());
      later(MINUTE);
      const { device } = done(
        await show(at.server.place.api(his.token), his.factorId, codeOf(his.secret, Date.now())),
      );
      await remembered();
      expect((await signInAgain(at, device)).lacks).toBe("factor-needed");
    });

    it("remembers a device by its latest token alone", async () => {
      const { factorId, secret, token, device } = await remembered();
      later(MINUTE);
      const api = at.server.place.api(token);
      const next = done(await show(api, factorId, codeOf(secret, Date.now()), device));
      expect((await signInAgain(at, device)).lacks).toBe("factor-needed");
      expect((await signInAgain(at, next.device)).lacks).toBe(null);
    });

    it("forgets it with the factor that was shown on it, for sessions that began by it too", async () => {
      const { device, token, factorId } = await remembered();
      const known = await signInAgain(at, device);
      const other = await setUpTotp(at.server.place.api(token), Date.now());
      const mine = at.server.place.api(other.token);
      done(await mine.mfa.unenroll.mutate({ factorId, evenLast: false }));
      expect(await outcome(known.api.group.heads.query())).toBe("factor-needed");
      expect((await signInAgain(at, device)).lacks).toBe("factor-needed");
    });

    it("forgets all of them where another device's session is ended, and none by signing out", async () => {
      const { device, token } = await remembered();
      const known = await signInAgain(at, device);
      await known.api.user.signOut.mutate();
      const again = await signInAgain(at, device);
      expect(again.lacks).toBe(null);
      const [lost] = (await again.api.user.sessions.query()).filter(({ isThisOne }) => isThisOne);
      await at.server.place.api(token).user.endSession.mutate({ id: lost?.id ?? "" });
      expect((await signInAgain(at, device)).lacks).toBe("factor-needed");
    });

    it("forgets it after a year", async () => {
      const { device } = await remembered();
      later(365 * DAY);
      expect((await signInAgain(at, device)).lacks).toBe(null);
      later(1);
      expect((await signInAgain(at, device)).lacks).toBe("factor-needed");
    });
  });

  describe("ask: after so many days", () => {
    const at = aliceAtServer(open, { ask: { days: 14 } });

    it("asks again when they are over, counted from when the factor was shown", async () => {
      const { factorId, secret, token } = await setUpTotp(at.alice.api, Date.now());
      later(MINUTE);
      const api = at.server.place.api(token);
      const { device } = done(await show(api, factorId, codeOf(secret, Date.now())));
      later(13 * DAY);
      expect((await signInAgain(at, device)).lacks).toBe(null);
      later(DAY + 1);
      expect((await signInAgain(at, device)).lacks).toBe("factor-needed");
    });
  });

  describe("ask: new-network", () => {
    it("does without in the network where it was shown: a provider's next address, and no other", async () => {
      await ready;
      const db = await open();
      const config = parseMfaConfig('{"ask": "new-network"}');
      if (!config.ok) throw Error(config.error.join());
      const secret = {
        version: 1,
        serverId: "s",
        opaqueSetup: opaque.createSetup(),
        decoyKey: "AAAA",
      } as const;
      const mfa = await makeMfa(config.value, secret, configWith(), () => {});
      const same = async (shownAt: string, askedAt: string) => {
        const [one, other] = [await networkOf(mfa, "alice", shownAt), await networkOf(mfa, "alice", askedAt)];
        return one === other;
      };
      expect(await same("192.0.2.7", "192.0.2.200")).toBe(true);
      expect(await same("192.0.2.7", "::ffff:192.0.2.9")).toBe(true);
      expect(await same("192.0.2.7", "192.0.3.7")).toBe(false);
      expect(await same("2001:db8:1:2::3", "2001:0db8:0001:ffff::1")).toBe(true);
      expect(await same("2001:db8::1", "2001:db8:0:5::1")).toBe(true);
      expect(await same("2001:db8:1::1", "2001:db8:2::1")).toBe(false);
      expect(await same("::1", "unknown")).toBe(false);
      const network = await networkOf(mfa, "alice", "192.0.2.7");
      expect(network).not.toContain("192.0.2");
      // Nor who was at the same place.
      expect(await networkOf(mfa, "bob", "192.0.2.7")).not.toBe(network);
      const row = newRemembered(mfa, network, 0);
      const asked = { userId: "alice", email: "alice@example.com", device: row?.device ?? "" };
      expect(await shownBefore(db, mfa, { ...asked, address: "192.0.2.7" }, 0)).toBe(null);
    });
  });
});
