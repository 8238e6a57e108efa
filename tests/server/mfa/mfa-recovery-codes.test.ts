import { describe, expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";
import { aliceAtServer, signInAgain } from "./alice-at-server.ts";
import { beginSetUp, done, setUpTotp, show, shownAs, whyNot } from "./with-factor.ts";

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open);

  describe("recovery codes", () => {
    async function withCodes() {
      const totp = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(totp.token);
      const begun = await beginSetUp(api, "recovery");
      const { codes } = shownAs(begun.shown, "recovery-codes");
      const proof = { code: codes[0] ?? "" };
      const answer = { ...begun, proof, languages: [], device: null };
      const { factorId, challengeId } = answer;
      const { token } = done(
        await api.mfa.verify.mutate({ factorId, challengeId, proof, languages: [], device: null }),
      );
      return { codes, factorId, api: at.server.place.api(token) };
    }

    it("are ten, good once each, whatever the blanks and the case, and say when two are left", async () => {
      const { codes, factorId } = await withCodes();
      expect(new Set(codes).size).toBe(10);
      let { api } = await signInAgain(at);
      const shownLast: unknown[] = [];
      for (const [place, code] of codes.entries()) {
        const typed = place % 2 === 0 ? code.toLowerCase().replaceAll("-", " ") : code.replaceAll("-", "");
        const answer = done(await show(api, factorId, typed));
        shownLast.push(...answer.shown);
        api = at.server.place.api(answer.token);
        expect(whyNot(await show(api, factorId, code))).toBe("wrong-code");
      }
      expect(shownLast).toEqual([2, 1, 0].map((left) => ({ kind: "codes-left", left })));
    });

    it("are not used by the code that sets them up", async () => {
      const { codes, factorId, api } = await withCodes();
      const usedAt = async (by: typeof api) =>
        (await by.mfa.listFactors.query()).byModule.recovery?.[0]?.usedAt;
      expect(await usedAt(api)).toBeNull();
      const { token } = done(await show(api, factorId, codes[0] ?? ""));
      expect(await usedAt(at.server.place.api(token))).toBe(Date.now());
    });

    it("are nothing without another factor", async () => {
      const begun = await at.alice.api.mfa.enroll.mutate({
        ...{ module: "recovery", name: "", input: {}, languages: [] },
      });
      expect(whyNot(begun)).toBe("needs-another");
    });

    it("a fresh set takes the place of the former one, once one of its codes was typed", async () => {
      const { codes, factorId, api } = await withCodes();
      const fresh = await beginSetUp(api, "recovery");
      const [code = ""] = shownAs(fresh.shown, "recovery-codes").codes;
      const { token } = done(await show(api, factorId, codes[1] ?? ""));
      const next = done(await show(at.server.place.api(token), fresh.factorId, code));
      const last = at.server.place.api(next.token);
      expect(whyNot(await show(last, factorId, codes[2] ?? ""))).toBe("no-such-factor");
      expect((await last.mfa.listFactors.query()).byModule.recovery).toHaveLength(1);
      done(await show(last, fresh.factorId, code));
    });

    it("are in the database as hashes, and the secret of an authenticator not at all", async () => {
      const { codes } = await withCodes();
      const rows = await at.db.selectFrom("factor").select("kept").execute();
      const text = rows.map(({ kept }) => Buffer.from(kept).toString("latin1")).join();
      for (const code of codes) expect(text).not.toContain(code.replaceAll("-", ""));
    });
  });
});
