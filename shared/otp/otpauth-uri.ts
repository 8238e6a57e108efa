import { err, type Result } from "../result.ts";
import { DEFAULT_PERIOD } from "./code.ts";
import type { Entry } from "./entry.ts";
import { foreignCode } from "./foreign-code.ts";
import { joinLabel } from "./label.ts";
import { decodePercent, encodePercent } from "./percent.ts";
import { readPinUri } from "./pin-uri.ts";
import { isSteamByName, readUriDraft, type UriOptions } from "./uri-draft.ts";
import { readParameters, type UriParameters } from "./uri-parameters.ts";
import { type ReadUri, type UriRefusal, uriRefusal } from "./uri-refusal.ts";
import { wholeSecret } from "./whole-secret.ts";

/** What an OTP URI can say of an entry. */
export type UriEntry = Pick<
  Entry,
  "type" | "issuer" | "account" | "secret" | "algorithm" | "digits" | "period" | "counter"
>;

/** More than twenty times the largest QR code; keeps hostile text from costing time. */
const MAX_URI_LENGTH = 65_536;

/**
 * Reads an OTP URI: otpauth:// as the Key URI format describes it and as products write it, apple-otpauth://,
 * steam://SECRET, motp:// and otpauth://yaotp/. Taken apart by hand, because labels hold raw "#", blanks, "+" and broken escapes that URL parsers
 * change or refuse.
 *
 * What would give wrong codes is refused with its reason, never replaced by a default; so is what an entry can't hold
 * though a code could be computed (fewer than 5 or more than 10 digits, a counter or period above 2^53 - 1). Never
 * throws.
 */
export function parseOtpauthUri(
  uri: string,
  options: UriOptions = { context: "uri" },
): Result<ReadUri, UriRefusal> {
  const text = uri.trim();
  if (text.length > MAX_URI_LENGTH) return err(uriRefusal("too-long", ""));
  const foreign = foreignCode(text);
  if (foreign !== null) return err(uriRefusal(foreign, ""));
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text);
  const [, scheme = "", rest = ""] = match ?? [];
  switch (scheme.toLowerCase()) {
    case "otpauth":
    case "apple-otpauth":
      return readOtpauth(withoutHtmlEscapes(rest), options);
    case "motp":
      return readPinUri("motp", withoutHtmlEscapes(rest).replace(/^\/+/, ""));
    case "steam":
      return readUriDraft({ type: "steam", label: "", parameters: steamParameters(rest) }, options);
    case "":
      return options.context === "otp-field"
        ? readUriDraft({ type: "totp", label: "", parameters: new Map([["secret", [text]]]) }, options)
        : err(uriRefusal("not-an-otp-uri", ""));
    default:
      return err(uriRefusal("unknown-scheme", scheme));
  }
}

/**
 * Writes the URI of an entry as Google Authenticator, Aegis, FreeOTP and others read it back: the issuer both as
 * prefix and as parameter, everything percent-encoded, algorithm, digits and period or counter always said.
 *
 * parseOtpauthUri reads the same entry from it, but for blanks around issuer and account and for bits of the secret that
 * fill no byte. Throws for types that have
 * no otpauth URI (motp, yandex): ask hasOtpauthUri first.
 */
export function formatOtpauthUri(entry: UriEntry): string {
  if (!hasOtpauthUri(entry.type)) throw new Error(`no otpauth uri says ${entry.type}`);
  const { issuer } = entry;
  const label = encodePercent(joinLabel(entry));
  const parameters = [
    `secret=${wholeSecret(entry.secret)}`,
    ...(issuer === "" ? [] : [`issuer=${encodePercent(issuer)}`]),
    `algorithm=${entry.algorithm}`,
    `digits=${entry.digits}`,
    entry.type === "hotp" ? `counter=${entry.counter ?? 0}` : `period=${entry.period ?? DEFAULT_PERIOD}`,
    // Keeps a plain totp that is only called Steam from being read as Steam Guard; others skip what they don't know.
    ...(entry.type === "totp" && isSteamByName(issuer, entry) ? ["encoder=totp"] : []),
  ];
  return `otpauth://${entry.type}/${label}?${parameters.join("&")}`;
}

/** Whether entries of this type can be written as an otpauth URI that others read. */
export function hasOtpauthUri(type: Entry["type"]): boolean {
  return type === "totp" || type === "hotp" || type === "steam";
}

/** Characters of a QR code of version 25 or so: denser ones are beyond many cameras, on a screen as on paper. */
const MOST_CHARACTERS_OF_CODE = 1_000;

/** Whether a QR code of this URI is one that cameras read. */
export function fitsQrCode(uri: string): boolean {
  return uri.length <= MOST_CHARACTERS_OF_CODE;
}

function readOtpauth(rest: string, options: UriOptions): Result<ReadUri, UriRefusal> {
  const match = /^([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest);
  const [, type = "", label = "", query] = match ?? [];
  const declared = type.toLowerCase();
  if (declared === "motp") return readPinUri("motp", rest.slice(type.length).replace(/^\//, ""));
  if (declared === "yaotp" || declared === "yandex")
    return readPinUri("yandex", rest.slice(type.length).replace(/^\//, ""));
  if (declared !== "totp" && declared !== "hotp" && declared !== "steam") {
    return err(uriRefusal("unknown-type", type));
  }
  if (query === undefined) return err(uriRefusal("no-parameters", ""));
  return readUriDraft(
    { type: declared, label: decodePercent(label), parameters: readParameters(query) },
    options,
  );
}

/** steam://SECRET, with what some append: a slash, parameters. The scheme is the issuer where none is named. */
function steamParameters(rest: string): UriParameters {
  const [secret = ""] = rest.split("?", 1);
  return new Map([
    ["issuer", ["Steam"]],
    ...readParameters(rest.slice(secret.length + 1)),
    ["secret", [decodePercent(secret).replace(/\/$/, "").trim()]],
  ]);
}

/** A URI copied out of the source of a page has its "&" written for HTML, or for JSON. */
function withoutHtmlEscapes(text: string): string {
  return /&amp;|\\u0026/i.test(text) ? text.replace(/&amp;|\\u0026/gi, "&") : text;
}
