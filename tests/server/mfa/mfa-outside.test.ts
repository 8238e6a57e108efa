import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { importBindings, planImport } from "../../../server/mfa/bindings/import-bindings.ts";
import { parseMfaConfig } from "../../../server/mfa/config.ts";
import { makeMfa } from "../../../server/mfa/mfa.ts";
import { onBothDatabases } from "../databases.ts";
import { type Api, configWith, type Served, serve } from "../served.ts";
import { type Beside, startBeside } from "./beside.ts";
import { done, whyNot } from "./with-factor.ts";

/** Second factors through real systems outside, over the server's own procedures. */

const SECRET = "what the host and the server know of each other";

let ones: Beside;
let phone: Beside;
let gateway: Beside;
beforeAll(async () => {
  ones = await startBeside("ones-host.ts", SECRET);
  phone = await startBeside("ones-host.ts", SECRET, "h5");
  gateway = await startBeside("sms-gateway.ts");
});
afterAll(() => Promise.all([ones.stop(), phone.stop(), gateway.stop()]));

const lastSent = async (host: Beside) =>
  (await host.ask<{ code: string; text: string }[]>("/messages")).at(-1) ?? { code: "", text: "" };

const factors = () => {
  const provider = {
    ...{ kind: "provider", secret: SECRET, sendsCodes: true, externalId: "email" },
    allow: ["127.0.0.1"],
  };
  const sms = {
    kind: "sms",
    url: `${gateway.origin}/v2/send`,
    headers: { "X-Api-Key": "key", "Content-Type": "application/json" },
    body: '{"mobile":"{number}","params":["{code}"]}',
    allow: ["127.0.0.1"],
  };
  const modules = [
    { ...provider, url: ones.origin },
    { ...provider, id: "provider-phone", url: phone.origin },
    sms,
  ];
  return JSON.stringify({ recommended: "provider", modules });
};

onBothDatabases(({ open }) => {
  let db: Database;
  let served: Served;
  beforeEach(async () => {
    db = await open();
    served = await serve(db, undefined, null, factors());
    // Whoever was bound in another test.
    await ones.ask("/forget");
    return () => served.close();
  });

  const mfaOf = async () => {
    const said = parseMfaConfig(factors());
    if (!said.ok) throw Error(said.error.join());
    return makeMfa(said.value, served.secret, configWith(), () => {});
  };

  /** Shows whatever the host has sent for a challenge of that factor. @returns the session's next token */
  async function showSent(api: Api, factorId: string, host: Beside) {
    const { challengeId } = done(await api.mfa.challenge.mutate({ factorId, languages: ["zh-CN"] }));
    const proof = { code: (await lastSent(host)).code };
    return done(await api.mfa.verify.mutate({ factorId, challengeId, proof, languages: [], device: null }))
      .token;
  }

  describe("a provider", () => {
    it("is bound by its own code, under its own name, and asked for at the next sign-in", async () => {
      const alice = await served.join("alice@example.com");
      const input = { identifier: "+8613800000002" };
      const wish = { module: "provider", name: "", input, languages: ["en"] };
      const { factorId, challengeId, shown } = done(await alice.api.mfa.enroll.mutate(wish));
      expect(shown).toMatchObject([{ kind: "sent", to: "*0002" }]);
      const { modules, recommended } = await alice.api.mfa.modules.query();
      expect(modules[0]).toMatchObject({
        id: "provider",
        strength: "weak",
        names: { en: "SMS code", "zh-CN": "手机短信验证" },
      });
      expect(recommended).toBe("provider");
      const proof = { code: (await lastSent(ones)).code };
      done(await alice.api.mfa.verify.mutate({ factorId, challengeId, proof, languages: [], device: null }));

      const half = served.api(await served.signIn("alice@example.com"));
      expect((await half.mfa.getAuthenticatorAssuranceLevel.query()).lacks).toBe("factor-needed");
      const whole = served.api(await showSent(half, factorId, ones));
      expect(await whole.mfa.getAuthenticatorAssuranceLevel.query()).toMatchObject({
        lacks: null,
        currentLevel: "aal1",
      });
    });

    it("says no in its own words, which reach the person: on the phone's page, that one binds on a computer", async () => {
      const alice = await served.join("alice@example.com");
      const input = { identifier: "+8613800000002" };
      const wish = { module: "provider-phone", name: "", input, languages: ["zh-CN"] };
      const { factorId, challengeId } = done(await alice.api.mfa.enroll.mutate(wish));
      const proof = { code: (await lastSent(phone)).code };
      const answer = await alice.api.mfa.verify.mutate({
        factorId,
        challengeId,
        proof,
        languages: [],
        device: null,
      });
      expect(answer).toMatchObject({
        refused: {
          reason: "business",
          said: { code: 400, reason: "请在电脑端绑定 (Please bind on a computer)" },
        },
      });
      expect((await alice.api.mfa.listFactors.query()).all).toMatchObject([{ status: "unverified" }]);
      expect(served.logged.join()).not.toContain("+86");
    });
  });

  describe("a code by text message", () => {
    it("is set up with a number and asked for at the next sign-in; a code of before is not taken", async () => {
      const alice = await served.join("alice@example.com");
      const wish = { module: "sms", name: "mine", input: { phone: "+1 555 555 0100" }, languages: [] };
      const { factorId, ...begun } = done(await alice.api.mfa.enroll.mutate(wish));
      const answer = { factorId, challengeId: begun.challengeId, languages: [], device: null };
      const first = { code: (await lastSent(gateway)).text };
      done(await alice.api.mfa.verify.mutate({ ...answer, proof: first }));
      const half = served.api(await served.signIn("alice@example.com"));
      const { challengeId } = done(await half.mfa.challenge.mutate({ factorId, languages: [] }));
      const next = { ...answer, challengeId };
      const second = { code: (await lastSent(gateway)).text };
      if (first.code !== second.code)
        expect(whyNot(await half.mfa.verify.mutate({ ...next, proof: first }))).toBe("wrong-code");
      const { token } = done(await half.mfa.verify.mutate({ ...next, proof: second }));
      expect((await served.api(token).mfa.getAuthenticatorAssuranceLevel.query()).lacks).toBe(null);
    });
  });

  describe("text messages to numbers that nobody has proven", () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
      return () => {
        vi.useRealTimers();
      };
    });

    it("are few, whoever signs in for them again and again; who has proven theirs is sent codes as before", async () => {
      await served.join("alice@example.com");
      const enrollAt = async (phone: string) => {
        const api = served.api(await served.signIn("alice@example.com"));
        const wish = { module: "sms", name: "", input: { phone }, languages: [] };
        return { api, answer: await api.mfa.enroll.mutate(wish) };
      };
      let sent = 0;
      for (let tried = 0; tried < 25; tried++) {
        vi.setSystemTime(Date.now() + 2 * 60_000);
        const { answer } = await enrollAt(`+1 555 555 0${100 + tried}`);
        if (whyNot(answer) !== "wait") sent += done(answer).shown.length;
      }
      expect(sent).toBe(10);
      vi.setSystemTime(Date.now() + 6 * 60 * 60_000);
      const { api, answer } = await enrollAt("+1 555 555 0100");
      const { factorId, challengeId } = done(answer);
      const first = { factorId, challengeId, proof: { code: (await lastSent(gateway)).text } };
      const { token } = done(await api.mfa.verify.mutate({ ...first, languages: [], device: null }));
      const whole = served.api(token);
      for (let more = 0; more < 5; more++)
        done(await whole.mfa.challenge.mutate({ factorId, languages: [] }));
    }, 60_000);
  });

  describe("bindings that are imported", () => {
    const FILE = [
      "email,external_id,organization,user,module",
      "alice@example.com,E-1001,acme,alice,provider",
      "bob@example.com,E-1002,acme,bob,provider",
      "Alice@example.com,E-1001,acme-labs,a.liddell,provider",
    ].join("\n");

    it("count at once: whoever is bound by them is asked for the provider's code at the next sign-in", async () => {
      for (const email of ["alice@example.com", "bob@example.com"]) await served.join(email);
      const mfa = await mfaOf();
      const planned = await planImport(db, mfa, FILE);
      if (!planned.ok) throw Error(JSON.stringify(planned.error));
      expect(await db.selectFrom("factor").selectAll().execute()).toEqual([]);
      expect(await importBindings(db, mfa, planned.value, Date.now())).toEqual({
        ok: true,
        value: undefined,
      });

      const half = served.api(await served.signIn("alice@example.com"));
      expect((await half.mfa.getAuthenticatorAssuranceLevel.query()).lacks).toBe("factor-needed");
      const { all } = await half.mfa.listFactors.query();
      expect(all).toMatchObject([{ module: "provider", status: "verified" }]);
      const whole = served.api(await showSent(half, all[0]?.id ?? "", ones));
      expect((await whole.mfa.getAuthenticatorAssuranceLevel.query()).lacks).toBe(null);
      const calls = await ones.ask<{ name: string; body: unknown }[]>("/calls");
      expect(calls.at(-1)).toMatchObject({
        name: "isCodeValid",
        body: {
          external_id: "E-1001",
          accounts: [
            { organization: "acme", user: "alice" },
            { organization: "acme-labs", user: "a.liddell" },
          ],
        },
      });
      expect(await planImport(db, mfa, FILE)).toMatchObject({
        ok: true,
        value: { bindings: [], already: [{}, {}] },
      });
    });

    it("all of them or none: where one was bound meanwhile, nobody is", async () => {
      for (const email of ["alice@example.com", "bob@example.com"]) await served.join(email);
      const mfa = await mfaOf();
      const planned = await planImport(db, mfa, FILE);
      const bobs = await planImport(db, mfa, "email,external_id,module\nbob@example.com,E-1002,provider");
      if (!planned.ok || !bobs.ok) throw Error("no plan");
      expect(await importBindings(db, mfa, bobs.value, Date.now())).toMatchObject({ ok: true });
      expect(await importBindings(db, mfa, planned.value, Date.now())).toEqual({
        ok: false,
        error: "changed",
      });
      expect(await db.selectFrom("factor").select("user_id").execute()).toHaveLength(1);
      const counted = await db.selectFrom("user").select(["email", "factors"]).orderBy("email").execute();
      expect(counted.map(({ factors }) => factors)).toEqual([0, 1]);
      const noted = await db.selectFrom("activity").select(["what", "by_user"]).execute();
      expect(noted).toEqual([{ what: "added", by_user: null }]);
    });
  });
});
