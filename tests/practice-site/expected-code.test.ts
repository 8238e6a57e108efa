import { describe, expect, test } from "vitest";
import { type Algorithm, hotpCode, steamCode, timeStep, toBase32 } from "./expected-code.ts";

// RFC 4226 appendix D: the secret "12345678901234567890", counters 0 to 9.
const HOTP_CODES = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split(" ");

// RFC 6238 appendix B: the ASCII secrets are as long as the hash; eight digits, 30 seconds.
const SECRETS: Record<Algorithm, string> = {
  SHA1: "12345678901234567890",
  SHA256: "12345678901234567890123456789012",
  SHA512: "1234567890123456789012345678901234567890123456789012345678901234",
};
const TOTP_CODES: [seconds: number, algorithm: Algorithm, code: string][] = [
  [59, "SHA1", "94287082"],
  [59, "SHA256", "46119246"],
  [59, "SHA512", "90693936"],
  [1111111109, "SHA1", "07081804"],
  [1111111109, "SHA256", "68084774"],
  [1111111109, "SHA512", "25091201"],
  [1111111111, "SHA1", "14050471"],
  [1234567890, "SHA1", "89005924"],
  [2000000000, "SHA256", "90698825"],
  [20000000000, "SHA512", "47863826"],
];

describe("the site's own codes", () => {
  test("are those of RFC 4226 appendix D", () => {
    const secret = Buffer.from(SECRETS.SHA1);
    expect(HOTP_CODES.map((_, counter) => hotpCode(secret, counter, "SHA1", 6))).toEqual(HOTP_CODES);
  });

  test.each(TOTP_CODES)("are those of RFC 6238 appendix B at %i s with %s", (seconds, algorithm, code) => {
    const step = timeStep(seconds * 1000, 30);
    expect(hotpCode(Buffer.from(SECRETS[algorithm]), step, algorithm, 8)).toBe(code);
  });

  test("have five letters of Steam's alphabet for Steam, drawn from the RFC's truncated hash", () => {
    // RFC 4226 appendix D gives the truncated value of counter 0 as 1284755224; written in base 26 from the lowest place.
    let rest = 1284755224;
    let expected = "";
    for (let place = 0; place < 5; place++) {
      expected += "23456789BCDFGHJKMNPQRTVWXY".charAt(rest % 26);
      rest = Math.floor(rest / 26);
    }
    expect(steamCode(Buffer.from(SECRETS.SHA1), 0)).toBe(expected);
  });

  test.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("come from secrets written as RFC 4648 section 10 writes %j", (text, base32) => {
    expect(toBase32(Buffer.from(text))).toBe(base32);
  });
});
