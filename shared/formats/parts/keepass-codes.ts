import { utf8 } from "../../bytes.ts";
import { parseOtpauthUri } from "../../otp/otpauth-uri.ts";
import { readParameters } from "../../otp/uri-parameters.ts";
import { ok, type Result } from "../../result.ts";
import type { ReadEntry, RejectedEntry } from "../format.ts";
import { brokenEntry, type EntryFields, readFields } from "./entry-fields.ts";

/** The strings of an entry by their keys; null for one whose value is encrypted in the file. */
export type KeepassStrings = ReadonlyMap<string, string | null>;

type ReadCode = Result<ReadEntry, RejectedEntry>;
type Names = { readonly issuer: string; readonly account: string };

/**
 * The codes that an entry of a KeePass database holds, in all the ways that programs write them: an otpauth URI (KeePassXC,
 * Strongbox, KeePassium), the query of KeeOtp, KeePass' own TimeOtp and HmacOtp, and the two strings of KeeTrayTOTP. The
 * same secret written in two ways is one code, and the first way says it.
 */
export function readKeepassCodes(strings: KeepassStrings): ReadCode[] {
  const names = { issuer: textIn(strings, "Title"), account: textIn(strings, "UserName") };
  const codes = [
    ...readUris(strings, names),
    ...readKeeOtp(strings, names),
    ...readOwn(strings, names, "TimeOtp"),
    ...readOwn(strings, names, "HmacOtp"),
    ...readTray(strings, names),
    ...readHidden(strings, names),
  ];
  const kept = new Set<string>();
  const isAnyRead = codes.some(({ ok }) => ok);
  return codes.filter((code) => {
    // A program leaves an empty string where another has written the code in its own way.
    if (!code.ok) return !isAnyRead || !/^(?:no|empty)-secret$/.test(code.error.reason);
    const { type, secret } = code.value.draft;
    const same = `${type} ${secret}`;
    if (kept.has(same)) return false;
    kept.add(same);
    return true;
  });
}

/** Any string may hold a URI: programs that keep several codes in an entry number them. The one called otp comes first. */
function readUris(strings: KeepassStrings, names: Names): ReadCode[] {
  return [...strings]
    .filter(([, value]) => value !== null && /^\s*(?:otpauth|steam):\/\//i.test(value))
    .sort(([one], [two]) => Number(isOtp(two)) - Number(isOtp(one)))
    .map(([, value]) => readUri(value ?? "", names));
}

function readUri(uri: string, names: Names): ReadCode {
  const read = parseOtpauthUri(uri, { context: "otp-field" });
  if (!read.ok) return { ok: false, error: { ...read.error, label: labelOf(names), line: null } };
  const { draft, notices } = read.value;
  const isNamed = names.issuer !== "" || names.account !== "";
  return ok({
    draft: { ...draft, issuer: draft.issuer || names.issuer, account: draft.account || names.account },
    notices: notices.filter((notice) => notice !== "no-name" || !isNamed),
    line: null,
  });
}

const KEE_OTP_SPELLINGS: Readonly<Record<string, "hex" | "base64">> = { hex: "hex", base64: "base64" };

/** "key=…&step=30&size=6&type=Hotp&counter=1&otpHashMode=Sha256&encoding=Hex", or nothing but the secret. */
function readKeeOtp(strings: KeepassStrings, names: Names): ReadCode[] {
  const [, value] =
    [...strings].find(([key, text]) => isOtp(key) && text !== null && text.trim() !== "") ?? [];
  if (!value || /^\s*[a-z]+:\/\//i.test(value)) return [];
  if (!/(?:^|&)key=/i.test(value)) return [readUri(value, names)];
  const parameters = readParameters(value.trim());
  const said = (name: string) => parameters.get(name)?.[0] ?? "";
  const encoding = said("encoding").toLowerCase();
  const spelling = KEE_OTP_SPELLINGS[encoding];
  return [
    readFields({
      type: said("type") || "totp",
      ...names,
      secret: encoding === "utf8" ? utf8(said("key")) : said("key"),
      ...(spelling ? { spelling } : {}),
      algorithm: said("otphashmode"),
      digits: said("size"),
      period: said("step"),
      counter: said("counter"),
    }),
  ];
}

/** KeePass 2 itself: the secret as a text, hexadecimal, base32 or base64 (KeePass help, one-time passwords). */
function readOwn(strings: KeepassStrings, names: Names, kind: "TimeOtp" | "HmacOtp"): ReadCode[] {
  const secret = ownSecret(strings, kind);
  if (secret === null) return [];
  return [
    readFields({
      type: kind === "TimeOtp" ? "totp" : "hotp",
      ...names,
      ...secret,
      algorithm: textIn(strings, `${kind}-Algorithm`),
      digits: textIn(strings, `${kind}-Length`),
      period: textIn(strings, `${kind}-Period`),
      counter: textIn(strings, `${kind}-Counter`),
    }),
  ];
}

function ownSecret(strings: KeepassStrings, kind: string): Pick<EntryFields, "secret" | "spelling"> | null {
  const spelled = (suffix: string) => textIn(strings, `${kind}-Secret${suffix}`);
  if (spelled("") !== "") return { secret: utf8(spelled("")) };
  if (spelled("-Hex") !== "") return { secret: spelled("-Hex").replace(/\s/g, ""), spelling: "hex" };
  if (spelled("-Base32") !== "") return { secret: spelled("-Base32") };
  return spelled("-Base64") === "" ? null : { secret: spelled("-Base64"), spelling: "base64" };
}

/** KeeTrayTOTP, and KeePassXC before its version 2.5: "30;6", "30;S" for Steam, a server for the time after that. */
function readTray(strings: KeepassStrings, names: Names): ReadCode[] {
  const seed = textIn(strings, "TOTP Seed");
  if (seed === "") return [];
  const [period = "", digits = ""] = textIn(strings, "TOTP Settings").split(";");
  const isSteam = digits.trim().toUpperCase() === "S";
  return [
    readFields({
      type: isSteam ? "steam" : "totp",
      ...names,
      secret: seed,
      period,
      digits: isSteam ? "" : digits,
    }),
  ];
}

/** A secret that is encrypted in the file can be told of, and nothing else. */
function readHidden(strings: KeepassStrings, names: Names): ReadCode[] {
  const isHidden = [...strings].some(
    ([key, value]) => value === null && (isOtp(key) || /^(?:(?:Time|Hmac)Otp-Secret|TOTP Seed$)/i.test(key)),
  );
  if (!isHidden) return [];
  return [{ ok: false, error: { ...brokenEntry(labelOf(names)), reason: "secret-hidden" } }];
}

function isOtp(key: string): boolean {
  return key.toLowerCase() === "otp";
}

function textIn(strings: KeepassStrings, key: string): string {
  return strings.get(key)?.trim() ?? "";
}

function labelOf({ issuer, account }: Names): string {
  return [issuer, account].filter((name) => name !== "").join(": ");
}
