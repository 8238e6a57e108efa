import { hexToBytes } from "../../bytes.ts";
import type { Result } from "../../result.ts";
import { siteOfUrl } from "../../site.ts";
import type { ReadEntry, RejectedEntry } from "../format.ts";
import { type EntryFields, readFields, textOf } from "./entry-fields.ts";

/** A stored entry (OTPStorage of src/models/storage.ts), nothing of it trusted. */
export type StoredOtp = { readonly [name: string]: unknown };

/** OTPType and OTPAlgorithm of src/models/otp.ts: some versions wrote the number instead of the name. */
const TYPES = ["", "totp", "hotp", "battle", "steam", "hex", "hhex"];
const ALGORITHMS = ["", "SHA1", "SHA256", "SHA512", "GOST3411_2012_256", "GOST3411_2012_512"];

/** Its codes for Battle.net always have eight digits, whatever the entry says. */
const BATTLE_DIGITS = 8;

/**
 * Reads one entry of Authenticator-Extension, its secret in the clear. What is not said has that program's default: totp,
 * SHA1, six digits, 30 seconds.
 */
export function readStoredOtp(stored: StoredOtp): Result<ReadEntry, RejectedEntry> {
  const { type, secret, spelling } = readTyped(
    nameOf(stored.type, TYPES).toLowerCase() || "totp",
    stored.secret,
  );
  const [issuer = "", hint = ""] = textOf(stored.issuer).split("::");
  const site = siteOfUrl(hint.includes(".") ? `https://${hint.trim()}` : null);
  return readFields({
    type: type === "battle" ? "totp" : type,
    issuer,
    account: stored.account,
    secret,
    ...(spelling === undefined ? {} : { spelling }),
    algorithm: nameOf(stored.algorithm, ALGORITHMS),
    digits: type === "battle" ? BATTLE_DIGITS : type === "steam" ? "" : stored.digits,
    period: stored.period,
    counter: stored.counter,
    pinned: stored.pinned === true || stored.pinned === "true",
    ...(site === null ? {} : { sites: [site] }),
  });
}

/** Whether a text can be a secret as the program stores them: what a wrong passphrase gives can't. */
export function isStoredSecret(text: string): boolean {
  return /^(?:blz-|bliz-|stm-)?(?:[a-z2-7\s-]+=*|[0-9a-f\s]+)$/i.test(text.trim());
}

type Typed = Pick<EntryFields, "secret" | "spelling"> & { readonly type: string };

/** Early versions marked the secret instead of the type, and hexadecimal was not told apart. */
function readTyped(type: string, value: unknown): Typed {
  if (typeof value !== "string") return { type, secret: value };
  const marked = /^(blz-|bliz-|stm-)(.*)$/is.exec(value.trim());
  if (marked) {
    return { type: marked[1]?.toLowerCase() === "stm-" ? "steam" : "battle", secret: marked[2] ?? "" };
  }
  if (type === "hex" || type === "hhex") {
    return { type: type === "hex" ? "totp" : "hotp", secret: wholeHex(value), spelling: "hex" };
  }
  return { type, secret: value, ...(type === "steam" ? {} : { spelling: "base32-or-hex" as const }) };
}

/** The program drops a half byte that is 0 and completes any other. */
function wholeHex(text: string): string {
  const hex = text.replace(/\s/g, "");
  if (hex.length % 2 === 0) return hex;
  const whole = hex.endsWith("0") ? hex.slice(0, -1) : `${hex}0`;
  return hexToBytes(whole).ok ? whole : hex;
}

function nameOf(value: unknown, names: readonly string[]): string {
  const text = textOf(value);
  return /^\d$/.test(text) ? (names[Number(text)] ?? text) : text;
}
