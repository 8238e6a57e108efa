import { describe, expect, test } from "vitest";
import { readAttestation } from "../../../server/mfa/modules/webauthn/answers.ts";
import { webauthnKind } from "../../../server/mfa/modules/webauthn.ts";
import { makeAuthenticator, type Twist } from "../../support/software-authenticator.ts";
import { askedWith, beginFactor, mustGive } from "./asked.ts";
import { ask, isSetUp, module, optionsOf, PAGE, SECURITY_KEY, setUp, site, WRONG } from "./webauthn-steps.ts";

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
    const worksAt = (origin: string) => webauthnKind.worksAt?.({ origin });
    for (const origin of ["https://192.0.2.1", "http://127.0.0.1:8420", "https://[2001:db8::1]:8420"])
      expect(worksAt(origin), origin).toBe(false);
    expect(["https://codes.example.com", "http://localhost:8420"].map(worksAt)).toEqual([true, true]);
    const local = webauthnKind.make({}, { ...site, origin: "http://localhost:8420" });
    expect(JSON.parse(optionsOf((await beginFactor(local, askedWith())).shown)).rp.id).toBe("localhost");
  });

  test("refuses certificates before the library sees whom they name", async () => {
    const { shown } = await beginFactor(module, askedWith());
    for (const format of ["packed", "tpm", "apple", "android-key", "android-safetynet", "fido-u2f"]) {
      const attestation = { format, x5c: [Buffer.from("a certificate with an address in it")] };
      const text = makeAuthenticator(PAGE, SECURITY_KEY).create(optionsOf(shown), { attestation });
      expect(await readAttestation(text)).toEqual({ ok: false, error: "wrong-credential" });
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
