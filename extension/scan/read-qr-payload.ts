import {
  type MigrationPart,
  type MigrationRefusal,
  parseMigrationUri,
} from "../../shared/formats/google-migration.ts";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import { parseOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { UriNotice, UriRefusal } from "../../shared/otp/uri-refusal.ts";
import { type ForeignPayload, foreignPayload } from "./foreign-payload.ts";

/** What the text of a QR code comes to. */
export type QrPayload =
  | {
      readonly kind: "entries";
      readonly drafts: readonly EntryDraft[];
      readonly notices: readonly UriNotice[];
    }
  /** One code of an export of Google Authenticator, which may have several; `uri` is what pending-batch collects. */
  | { readonly kind: "migration-part"; readonly part: MigrationPart; readonly uri: string }
  /** A code that is not an account: named, so that the person can be told what to choose instead. */
  | { readonly kind: "not-otp"; readonly what: ForeignPayload }
  /** A code that means to be an account but cannot be taken as it is. */
  | { readonly kind: "refused"; readonly refusal: UriRefusal | MigrationRefusal };

/** Schemes of OTP URIs: what stands behind them is an account, or wrong. */
const OTP_URI = /^(?:otpauth|apple-otpauth|steam|motp|yaotp):\/\//i;
const MIGRATION_URI = /^otpauth-migration:/i;
/** "steam://" also starts games: a path or a verb there is no base32 secret (steam://run/440). */
const STEAM_COMMAND = /^steam:\/\/[a-z]+\//i;

/**
 * A bare secret, as some sites print as a code: base32 of at least 80 bits in one run or in groups, with a digit in
 * it, which words do not have.
 */
const BARE_SECRET = /^(?=.*[2-7])[A-Z2-7]{4,}(?:[ -][A-Z2-7]{4,})*[ -]?=*$/i;
const SHORTEST_BARE_SECRET = 16;

/** Reads the text of a QR code. Pure; never throws, whatever the text. */
export function readQrPayload(raw: string): QrPayload {
  const text = raw.trim();
  if (MIGRATION_URI.test(text)) {
    const part = parseMigrationUri(text);
    return part.ok
      ? { kind: "migration-part", part: part.value, uri: text }
      : { kind: "refused", refusal: part.error };
  }
  if (OTP_URI.test(text) && !STEAM_COMMAND.test(text)) return readUri(text, "uri");
  const isBareSecret = BARE_SECRET.test(text) && text.replace(/[ =-]/g, "").length >= SHORTEST_BARE_SECRET;
  const bare = isBareSecret ? readUri(text, "otp-field") : null;
  return bare?.kind === "entries" ? bare : { kind: "not-otp", what: foreignPayload(text) };
}

function readUri(text: string, context: "uri" | "otp-field"): QrPayload {
  const read = parseOtpauthUri(text, { context });
  return read.ok
    ? { kind: "entries", drafts: [read.value.draft], notices: read.value.notices }
    : { kind: "refused", refusal: read.error };
}
