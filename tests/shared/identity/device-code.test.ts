import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, base32Encode, concatBytes, hexToBytes, utf8 } from "../../../shared/bytes.ts";
import { CTX } from "../../../shared/crypto/context.ts";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { parseInvitationCode } from "../../../shared/group/invitation-code.ts";
import {
  type DeviceCode,
  formatDeviceCode,
  isDeviceCode,
  parseDeviceCode,
} from "../../../shared/identity/device-code.ts";
import { parseKit } from "../../../shared/identity/recovery-key.ts";
import vectors from "../../vectors/device-code.json" with { type: "json" };

const bytesOf = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => new Uint8Array(bytes) as Uint8Array<ArrayBuffer>);

const code: fc.Arbitrary<DeviceCode> = fc.record({
  origin: fc.oneof(
    fc.domain().map((host) => new URL(`https://${host}`).origin),
    fc.integer({ min: 1024, max: 65_535 }).map((port) => `http://localhost:${port}`),
  ),
  email: fc.oneof(fc.emailAddress(), fc.constant("爱丽丝@例子.中国")),
  server: bytesOf(16),
  accountKey: bytesOf(32),
});

async function written(given: DeviceCode): Promise<string> {
  const text = await formatDeviceCode(given);
  if (!text.ok) throw Error(text.error);
  return text.value;
}

describe("the code of a device", () => {
  it("is read back as it was shown, and as people type it", async () => {
    await fc.assert(
      fc.asyncProperty(code, async (given) => {
        const shown = await written(given);
        expect(shown).toMatch(/^CSD1-[A-Z2-7]+$/);
        const letters = shown.slice("CSD1-".length);
        const typed = [
          shown,
          shown.toLowerCase(),
          ` ${(shown.match(/.{1,5}/g) ?? []).join(" – ")}\r\n`,
          `csd1${letters.replaceAll("O", "0").replaceAll("I", "1").replaceAll("B", "8")}`,
        ];
        for (const each of typed) {
          expect(await parseDeviceCode(each), each).toEqual({ ok: true, value: given });
          expect(isDeviceCode(each)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("with any letter changed, missing or doubled is mistyped", async () => {
    const shown = vectors.code;
    for (let at = "CSD1-".length; at < shown.length; at++) {
      const [before, letter, after] = [shown.slice(0, at), shown[at], shown.slice(at + 1)];
      for (const other of [letter === "A" ? "C" : "A", "", `${letter}${letter}`, "9"])
        expect(await parseDeviceCode(before + other + after)).toEqual({ ok: false, error: "mistyped" });
    }
  });

  it("is taken for no kit and no invitation", async () => {
    expect(await parseKit(vectors.code)).toEqual({ ok: false, error: "not-a-kit" });
    expect(await parseInvitationCode(vectors.code)).toEqual({ ok: false, error: "not-a-code" });
  });

  it.each([
    ["", "not-a-code"],
    ["CSR1-AEBAG-BAFAY", "not-a-code"],
    [`CS1-${"A".repeat(100)}`, "not-a-code"],
    [`CSD1-${"A".repeat(100_000)}`, "not-a-code"],
    ["CſD1-AAAA", "not-a-code"],
    ["CSD2-ABCDE", "newer-version"],
    ["CSD1-", "mistyped"],
  ])("%s is refused as %s", async (text, error) => {
    expect(await parseDeviceCode(text)).toEqual({ ok: false, error });
  });

  it("that names a server by http, no server, or no address, is refused though its checksum is right", async () => {
    const forged = async (origin: string, email: string, key = 32) => {
      const [where, who] = [utf8(origin), utf8(email)];
      const rest = new Uint8Array(16 + key) as Bytes;
      const body = concatBytes(
        new Uint8Array([where.length]),
        where,
        new Uint8Array([who.length]),
        who,
        rest,
      );
      const checksum = (await sha256(CTX("device-code", body))).slice(0, 5);
      return parseDeviceCode(`CSD1-${base32Encode(concatBytes(body, checksum))}`);
    };
    expect(await forged("https://codes.example.com", "alice@example.com")).toMatchObject({ ok: true });
    const refused = (error: string) => ({ ok: false, error });
    expect(await forged("http://codes.example.com", "alice@example.com")).toEqual(refused("not-encrypted"));
    expect(await forged("https://codes.example.com/x", "alice@example.com")).toEqual(refused("mistyped"));
    expect(await forged("javascript:alert(1)", "alice@example.com")).toEqual(refused("mistyped"));
    expect(await forged("https://codes.example.com", "alice")).toEqual(refused("mistyped"));
    expect(await forged("https://codes.example.com", "alice@example.com\nx")).toEqual(refused("mistyped"));
    expect(await forged("https://codes.example.com", "alice@example.com", 31)).toEqual(refused("mistyped"));
  });

  it("is not written for an address that does not fit, and for no server", async () => {
    const given = { origin: "https://a.example", server: new Uint8Array(16), accountKey: new Uint8Array(32) };
    const long = `${"ä".repeat(130)}@example.com`;
    expect(await formatDeviceCode({ ...given, email: long })).toEqual({ ok: false, error: "too-long" });
    await expect(formatDeviceCode({ ...given, origin: "http://a.example", email: "a@b" })).rejects.toThrow();
    await expect(
      formatDeviceCode({ ...given, accountKey: new Uint8Array(31), email: "a@b" }),
    ).rejects.toThrow();
  });

  it("is read or refused, whatever is typed", async () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .string({ unit: fc.constantFrom(..."ABCxyz01289 -\n"), maxLength: 300 })
        .map((rest) => `CSD1-${rest}`),
    );
    await fc.assert(
      fc.asyncProperty(text, async (typed) => {
        expect((await parseDeviceCode(typed)).ok).toBe(false);
      }),
    );
  });
});

/** Made once and never again: a code that an older version shows is read by every later one. */
it("the frozen vector is the same code", async () => {
  const bytes = (hex: string): Bytes => {
    const read = hexToBytes(hex);
    if (!read.ok) throw Error(read.error);
    return read.value;
  };
  const { origin, email } = vectors;
  const given = { origin, email, server: bytes(vectors.server), accountKey: bytes(vectors.accountKey) };
  expect(await written(given)).toBe(vectors.code);
  expect(await parseDeviceCode(vectors.code)).toEqual({ ok: true, value: given });
});
