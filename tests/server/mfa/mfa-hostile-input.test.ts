import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appRouter } from "../../../server/router/index.ts";
import { isThorough } from "../../support/thorough.ts";
import { onBothDatabases } from "../databases.ts";
import { aliceAtServer, signInAgain } from "./alice-at-server.ts";
import { setUpPin, setUpTotp } from "./with-factor.ts";

const PROCEDURES = Object.keys(appRouter._def.procedures)
  .filter((name) => name.startsWith("mfa."))
  .map((name) => {
    const { type } = appRouter._def.procedures[name as "hello"]._def;
    return { name, isQuery: String(type) === "query" };
  });

const NASTY = [
  ...["", "\0", "a\0b", "\ud800", "../..", "__proto__", "constructor", "' or 1=1 --", "%00", "\u202e", "NaN"],
  ...["0", "-1", "1e999", "123456", "１２３４５６", "A".repeat(64), "A".repeat(65), "A".repeat(20_000)],
];
const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 80 }));
const record = fc.dictionary(fc.oneof(fc.constantFrom("code", "pin", "__proto__"), text), text, {
  maxKeys: 10,
});

/** What a procedure might take, a little or altogether wrong. @param ids of factors that are there */
function inputs(ids: readonly string[]): fc.Arbitrary<unknown> {
  const id = fc.oneof(fc.constantFrom(...ids), text);
  const device = fc.oneof(fc.constant(null), fc.constant("A".repeat(43)), text);
  const shaped = fc.record(
    {
      ...{ module: fc.oneof(fc.constantFrom("totp", "recovery", "insecure_example"), text), name: text },
      ...{ input: record, proof: fc.oneof(record, fc.constant("A".repeat(86)), text) },
      ...{
        factorId: id,
        challengeId: id,
        userId: id,
        languages: fc.array(fc.oneof(fc.constant("en"), text)),
      },
      ...{ device, evenLast: fc.boolean() },
    },
    { requiredKeys: [] },
  );
  return fc.oneof({ weight: 6, arbitrary: shaped }, { weight: 1, arbitrary: fc.jsonValue() });
}

/** The same, cut to what each procedure asks for, so that more of it gets past the schema. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  enroll: ["module", "name", "input", "languages"],
  challenge: ["factorId", "languages"],
  verify: ["factorId", "challengeId", "proof", "languages", "device"],
  challengeAndVerify: ["factorId", "proof", "languages", "device"],
  unenroll: ["factorId", "evenLast"],
  rename: ["factorId", "name"],
  askReset: ["proof"],
  finishReset: ["proof"],
  resetFactors: ["userId"],
};

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open, {
    modules: [{ kind: "totp" }, { kind: "recovery" }, { kind: "insecure_example" }],
  });

  describe("hostile inputs", () => {
    it.each(PROCEDURES)(
      "$name refuses them, and never fails",
      async ({ name, isQuery }) => {
        const pin = await setUpPin(at.alice.api, "1234");
        const totp = await setUpTotp(at.server.place.api(pin.token), Date.now());
        const half = await signInAgain(at);
        const before = await at.db.selectFrom("user").select(["factors", "administrator"]).execute();
        const takes = TAKES[name.slice("mfa.".length)];
        let passed = 0;

        const ask = async (token: string, input: unknown) => {
          const url = `${at.server.served.origin}/trpc/${name}`;
          const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
          const body = JSON.stringify(input) ?? "";
          const sent = isQuery
            ? await fetch(`${url}?input=${encodeURIComponent(body.slice(0, 4_000))}`, { headers })
            : await fetch(url, { method: "POST", headers, body });
          const answer = (await sent.json()) as { error?: { message: string }; result?: unknown };
          expect(sent.status, body).not.toBe(500);
          if (answer.error?.message !== "BAD_REQUEST") passed++;
        };

        await fc.assert(
          fc.asyncProperty(inputs([pin.factorId, totp.factorId]), async (input) => {
            const cut =
              takes && typeof input === "object" && input !== null
                ? Object.fromEntries(Object.entries(input).filter(([key]) => takes.includes(key)))
                : input;
            // A session that is signed in, and one that is on the way: what is verified rotates neither.
            await ask(totp.token, cut);
            await ask(half.token, cut);
            await at.db.deleteFrom("rate_limit").execute();
            await at.db.deleteFrom("mfa_wait").execute();
          }),
          { numRuns: isThorough ? 300 : 15 },
        );
        if (takes === undefined) expect(passed).toBeGreaterThan(0);
        const after = await at.db.selectFrom("user").select(["factors", "administrator"]).execute();
        // Taking a factor away is what one of them is for.
        if (name !== "mfa.unenroll" && name !== "mfa.resetFactors") expect(after).toEqual(before);
        expect(at.server.served.logged.join()).not.toContain("1234");
      },
      120_000,
    );
  });
});
