import { describe, expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";
import { aliceAtServer, later, MINUTE, signInAgain } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { beginSetUp, done, setUpPin, setUpTotp, show, showPin } from "./with-factor.ts";

onBothDatabases(({ open }) => {
  describe("what somebody has set up", () => {
    const at = aliceAtServer(open, {
      recommended: "totp",
      modules: [
        { kind: "insecure_example", id: "pin-of-the-house" },
        { kind: "totp" },
        { kind: "insecure_example", id: "pin-of-the-bank" },
        { kind: "recovery" },
      ],
    });

    it("is listed whole and by module, the first one first, what was never proven too", async () => {
      const first = await setUpTotp(at.alice.api, Date.now());
      later(MINUTE);
      const api = at.server.place.api(first.token);
      const begun = await beginSetUp(api, "totp");
      later(MINUTE);
      const pin = await setUpPin(api, "1234", "pin-of-the-house");
      const { all, byModule } = await at.server.place.api(pin.token).mfa.listFactors.query();
      expect(all).toMatchObject([
        { id: first.factorId, module: "totp", name: "my totp", status: "verified", strength: "strong" },
        { id: begun.factorId, module: "totp", status: "unverified", countsForSignIn: false, usedAt: null },
        { id: pin.factorId, module: "pin-of-the-house", strength: "weak", usedAt: Date.now() },
      ]);
      expect(all[0]?.usedAt).toBe(Date.now() - 2 * MINUTE);
      expect(Object.keys(byModule).sort()).toEqual(["pin-of-the-house", "totp"]);
      expect(byModule.totp).toEqual(all.slice(0, 2));
    });

    it("is offered in the sequence of mfa.json, the recommended one named, two of one kind by ids of their own", async () => {
      const { modules, recommended } = await at.alice.api.mfa.modules.query();
      expect(modules.map(({ id }) => id)).toEqual([
        ...["pin-of-the-house", "totp", "pin-of-the-bank", "recovery"],
      ]);
      expect(recommended).toBe("totp");
      expect(modules.find(({ id }) => id === "recovery")?.isSpare).toBe(true);
    });

    it("is chosen from at sign-in: several, several of one kind too, each of which lets in by itself", async () => {
      const house = await setUpPin(at.alice.api, "1234", "pin-of-the-house");
      const bank = await setUpPin(at.server.place.api(house.token), "9876", "pin-of-the-bank");
      const one = await setUpTotp(at.server.place.api(bank.token), Date.now());
      const two = await setUpTotp(at.server.place.api(one.token), Date.now());
      later(MINUTE);
      for (const { factorId, pin } of [
        { ...house, pin: "1234" },
        { ...bank, pin: "9876" },
      ])
        done(await showPin((await signInAgain(at)).api, factorId, pin));
      for (const { factorId, secret } of [one, two])
        done(await show((await signInAgain(at)).api, factorId, codeOf(secret, Date.now())));
    });

    it("is removed before it was ever proven, too, and nothing is told of that", async () => {
      const { factorId } = await beginSetUp(at.alice.api, "totp");
      done(await at.alice.api.mfa.unenroll.mutate({ factorId, evenLast: false }));
      expect((await at.alice.api.mfa.listFactors.query()).all).toEqual([]);
      expect(await at.alice.api.mfa.activity.query()).toEqual([]);
    });

    it("says with which methods a session was opened, and when", async () => {
      const started = Date.now();
      later(MINUTE);
      const pin = await setUpPin(at.alice.api, "1234", "pin-of-the-house");
      later(MINUTE);
      const { token } = await setUpTotp(at.server.place.api(pin.token), Date.now());
      const { currentAuthenticationMethods } = await at.server.place
        .api(token)
        .mfa.getAuthenticatorAssuranceLevel.query();
      expect(currentAuthenticationMethods).toEqual([
        { method: "totp", timestamp: started + 2 * MINUTE },
        { method: "pin-of-the-house", timestamp: started + MINUTE },
        { method: "password", timestamp: started },
      ]);
    });
  });
});
