import fc from "fast-check";
import { draftToEntry, type Entry, type EntryDraft } from "../../../shared/otp/entry.ts";

const PNG =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";

const anyName = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }).map((name) => name.toWellFormed().trim()),
  fc.constantFrom("", "Steam", "Text: More Text", ":", "a:b"),
);
/** Whole bytes, so that the text comes back as it was. */
const anySecret = fc.stringMatching(/^[A-Z2-7]{8}([A-Z2-7]{8}){0,3}$/);

/** An entry that a format may be able to write. */
export const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    type: fc.constantFrom("totp", "hotp", "steam", "motp", "yandex"),
    issuer: anyName,
    account: anyName,
    secret: anySecret,
    algorithm: fc.constantFrom("SHA1", "SHA256", "SHA512"),
    digits: fc.integer({ min: 5, max: 10 }),
    period: fc.constantFrom(30, 60, 1, 86_400),
    counter: fc.nat(),
    pin: fc.constantFrom(null, "1234", "0007"),
    sites: fc.constantFrom<string[][]>([], ["example.com"]),
    tags: fc.uniqueArray(fc.constantFrom("Work", "Home", "工作")),
    note: fc.constantFrom("", "for the shop"),
    icon: fc.constantFrom(null, PNG, GIF),
  })
  .map(({ type, algorithm, digits, period, counter, pin, secret, ...named }) => {
    const byType = {
      totp: { algorithm, digits, period, counter: null, pin: null, secret },
      hotp: { algorithm, digits, period: null, counter, pin: null, secret },
      steam: { algorithm: "SHA1", digits: 5, period: 30, counter: null, pin: null, secret },
      motp: { algorithm: "MD5", digits: 6, period: 10, counter: null, pin, secret },
      yandex: {
        algorithm: "SHA256",
        digits: 8,
        period: 30,
        counter: null,
        pin,
        secret: "ORSXG5DJNZTXIZLTORUW4ZZRGI",
      },
    } as const;
    return draftToEntry(
      { type, ...named, ...byType[type as keyof typeof byType] } as EntryDraft,
      1_700_000_000_000,
    );
  });

export const alice = draftToEntry(
  {
    type: "totp",
    issuer: "Example",
    account: "alice",
    secret: "JBSWY3DPEHPK3PXP",
    algorithm: "SHA256",
    digits: 8,
    period: 60,
    counter: null,
    pin: null,
    tags: ["Work", "Home"],
    note: "for the shop",
    sites: ["example.com"],
    icon: GIF,
  },
  1_700_000_000_000,
);
export const bob: Entry = {
  ...alice,
  type: "hotp",
  account: "bob",
  period: null,
  counter: 41,
  icon: PNG,
  tags: ["Work"],
};
