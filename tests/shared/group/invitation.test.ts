import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import {
  type Acceptance,
  type InvitationKeys,
  invitationKeys,
  type Offer,
  openOffer,
  sealOffer,
  signAcceptance,
  verifyAcceptance,
} from "../../../shared/group/invitation.ts";
import {
  formatInvitationCode,
  type InvitationCode,
  isServerOrigin,
  parseInvitationCode,
} from "../../../shared/group/invitation-code.ts";
import { anyHash, newPerson, type Person, random } from "./people.ts";

const code = (patch: Partial<InvitationCode> = {}): InvitationCode => ({
  kind: "invitation",
  origin: "https://codes.harbour.example",
  secret: random(20),
  server: random(16),
  ...patch,
});

describe("an invitation's code", () => {
  it("is read back as it was written, and as people paste it", async () => {
    const origin = fc.constantFrom(
      "https://a.example",
      "https://codes.harbour.example:8443",
      "http://127.0.0.1:4000",
    );
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    await fc.assert(
      fc.asyncProperty(origin, bytes(20), bytes(16), fc.boolean(), async (where, secret, server, isSetUp) => {
        const written: InvitationCode = {
          kind: isSetUp ? "set-up" : "invitation",
          origin: where,
          secret: new Uint8Array(secret),
          server: new Uint8Array(server),
        };
        const text = await formatInvitationCode(written);
        expect(text).toMatch(/^CS1-[A-Z2-7]+$/);
        const pasted = text.toLowerCase().replace(/.{5}/g, "$& - ");
        for (const each of [text, `\n ${text} \n`, pasted]) {
          expect(await parseInvitationCode(each)).toEqual({ ok: true, value: written });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("with any letter wrong, missing or twice is called mistyped", async () => {
    const text = await formatInvitationCode(code());
    for (let at = 4; at < text.length; at++) {
      const letter = text[at] === "A" ? "B" : "A";
      const wrong = [
        text.slice(0, at) + letter + text.slice(at + 1),
        text.slice(0, at) + text.slice(at + 1),
        text.slice(0, at) + text[at] + text.slice(at),
      ];
      for (const each of wrong) {
        expect(await parseInvitationCode(each), each).toEqual({ ok: false, error: "mistyped" });
      }
    }
  });

  it.each([
    ["", "not-a-code"],
    ["https://codes.harbour.example/join", "not-a-code"],
    ["otpauth://totp/a?secret=JBSWY3DP", "not-a-code"],
    ["CS", "not-a-code"],
    [`CS1-${"A".repeat(10_000)}`, "not-a-code"],
    ["CS2-ABCD", "newer-version"],
    ["CS1-", "mistyped"],
    ["CS1-1111", "mistyped"],
  ])("%s is refused as %s", async (text, error) => {
    expect(await parseInvitationCode(text)).toEqual({ ok: false, error });
  });

  it("never throws, whatever is pasted", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `CS1-${text}`),
        ),
        async (text) => {
          expect((await parseInvitationCode(text)).ok).toBe(false);
        },
      ),
    );
  });

  it.each([
    ["https://codes.harbour.example", true],
    ["https://codes.harbour.example:8443", true],
    ["http://localhost:4000", true],
    ["http://127.0.0.1:4000", true],
    ["http://codes.harbour.example", false],
    ["http://127.0.0.1.harbour.example", false],
    ["https://codes.harbour.example/", false],
    ["https://codes.harbour.example/path", false],
    ["https://alice@codes.harbour.example", false],
    ["https://CODES.harbour.example", false],
    ["javascript:alert(1)", false],
    ["", false],
  ])("names a server at %s: %s", (origin, may) => {
    expect(isServerOrigin(origin)).toBe(may);
  });
});

describe("an invitation", () => {
  let alice: Person;
  let bob: Person;
  let eve: Person;
  let keys: InvitationKeys;
  let offer: Offer;
  const NOW = 1_000_000;

  beforeAll(async () => {
    [alice, bob, eve] = [await newPerson(), await newPerson(), await newPerson()];
    keys = await invitationKeys(random(20));
    offer = {
      server: "harbour",
      origin: "https://codes.harbour.example",
      g: "AAAAAAAAAAAAAAAAAAAAAA",
      n: 4,
      h: anyHash(),
      by: { id: alice.id, sig: alice.sig, enc: alice.enc },
      from: "alice@example.com",
      name: "Cloud",
      role: "viewer",
      email: "bob@example.com",
      until: NOW + 1,
    };
  });

  const accept = (by: Person, patch: Partial<Acceptance> = {}, withKeys = keys) =>
    signAcceptance(by.signing, withKeys, {
      g: offer.g,
      h: offer.h,
      id: by.id,
      sig: by.sig,
      enc: by.enc,
      email: offer.email,
      ...patch,
    });

  it("is read by the holder of its code alone, until it runs out", async () => {
    const sealed = await sealOffer(alice.signing, keys, offer);
    expect(await openOffer(keys, sealed, NOW)).toEqual({ ok: true, value: offer });
    expect(await openOffer(keys, sealed, NOW + 2)).toEqual({ ok: false, error: "too-late" });
    const another = await invitationKeys(random(20));
    expect(await openOffer(another, sealed, NOW)).toEqual({ ok: false, error: "corrupt" });
  });

  it("is signed by the inviter whom it names", async () => {
    const byEve = await sealOffer(eve.signing, keys, offer);
    expect(await openOffer(keys, byEve, NOW)).toEqual({ ok: false, error: "signature" });
    const sealed = await sealOffer(alice.signing, keys, offer);
    const swapped = { ...sealed, sig: bytesToBase64url(random(64)) };
    expect(await openOffer(keys, swapped, NOW)).toEqual({ ok: false, error: "signature" });
  });

  it("is accepted with keys that the server can't exchange", async () => {
    const signed = await accept(bob);
    const accepted = await verifyAcceptance(keys, offer, signed, NOW);
    expect(accepted).toMatchObject({ ok: true, value: { id: bob.id, sig: bob.sig, enc: bob.enc } });
    // The server has no secret of the code: it can only sign with its own.
    const forged = await accept(eve, {}, await invitationKeys(random(20)));
    expect(await verifyAcceptance(keys, offer, forged, NOW)).toEqual({ ok: false, error: "mac" });
    const mixed = { ...signed, body: forged.body };
    expect(await verifyAcceptance(keys, offer, mixed, NOW)).toEqual({ ok: false, error: "mac" });
  });

  it.each([
    ["another-address", { email: "eve@example.com" }],
    ["another-group", { g: "BBBBBBBBBBBBBBBBBBBBBB" }],
    ["another-group", { h: "A".repeat(43) }],
    ["proof", { enc: "A".repeat(43), sig: "d75a980182b10ab7d54bfed3c964073a0ee172f3da" }],
  ] as const)("is refused as %s where the one with the code says something else", async (error, patch) => {
    const signed = await accept(bob, patch);
    expect(await verifyAcceptance(keys, offer, signed, NOW)).toEqual({ ok: false, error });
  });

  it("is refused after it ran out, and where the keys have not signed for themselves", async () => {
    const signed = await accept(bob);
    expect(await verifyAcceptance(keys, offer, signed, NOW + 2)).toEqual({ ok: false, error: "too-late" });
    const other = { ...signed, pop: (await accept(eve)).pop };
    expect(await verifyAcceptance(keys, offer, other, NOW)).toEqual({ ok: false, error: "proof" });
    expect(await verifyAcceptance(keys, offer, { ...signed, mac: "?" }, NOW)).toEqual({
      ok: false,
      error: "malformed",
    });
  });

  it("gives each use of its secret another key", async () => {
    const { id, accept: acceptKey, register } = await invitationKeys(new Uint8Array(20));
    expect({
      id,
      accept: bytesToBase64url(acceptKey),
      register: bytesToBase64url(register),
    }).toMatchInlineSnapshot(`
      {
        "accept": "qCOaYUahKNCwfCf0qnScEh03RUsUyG65053vEiiRGxU",
        "id": "2VX5Al-rGBJmLKrzV1F3dw",
        "register": "3-rloCoFssONBTtlh2__kt9RIPDAoqMxSVSvmbDnwlg",
      }
    `);
  });
});
