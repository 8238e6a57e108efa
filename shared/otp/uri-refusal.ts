import type { EntryDraft } from "./entry.ts";
import type { ForeignCode } from "./foreign-code.ts";

/** What reading a URI assumed or left out, for the person to know. */
export type UriNotice =
  /** hotp without a counter: it starts at 0, though the Key URI format requires one. */
  | "no-counter-assumed-0"
  /** The label names another issuer than the parameter, which was kept. */
  | "issuer-differs-from-label"
  /** Written as totp, but by its issuer or a parameter a Steam Guard secret. */
  | "read-as-steam"
  /** Steam Guard codes always have five characters; the URI says something else. */
  | "digits-ignored"
  /** Less than 80 bits: easily guessed, though the site gave it so. */
  | "secret-short"
  | "secret-read-as-hex"
  | "secret-read-as-base64"
  /** image= or icon= names a picture on the network, which is never fetched. */
  | "picture-ignored"
  /** Neither issuer nor account: the person should give it a name. */
  | "no-name"
  /** A motp or yandex account without its PIN: no code until the person types it in. */
  | "pin-missing";

/** Why a URI was not read. */
export type UriRefusalReason =
  | ForeignCode
  | "too-long"
  | "not-an-otp-uri"
  | "unknown-scheme"
  | "unknown-type"
  | "no-parameters"
  | "conflicting-parameters"
  | "two-step-enrolment"
  | "no-secret"
  | "empty-secret"
  | "secret-not-base32"
  /** Mobile-OTP's are hexadecimal. */
  | "secret-not-hex"
  /** Yandex' have 16 or 26 bytes, the longer ones with a checksum. */
  | "not-a-yandex-secret"
  | "unknown-algorithm"
  | "digits-not-a-number"
  | "digits-out-of-range"
  | "period-not-a-number"
  | "period-negative"
  | "period-zero"
  | "period-too-large"
  | "counter-not-a-number"
  | "counter-negative"
  | "counter-too-large";

/** A URI that was read. */
export type ReadUri = {
  readonly draft: EntryDraft;
  readonly notices: readonly UriNotice[];
  /** The issuer the label names, if the parameter names another one; null otherwise. */
  readonly labelIssuer: string | null;
};

export type UriRefusal = {
  readonly reason: UriRefusalReason;
  /** The value or name at fault; "" where there is nothing to name, or where a secret might stand in it. */
  readonly detail: string;
  /** What the person may take instead, once told; null where there is nothing sensible to offer. */
  readonly correction: UriCorrection | null;
};

/** The same URI with one value replaced. */
export type UriCorrection = { readonly changed: { readonly period: number }; readonly read: ReadUri };

/** Long enough for every number and name met so far, too short for most of what a missing "&" would bring along. */
const MAX_DETAIL = 24;

export function uriRefusal(reason: UriRefusalReason, value: string): UriRefusal {
  const isSafe = value.length <= MAX_DETAIL && !/secret\s*=/i.test(value);
  return { reason, detail: isSafe ? value.toWellFormed() : "", correction: null };
}
