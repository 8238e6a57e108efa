import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Asked, Begun, Kept } from "../../../server/mfa/module.ts";
import { webauthnKind } from "../../../server/mfa/modules/webauthn.ts";
import { readAttestation } from "../../../server/mfa/modules/webauthn-answers.ts";
import { LONGEST_CREDENTIAL } from "../../../shared/mfa/form.ts";
import {
  makeAuthenticator,
  type SoftwareAuthenticator,
  type Twist,
} from "../../support/software-authenticator.ts";
import { askedWith, beginFactor, mustGive, siteWith } from "./asked.ts";

const site = siteWith();
const PAGE = `chrome-extension://${site.extensionIds[0]}`;
const module = webauthnKind.make({}, site);
const SECURITY_KEY = { algorithm: "ES256", counts: true } as const;
const WRONG = { ok: false, error: { reason: "wrong-credential" } };

function optionsOf(shown: Begun["shown"]): string {
  const [first] = shown;
  if (first?.kind !== "credential") throw Error("no options were shown");
  return first.options;
}

/** Sets one up, with an answer that may be twisted. */
async function setUp(authenticator: SoftwareAuthenticator, twist: Twist = {}, asked: Asked = askedWith()) {
  const { factor, challenge, shown } = await beginFactor(module, asked);
  const credential = authenticator.create(optionsOf(shown), twist);
  return module.verify(asked, { factor, challenge, isSetUp: false }, { credential });
}

async function isSetUp(authenticator: SoftwareAuthenticator): Promise<Kept> {
  return (await mustGive(setUp(authenticator))).kept;
}

/** Asks for one that is set up. */
async function ask(factor: Kept, asked: Asked = askedWith()) {
  const { kept: challenge, shown } = await mustGive(module.beginChallenge(asked, factor));
  const answer = (credential: string, state: Kept = factor) =>
    module.verify(asked, { factor: state, challenge, isSetUp: true }, { credential });
  return { options: optionsOf(shown), answer };
}

describe("setting one up", () => {
  test.each(["ES256", "Ed25519", "RS256"] as const)(
    "takes a key of %s, and its answers",
    async (algorithm) => {
      const authenticator = makeAuthenticator(PAGE, { algorithm, counts: true });
      const factor = await isSetUp(authenticator);
      const first = await ask(factor);
      const { kept } = await mustGive(first.answer(authenticator.get(first.options)));
      const second = await ask(kept);
      expect(await second.answer(authenticator.get(second.options))).toMatchObject({ ok: true });
    },
  );

  test("asks for a key of this server, that is vouched for by nobody and names nobody", async () => {
    const { shown } = await beginFactor(module, askedWith());
    const options = JSON.parse(optionsOf(shown));
    expect(options).toMatchObject({
      rp: { id: "codes.example.com", name: "Countersign" },
      user: { name: "alice@example.com" },
      attestation: "none",
      authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
      excludeCredentials: [],
    });
    expect(options.authenticatorSelection).not.toHaveProperty("authenticatorAttachment");
    expect(Buffer.from(options.challenge, "base64url").length).toBeGreaterThanOrEqual(32);
    expect(Buffer.from(options.user.id, "base64url").length).toBe(32);
    expect(Buffer.from(options.user.id, "base64url").toString()).not.toContain("alice");
  });

  test("keeps of the ways to reach it those that there are", async () => {
    const factor = await isSetUp(makeAuthenticator(PAGE, SECURITY_KEY));
    expect(factor).toMatchObject({ transports: ["hybrid", "internal"] });
    const options = JSON.parse((await ask(factor)).options);
    expect(options).toMatchObject({ rpId: "codes.example.com", userVerification: "preferred" });
    expect(options.allowCredentials).toEqual([
      { id: factor.id, type: "public-key", transports: ["hybrid", "internal"] },
    ]);
  });

  test("takes the page of any extension that may call, and a key that vouches for itself", async () => {
    const other = makeAuthenticator(`chrome-extension://${site.extensionIds[1]}`, SECURITY_KEY);
    expect(await setUp(other)).toMatchObject({ ok: true });
    const plain = makeAuthenticator(PAGE, { algorithm: "Ed25519", counts: false });
    expect(await setUp(plain, { attestation: "packed", isVerified: false })).toMatchObject({ ok: true });
  });

  test("does not take the same one twice", async () => {
    const authenticator = makeAuthenticator(PAGE, SECURITY_KEY);
    const { factor, challenge, shown } = await beginFactor(module, askedWith());
    const credential = authenticator.create(optionsOf(shown));
    const held = { factor, challenge, isSetUp: false };
    const { kept } = await mustGive(module.verify(askedWith(), held, { credential }));
    const second = askedWith({ factorId: "factor-2", others: [kept] });
    await expect(setUp(authenticator, {}, second)).rejects.toThrow("it is there already");
    // Nor from a browser that does not look at what is to be left out.
    expect(await module.verify(second, held, { credential })).toEqual(WRONG);
  });

  test("is not offered where the server is known by an address alone, because browsers make none there", async () => {
    for (const origin of ["https://192.0.2.1", "http://127.0.0.1:8420"]) {
      const step = webauthnKind.make({}, { ...site, origin }).beginSetUp(askedWith(), {});
      expect(await step).toEqual({ ok: false, error: { reason: "no-such-module" } });
    }
    const local = webauthnKind.make({}, { ...site, origin: "http://localhost:8420" });
    expect(JSON.parse(optionsOf((await beginFactor(local, askedWith())).shown)).rp.id).toBe("localhost");
  });

  test("refuses certificates before the library sees whom they name", async () => {
    const { shown } = await beginFactor(module, askedWith());
    for (const format of ["packed", "tpm", "apple", "android-key", "android-safetynet", "fido-u2f"]) {
      const attestation = { format, x5c: [Buffer.from("a certificate with an address in it")] };
      const text = makeAuthenticator(PAGE, SECURITY_KEY).create(optionsOf(shown), { attestation });
      expect(readAttestation(text)).toEqual({ ok: false, error: "wrong-credential" });
    }
  });
});

/** What an answer must not be like, whether it sets one up or shows that one has it. */
const WRONG_TWISTS: Readonly<Record<string, Twist>> = {
  "a page of the web": { origin: "https://codes.example.com" },
  "another extension": { origin: "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba" },
  "an origin that only begins like it": { origin: `${PAGE}.example.com` },
  "another server": { rpId: "codes.example.org" },
  "a domain above it": { rpId: "example.com" },
  "another challenge": { challenge: Buffer.alloc(32).toString("base64url") },
  "nobody touching it": { isPresent: false },
  "another kind of answer": { type: "payment.get" },
  "a page inside another one": { crossOrigin: true },
  "a page inside a page that is named": { topOrigin: "https://eve.example.com" },
};

describe.each(Object.entries(WRONG_TWISTS))("an answer with %s", (_what, twist) => {
  test("sets nothing up", async () => {
    expect(await setUp(makeAuthenticator(PAGE, SECURITY_KEY), twist)).toEqual(WRONG);
  });

  test("shows nothing", async () => {
    const authenticator = makeAuthenticator(PAGE, SECURITY_KEY);
    const { options, answer } = await ask(await isSetUp(authenticator));
    expect(await answer(authenticator.get(options, twist))).toEqual(WRONG);
  });
});

describe("showing that one has it", () => {
  test("takes a touch without a finger or a PIN: the passphrase came before", async () => {
    const authenticator = makeAuthenticator(PAGE, SECURITY_KEY);
    const { options, answer } = await ask(await isSetUp(authenticator));
    expect(await answer(authenticator.get(options, { isVerified: false }))).toMatchObject({ ok: true });
  });

  test("takes an answer once, whether the authenticator counts or not", async () => {
    for (const counts of [true, false]) {
      const authenticator = makeAuthenticator(PAGE, { algorithm: "ES256", counts });
      const { options, answer } = await ask(await isSetUp(authenticator));
      const credential = authenticator.get(options);
      const { kept } = await mustGive(answer(credential));
      expect(await answer(credential, kept)).toEqual({ ok: false, error: { reason: "challenge-over" } });
    }
  });

  test("refuses the answer to an earlier question", async () => {
    const authenticator = makeAuthenticator(PAGE, { algorithm: "Ed25519", counts: false });
    const factor = await isSetUp(authenticator);
    const first = await ask(factor);
    const second = await ask(factor);
    expect(await second.answer(authenticator.get(first.options))).toEqual(WRONG);
  });

  test("refuses a counter that stands still or goes back, and one that stops", async () => {
    const authenticator = makeAuthenticator(PAGE, SECURITY_KEY);
    const first = await ask(await isSetUp(authenticator));
    const { kept } = await mustGive(first.answer(authenticator.get(first.options, { counter: 9 })));
    for (const counter of [9, 8, 1, 0]) {
      const { options, answer } = await ask(kept);
      expect(await answer(authenticator.get(options, { counter }))).toEqual(WRONG);
    }
    const { options, answer } = await ask(kept);
    expect(await answer(authenticator.get(options, { counter: 10 }))).toMatchObject({
      ok: true,
      value: { kept: { counter: 10 } },
    });
  });

  test("refuses another credential, another person's, and a signature by another key", async () => {
    const alices = makeAuthenticator(PAGE, SECURITY_KEY);
    const eves = makeAuthenticator(PAGE, SECURITY_KEY);
    const [factor, other] = [await isSetUp(alices), await isSetUp(eves)];
    const { options, answer } = await ask(factor);
    const asOther = JSON.stringify({ ...JSON.parse(options), allowCredentials: [{ id: other.id }] });
    const theirs = JSON.parse(eves.get(asOther));
    expect(await answer(JSON.stringify(theirs))).toEqual(WRONG);
    expect(await answer(JSON.stringify({ ...theirs, id: factor.id, rawId: factor.id }))).toEqual(WRONG);
    expect(await answer(alices.get(options, { userHandle: "Ym9i" }))).toEqual(WRONG);
  });
});

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
    const authenticator = makeAuthenticator(PAGE, SECURITY_KEY);
    const { options, answer } = await ask(await isSetUp(authenticator));
    const honest = authenticator.get(options);
    const field = fc.constantFrom("id", "clientDataJSON", "authenticatorData", "signature");
    await fc.assert(
      fc.asyncProperty(field, someBytes, async (field, how) => {
        const changed = changeField(honest, field, how);
        fc.pre(changed !== honest);
        expect((await answer(changed)).ok).toBe(false);
      }),
      { numRuns: 300 },
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
