import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foreignPayload } from "../../../extension/scan/foreign-payload.ts";
import { readQrPayload } from "../../../extension/scan/read-qr-payload.ts";
import { draftToEntry } from "../../../shared/otp/entry.ts";
import { formatMigrationUris } from "../../support/format-migration-uris.ts";
import { ALICE } from "./qr-picture.ts";

test("an account is read with its parameters", () => {
  expect(readQrPayload(` ${ALICE}&digits=8&period=60&algorithm=SHA256\n`)).toMatchObject({
    kind: "entries",
    drafts: [
      { type: "totp", issuer: "Example", account: "alice", digits: 8, period: 60, algorithm: "SHA256" },
    ],
  });
});

test("Steam's own secret is an account, Steam's commands and sign-in codes are not", () => {
  expect(readQrPayload("steam://JRZCL47CMXVOQMNPZR2F7J4RGI")).toMatchObject({
    kind: "entries",
    drafts: [{ type: "steam" }],
  });
  expect(readQrPayload("steam://run/440")).toEqual({ kind: "not-otp", what: "text" });
  expect(readQrPayload("https://s.team/q/1/1234567890")).toEqual({ kind: "not-otp", what: "steam-login" });
});

test("a long text is told from a bare secret at once, whatever it is made of", () => {
  const begun = performance.now();
  // A pattern that may split a run of letters in many ways took years over the first of these.
  for (const text of [`${"a".repeat(2000)}2!`, `${"abcd efgh-".repeat(200)}2!`, `${"AB23 ".repeat(400)}_`]) {
    expect(readQrPayload(text).kind).toBe("not-otp");
  }
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(readQrPayload("JBSWY3DP-EHPK3PXP======")).toMatchObject({ kind: "entries" });
});

test("a bare secret of usual length is an account without a name; a word or a number is not", () => {
  expect(readQrPayload("JBSW Y3DP EHPK 3PXP")).toMatchObject({
    kind: "entries",
    drafts: [{ secret: "JBSWY3DPEHPK3PXP", issuer: "", account: "" }],
  });
  for (const text of ["JBSWY3DP", "CONGRATULATIONSONYOURPRIZE", "0123456789012345", "HELLO2WORLD"]) {
    expect(readQrPayload(text), text).toEqual({ kind: "not-otp", what: "text" });
  }
});

test("what would give wrong codes is refused with the reason", () => {
  expect(readQrPayload("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=WHIRLPOOL")).toMatchObject({
    kind: "refused",
    refusal: { reason: "unknown-algorithm" },
  });
  expect(readQrPayload("otpauth-migration://offline?data=%%%")).toMatchObject({ kind: "refused" });
});

test("a part of an export of Google Authenticator is read as one, with its address to collect it by", () => {
  const entries = Array.from({ length: 12 }, (_, i) =>
    draftToEntry(
      {
        type: "totp",
        issuer: "Example",
        account: `user${i}`,
        secret: "JBSWY3DPEHPK3PXP",
        algorithm: "SHA1",
        digits: 6,
        period: 30,
        counter: null,
        pin: null,
      },
      0,
    ),
  );
  const [, second = ""] = formatMigrationUris(entries, 7).uris;
  const payload = readQrPayload(second);
  expect(payload).toMatchObject({
    kind: "migration-part",
    uri: second,
    part: { batchSize: 2, batchIndex: 1 },
  });
});

describe("a code for something else is named", () => {
  test.each([
    ["microsoft-push", "phonefactor://activate_account?code=123456789&url=https%3a%2f%2fmfa.example.com"],
    [
      "microsoft-push",
      "https://login.microsoftonline.com/authenticatorApp/activateAccount?source=qrCode&code=M.C5",
    ],
    ["microsoft-push", "https://mobileappcommunicator.auth.microsoft.com/activate/ABC"],
    ["duo-push", "duo://abcdefghij1234567890-YXBpLWhvc3RuYW1lLmR1b3NlY3VyaXR5LmNvbQ"],
    ["duo-push", "https://m-1a2b3c4d.duosecurity.com/activate/AbCdEf123"],
    ["okta-push", "oktaverify://email/alice@example.com/?t=abc&f=def"],
    ["rsa-securid", "http://127.0.0.1/securid/ctf?ctfData=200123"],
    [
      "passkey",
      "FIDO:/13086400838107303667332719012595115747821895775708323189557153075146383351399743589971313508078026948312026786722471666005727649643501784024544726574771401798171307406596245",
    ],
    ["messenger-login", "tg://login?token=AQAB"],
    ["messenger-login", "https://discord.com/ra/abc"],
    ["messenger-login", "2@AbCdEfGhIjKlMnOpQrStUv,xyz,1"],
    ["app-store", "https://play.google.com/store/apps/details?id=com.azure.authenticator"],
    ["app-store", "https://apps.apple.com/app/id388497605"],
    ["wifi", "WIFI:T:WPA;S:home;P:secret;;"],
    ["contact", "BEGIN:VCARD\nFN:Alice\nEND:VCARD"],
    ["event", "BEGIN:VEVENT\nSUMMARY:Lunch\nEND:VEVENT"],
    ["message", "mailto:bob@example.com"],
    ["message", "SMSTO:+15550100:hello"],
    ["place", "geo:48.2,16.3"],
    ["payment", "BCD\n002\n1\nSCT"],
    ["payment", "bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    ["web-link", "https://www.example.com/app"],
    ["web-link", "HTTP://EXAMPLE.COM"],
    ["countersign-kit", "CSR1-AEBAG-BAFAY-DQQCI-KBMGA-2DQPC-AIREE-YUHQO-ZQ3XY"],
    [
      "countersign-kit",
      "CSR1-AEBAG-BAFAY-DQQCI-KBMGA-2DQPC-AIREE-YUHQO-ZQ3XY\nhttps://codes.example.com\nalice@example.com",
    ],
    ["countersign-device", "CSD1-DFUHI5DQOM5C6L3DN5SGK4ZOMV4GC3LQNRSS4Y3PNUIWC3DJMNSUAZLYMFWXA3DFFZRW63IAAE"],
    ["countersign-code", "CS1-AEAAAELIOR2HA4Z2F4XWG33EMVZS4ZLYMFWXA3DFFZRW63IA"],
    ["text", "CSR-less"],
    ["text", "just a note"],
    ["text", ""],
  ] as const)("%s: %s", (what, text) => {
    expect(foreignPayload(text)).toBe(what);
    expect(readQrPayload(text)).toEqual({ kind: "not-otp", what });
  });
});

test("no text makes the reader throw", () => {
  const start = fc.constantFrom(
    "",
    "otpauth://totp/",
    "otpauth-migration://offline?data=",
    "steam://",
    "duo://",
  );
  fc.assert(
    fc.property(start, fc.string({ unit: "binary" }), (scheme, rest) => {
      const { kind } = readQrPayload(scheme + rest);
      expect(["entries", "migration-part", "not-otp", "refused"]).toContain(kind);
    }),
  );
});
