import type { Entry } from "../otp/entry.ts";
import { formatOtpauthUri } from "../otp/otpauth-uri.ts";
import { wholeSecret } from "../otp/whole-secret.ts";
import type { LeftOutReason, LostField, WritableEntry, WrittenFile } from "./format.ts";
import { entryLosses, iconIn, partSayable, whyNotSteam } from "./parts/entry-losses.ts";

/** The media types that 2FAuth stores, with the ending of the file it makes of each. */
const ICON_ENDINGS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/svg+xml": "svg",
  "image/webp": "webp",
};
const ICON_TYPES = Object.keys(ICON_ENDINGS);

/** Writes an export of 2FAuth, schema 1. What 2FAuth has no type for, or makes other codes of, is left out. */
export async function writeTwoFauthExport(entries: readonly WritableEntry[]): Promise<WrittenFile> {
  const { written, leftOut } = partSayable(entries, whyNot);
  const latest = Math.max(0, ...written.map(({ secretSetAt }) => secretSetAt));
  const file = { app: "2fauth_v5.0.0", schema: 1, datetime: isoTime(latest), data: written.map(accountOf) };
  const losses = entryLosses(
    written,
    (field, { icon }) => NO_PLACE.includes(field) || (field === "icon" && iconIn(icon, ICON_TYPES) === null),
  );
  return { text: `${JSON.stringify(file, null, 4)}\n`, ending: "json", leftOut, losses };
}

const NO_PLACE: readonly LostField[] = ["sites", "tags", "note", "pinned"];

/** Steam is of SHA-1 and 30 seconds there, whatever is said. */
function whyNot(entry: Entry): LeftOutReason | null {
  if (entry.type === "motp" || entry.type === "yandex") return "type";
  if (entry.algorithm === "MD5") return "algorithm";
  return entry.type === "steam" ? whyNotSteam(entry) : null;
}

function accountOf(entry: Entry, at: number) {
  const icon = iconIn(entry.icon, ICON_TYPES);
  return {
    otp_type: entry.type === "steam" ? "steamtotp" : entry.type,
    account: entry.account,
    service: entry.issuer === "" ? null : entry.issuer,
    icon: icon && `icon-${at + 1}.${ICON_ENDINGS[icon.type]}`,
    icon_mime: icon?.type ?? null,
    icon_file: icon?.base64 ?? null,
    secret: wholeSecret(entry.secret),
    digits: entry.digits,
    algorithm: entry.algorithm.toLowerCase(),
    period: entry.period,
    counter: entry.counter,
    legacy_uri: formatOtpauthUri(entry),
  };
}

/** A time that no calendar has is written as the first that one has. */
function isoTime(timeMs: number): string {
  const date = new Date(timeMs);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
