import { describe, expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { ALICE } from "../users/serve-accounts.ts";
import { aliceAtServer, levelsOf, signInAgain } from "./alice-at-server.ts";
import { toldRemoved } from "./insecure-example-module.ts";
import { beginSetUp, done, setUpPin, showPin, whyNot } from "./with-factor.ts";

const EXAMPLE = { kind: "insecure_example" };

onBothDatabases(({ open }) => {
  describe("a module that is a file and a line", () => {
    const at = aliceAtServer(open, { modules: [EXAMPLE] });

    it("is offered with its forms, set up with a proof, and asked for at the next sign-in", async () => {
      const { modules } = await at.alice.api.mfa.modules.query();
      expect(modules).toMatchObject([
        { id: "insecure_example", strength: "weak", isSpare: false, setUpForm: [{ name: "pin" }] },
      ]);
      const { factorId } = await setUpPin(at.alice.api, "1234");
      const half = await signInAgain(at);
      expect(half.lacks).toBe("factor-needed");
      expect(whyNot(await showPin(half.api, factorId, "4321"))).toBe("wrong-code");
      const { token } = done(await showPin(half.api, factorId, "1234"));
      expect(await outcome(at.server.place.api(token).group.heads.query())).toBe("ok");
      // Weak: it lets in, and is no level.
      expect(await levelsOf(at, token)).toEqual(["aal1", "aal1"]);
    });

    it("is told once that somebody has it no longer, and of none that was never proven", async () => {
      toldRemoved.length = 0;
      const begun = await beginSetUp(at.alice.api, "insecure_example", { pin: "1234" });
      done(await at.alice.api.mfa.unenroll.mutate({ factorId: begun.factorId, evenLast: false }));
      const { factorId, token } = await setUpPin(at.alice.api, "1234");
      const api = at.server.place.api(token);
      expect(whyNot(await api.mfa.unenroll.mutate({ factorId, evenLast: false }))).toBe("last-factor");
      expect(toldRemoved).toEqual([]);
      done(await api.mfa.unenroll.mutate({ factorId, evenLast: true }));
      expect(toldRemoved).toEqual([ALICE]);
    });

    it("refuses by itself what it does not take, and what its form does not ask for never reaches it", async () => {
      const enroll = (input: Record<string, string>) =>
        at.alice.api.mfa.enroll.mutate({ module: "insecure_example", name: "", input, languages: [] });
      for (const input of [{}, { pin: "" }, { pin: "123" }, { pin: "1234", more: "1" }, { pn: "1234" }])
        expect(whyNot(await enroll(input)), JSON.stringify(input)).toBe("malformed");
      expect((await at.alice.api.mfa.listFactors.query()).all).toEqual([]);
      const { factorId, challengeId } = await beginSetUp(at.alice.api, "insecure_example", { pin: "1234" });
      const answer = { factorId, challengeId, languages: [], device: null };
      expect(whyNot(await at.alice.api.mfa.verify.mutate({ ...answer, proof: { code: "1234" } }))).toBe(
        "malformed",
      );
    });
  });

  describe("a module that others know somebody by", () => {
    const at = aliceAtServer(open, { modules: [{ ...EXAMPLE, pins: { [ALICE]: "9876" } }] });

    it("is asked for at the first sign-in already, without being set up here", async () => {
      // Alice has been there before she signed in: registering is no sign-in.
      const half = await signInAgain(at);
      expect(half.lacks).toBe("factor-needed");
      const [factor] = (await half.api.mfa.listFactors.query()).all;
      done(await showPin(half.api, factor?.id ?? "", "9876"));
      expect((await signInAgain(at)).lacks).toBe("factor-needed");
      expect((await half.api.mfa.listFactors.query().catch(() => null)) === null).toBe(true);
      const { factors } = await at.db.selectFrom("user").select("factors").executeTakeFirstOrThrow();
      expect(factors).toBe(1);
    });

    it("is said to the person when it is there by itself, as nobody's deed among them, and once", async () => {
      const half = await signInAgain(at);
      const [factor] = (await half.api.mfa.listFactors.query()).all;
      const { token } = done(await showPin(half.api, factor?.id ?? "", "9876"));
      await signInAgain(at);
      expect(await at.server.place.api(token).mfa.activity.query()).toMatchObject([
        { what: "added", module: "insecure_example", byUser: null },
      ]);
    });
  });
});
