import type { Entry } from "../otp/entry.ts";
import { fitsQrCode, formatOtpauthUri, hasOtpauthUri, parseOtpauthUri } from "../otp/otpauth-uri.ts";
import { decodePercent } from "../otp/percent.ts";
import { err, ok } from "../result.ts";
import type {
  FileNotice,
  Format,
  LeftOutReason,
  LostField,
  ReadEntry,
  ReadFile,
  RejectedEntry,
} from "./format.ts";
import {
  collectMigrationParts,
  groupMigrationParts,
  type MigrationPart,
  parseMigrationUri,
} from "./google-migration.ts";
import { embeddedUris } from "./parts/embedded-uris.ts";
import { entryLosses, partSayable } from "./parts/entry-losses.ts";

/** Ten thousand accounts with everything that is written behind them. */
const MOST_CHARACTERS = 8_000_000;
const MOST_URIS = 100_000;

/** A text of one OTP URI a line, which most authenticators can write. */
export const otpauthListFormat = {
  id: "otpauth-list",
  recognise: ({ text }) => text !== null && /^[^\S\r\n]*(?:apple-)?(?:otpauth|steam|motp):\/\//im.test(text),
  read: async ({ text }) => {
    if (text === null) return err("corrupt");
    const isTooLarge =
      text.length > MOST_CHARACTERS || text.split("://", MOST_URIS + 2).length > MOST_URIS + 1;
    if (isTooLarge) return err("too-large");
    const file = readOtpauthList(text);
    return file.entries.length + file.rejected.length > 0 ? ok(file) : err("nothing-found");
  },
  write: async (entries) => {
    const { written, leftOut } = partSayable(entries, whyNot);
    const text = written.map((entry) => `${formatOtpauthUri(entry)}\n`).join("");
    return { text, ending: "txt", leftOut, losses: entryLosses(written, isLost) };
  },
  writeCodes: (entries) => {
    const { written, leftOut } = partSayable(entries, (entry) => whyNot(entry) ?? whyNoCode(entry));
    const codes = written.map((entry) => ({ uri: formatOtpauthUri(entry), entries: [entry] }));
    return { codes, leftOut, losses: entryLosses(written, isLost) };
  },
  readBy: {
    plain: ["2FAS", "2FAuth", "Aegis", "Authenticator", "Ente Auth", "Proton Authenticator", "Stratum"],
    codes: [],
  },
} as const satisfies Format;

/** What a URI has no place for. */
const NO_PLACE: readonly LostField[] = ["sites", "tags", "note", "icon", "pinned"];

function isLost(field: LostField): boolean {
  return NO_PLACE.includes(field);
}

function whyNot({ type, algorithm }: Entry): LeftOutReason | null {
  if (!hasOtpauthUri(type)) return "type";
  return algorithm === "MD5" ? "algorithm" : null;
}

function whyNoCode(entry: Entry): LeftOutReason | null {
  return fitsQrCode(formatOtpauthUri(entry)) ? null : "too-long";
}

/**
 * Reads a text of one URI a line: otpauth://, steam:// and Google Authenticator's otpauth-migration://. Blank lines and
 * lines that begin with "#" are skipped; URIs may be parted by commas (Ente). Each line stands for itself: what can't
 * be read is reported with its number and reason.
 */
export function readOtpauthList(text: string): ReadFile {
  const entries: ReadEntry[] = [];
  const rejected: RejectedEntry[] = [];
  const parts: MigrationPart[] = [];
  const uris: string[] = [];
  for (const { uri, line } of urisOfText(text)) {
    if (/^otpauth-migration:/i.test(uri)) {
      const part = parseMigrationUri(uri);
      if (!part.ok) {
        rejected.push({ label: "", reason: part.error.reason, detail: "", correction: null, line });
        continue;
      }
      parts.push(part.value);
      uris.push(uri);
      const place = { line, ofPart: true } as const;
      entries.push(...part.value.drafts.map((draft) => ({ draft, notices: [], ...place })));
      rejected.push(...part.value.rejected.map((entry) => ({ ...entry, correction: null, ...place })));
      continue;
    }
    const read = parseOtpauthUri(uri, { context: "list" });
    if (read.ok) entries.push({ draft: read.value.draft, notices: read.value.notices, line });
    else rejected.push({ label: labelOfUri(uri), ...read.error, line });
  }
  const read = { entries, rejected, notices: noticesOf(parts) };
  return uris.length === 0 ? read : { ...read, parts: uris };
}

const COMMA_BETWEEN_URIS = /,(?=\s*(?:apple-otpauth|otpauth|otpauth-migration|steam|motp):\/\/)|,\s*$/i;

/** The URIs of a text, one a line or parted by commas; blank lines and those that begin with "#" left out. */
export function urisOfText(text: string): { uri: string; line: number }[] {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .flatMap((content, at) =>
      content.trimStart().startsWith("#")
        ? []
        : urisOfLine(content).map((uri) => ({ uri: uri.trim(), line: at + 1 })),
    )
    .filter(({ uri }) => uri !== "");
}

/** A line that begins with something else may have its URI in quotes, behind a number or a name. */
function urisOfLine(line: string): string[] {
  const embedded = /^\s*[a-z-]+:\/\//i.test(line) ? [] : embeddedUris(line);
  return embedded.length > 0 ? embedded : line.split(COMMA_BETWEEN_URIS);
}

/** The label of a URI that was refused, unless its query was written where the label belongs. */
export function labelOfUri(uri: string): string {
  const label = decodePercent(/^(?:apple-)?otpauth:\/\/[^/?]*\/([^?]*)/i.exec(uri)?.[1] ?? "");
  return /secret\s*=/i.test(label) ? "" : label.trim();
}

function noticesOf(parts: readonly MigrationPart[]): FileNotice[] {
  const notices = new Set<FileNotice>(parts.flatMap((part) => part.notices));
  const isIncomplete = groupMigrationParts(parts).some((batch) => !collectMigrationParts(batch).complete);
  if (isIncomplete) notices.add("incomplete-export");
  return [...notices];
}
