import type { EntryDraft } from "../../../shared/otp/entry.ts";

/** A draft that differs from every other one by its number. */
export function draft(number: number, more: Partial<EntryDraft> = {}): EntryDraft {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const digit = (place: number) => alphabet.charAt(Math.floor(number / 32 ** place) % 32);
  return {
    type: "totp",
    issuer: `Issuer ${number}`,
    account: "alice",
    secret: `GEZDGNBVGY3TQOJQ${digit(3)}${digit(2)}${digit(1)}${digit(0)}AAAA`,
    algorithm: "SHA1",
    digits: 6,
    period: 30,
    counter: null,
    pin: null,
    ...more,
  };
}

export function hotpDraft(number: number, counter = 0): EntryDraft {
  return draft(number, { type: "hotp", period: null, counter });
}
