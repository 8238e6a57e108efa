import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LONGEST_CREDENTIAL } from "../../../shared/mfa/form.ts";
import { makeAuthenticator } from "../../support/software-authenticator.ts";
import { askedWith, beginFactor } from "./asked.ts";
import { ask, isSetUp, module, optionsOf, PAGE, SECURITY_KEY } from "./webauthn-steps.ts";

describe("whatever is sent", () => {
  const MALFORMED = { ok: false, error: { reason: "malformed" } };

  test("what is no credential is said to be none, however long it is", async () => {
    const { factor, challenge } = await beginFactor(module, askedWith());
    const deep = `${"[".repeat(8_000)}${"]".repeat(8_000)}`;
    const huge = JSON.stringify({ id: "A".repeat(5_000_000) });
    for (const credential of ["", "null", "[]", "{}", "{", '"', "7", '{"id":7}', deep, huge])
      expect(await module.verify(askedWith(), { factor, challenge, isSetUp: false }, { credential })).toEqual(
        MALFORMED,
      );
    expect(await module.verify(askedWith(), { factor, challenge, isSetUp: false }, {})).toEqual(MALFORMED);
  });

  test("an answer that is right but longer than any is refused unread", async () => {
    const authenticator = makeAuthenticator(PAGE, SECURITY_KEY);
    const { options, answer } = await ask(await isSetUp(authenticator));
    const honest = authenticator.get(options);
    const long = JSON.stringify({ ...JSON.parse(honest), more: "x".repeat(LONGEST_CREDENTIAL) });
    expect(await answer(long)).toEqual(MALFORMED);
    expect(await answer(honest)).toMatchObject({ ok: true });
  });

  const someBytes = fc.oneof(
    fc.record({ at: fc.nat(2_000), bit: fc.nat(7) }),
    fc.record({ bytes: fc.uint8Array({ maxLength: 400 }) }),
    fc.record({ cut: fc.integer({ min: 1, max: 300 }) }),
  );

  test("an answer of which anything is changed shows nothing", async () => {
    // Ed25519, whose signature is bare: of ES256's the DER around it may be changed, and it is still the same signature.
    const authenticator = makeAuthenticator(PAGE, { algorithm: "Ed25519", counts: true });
    const { options, answer } = await ask(await isSetUp(authenticator));
    const honest = authenticator.get(options);
    const field = fc.constantFrom("id", "clientDataJSON", "authenticatorData", "signature");
    await fc.assert(
      fc.asyncProperty(field, someBytes, async (field, how) => {
        const changed = changeField(honest, field, how);
        fc.pre(changed !== honest);
        expect((await answer(changed)).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(await answer(honest)).toMatchObject({ ok: true });
  });

  test("no answer makes it throw", async () => {
    const { shown, ...begun } = await beginFactor(module, askedWith());
    const held = { ...begun, isSetUp: false };
    const honest = makeAuthenticator(PAGE, SECURITY_KEY).create(optionsOf(shown));
    const field = fc.constantFrom("id", "clientDataJSON", "attestationObject");
    const changed = fc.oneof(
      fc.tuple(field, someBytes).map(([field, how]) => changeField(honest, field, how)),
      fc.tuple(field, fc.jsonValue()).map(([field, value]) => {
        const credential = JSON.parse(honest);
        return JSON.stringify({
          ...credential,
          ...(field === "id" ? { id: value, rawId: value } : {}),
          response: { ...credential.response, [field]: value },
        });
      }),
      fc.json(),
    );
    await fc.assert(
      fc.asyncProperty(changed, async (credential) => {
        const outcome = await module.verify(askedWith(), held, { credential });
        expect(outcome.ok || ["malformed", "wrong-credential"].includes(outcome.error.reason)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

type Change =
  | { readonly at: number; readonly bit: number }
  | { readonly bytes: Uint8Array }
  | { readonly cut: number };

/** A credential with other bytes in one of its fields. */
function changeField(credential: string, field: string, how: Change): string {
  const changed = JSON.parse(credential);
  const place = field === "id" ? changed : changed.response;
  const bytes = Buffer.from(place[field], "base64url");
  place[field] = changeBytes(bytes, how).toString("base64url");
  changed.rawId = changed.id;
  return JSON.stringify(changed);
}

function changeBytes(bytes: Buffer, how: Change): Buffer {
  if ("bytes" in how) return Buffer.from(how.bytes);
  if ("cut" in how) return bytes.subarray(0, Math.max(0, bytes.length - how.cut));
  const at = how.at % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << how.bit);
  return bytes;
}
