import type { Bytes } from "../bytes.ts";
import type { Entry, EntryDraft } from "../otp/entry.ts";
import type { UriCorrection, UriNotice, UriRefusalReason } from "../otp/uri-refusal.ts";
import type { Result } from "../result.ts";
import type { MigrationEntryRefusal, MigrationNotice, MigrationRefusal } from "./google-migration.ts";
import type { Archive } from "./parts/archive.ts";
import type { CodePage } from "./parts/file-text.ts";

/**
 * A file format that entries come in from or go out to. Each is one file in this folder, one line in index.ts and
 * one fixture in tests/fixtures/formats/.
 */
export type Format = {
  /** The name code, fixtures and message keys know it by. */
  readonly id: string;
  /** Whether a file is of this format, by what it holds: names and endings of files are not to be trusted. */
  readonly recognise: (file: FileContent) => boolean;
  /**
   * Reads what the format holds; broken entries are reported beside the ones that were read, never instead of them.
   * Heavy libraries are imported inside, when they are needed.
   *
   * @param passphrase null where none was asked for yet
   */
  readonly read: (file: FileContent, passphrase: string | null) => Promise<Result<ReadFile, FileRefusal>>;
  /**
   * Writes what the format can say; null for a format that is only read.
   *
   * @param passphrase null writes it plain; any other only where `readBy` has "encrypted"
   */
  readonly write:
    | ((entries: readonly WritableEntry[], passphrase: string | null) => Promise<WrittenFile>)
    | null;
  /** Writes QR codes for the cameras of other devices; not there in formats that have none. */
  readonly writeCodes?: (entries: readonly WritableEntry[]) => WrittenCodes;
  /**
   * The ways in which entries go out, each with the programs that are known to read it, by their names. None of a format
   * that is only read; an empty list where every program of its kind does.
   */
  readonly readBy?: { readonly [Way in WrittenWay]?: readonly string[] };
};

/** "encrypted" and "plain": a file of `write`. "codes": pictures of `writeCodes`. */
export type WrittenWay = "encrypted" | "plain" | "codes";

/** An entry, and whether it is pinned to the top, which is no part of it. */
export type WritableEntry = Entry & { readonly pinned?: boolean };

/** A file, opened once for all formats to look at (parts/file-content.ts). */
export type FileContent = {
  readonly bytes: Bytes;
  /** Without byte order mark; null if the bytes are no text. */
  readonly text: string | null;
  /** What letters outside ASCII were taken to be written in; null where the text says so itself, or has none. */
  readonly codePage: CodePage | null;
  /** What the text says as JSON, where it is an object or an array; null otherwise. */
  readonly json: object | null;
  /** The name of the first element of a text that begins as XML does; null otherwise. */
  readonly xmlRoot: string | null;
  /** What a ZIP archive holds; null if it is none, or can't be listed. */
  readonly archive: Archive | null;
};

/** Why nothing of a file was read. */
export type FileRefusal =
  | "unknown-format"
  | "passphrase-needed"
  /** It opens with another passphrase, or the encrypted bytes were damaged: a cipher can't tell these apart. */
  | "wrong-passphrase"
  | "corrupt"
  | "nothing-found"
  /** Written by a later version of its program, in a way that is not known here. */
  | "newer-version"
  /** The key derivation asks for more memory than the browser gives. */
  | "not-enough-memory"
  /** More than an export of an authenticator ever is, or numbers that would take hours. */
  | "too-large"
  | FileAdvice;

/** What is recognised and can't be read here; each has words that say how to get further. */
export type FileAdvice =
  | "keepass-database"
  | "bitwarden-account-restricted"
  | "pgp-encrypted"
  | "sqlcipher-database"
  | "stratum-database"
  | "pdf"
  | "pictures-only"
  | "picture"
  | "no-codes-in-format"
  | "android-preferences"
  | "protected-key";

export type ReadFile = {
  readonly entries: readonly ReadEntry[];
  readonly rejected: readonly RejectedEntry[];
  readonly notices: readonly FileNotice[];
  /** QR codes of Google Authenticator's export that stand in the file as texts: others of them may be elsewhere. */
  readonly parts?: readonly string[];
};

export type ReadEntry = {
  readonly draft: EntryDraft;
  readonly notices: readonly EntryNotice[];
  /** Where it stands in a text, from 1; null in formats without lines. */
  readonly line: number | null;
  /** Whether it was a favourite there, or stood at the top. */
  readonly pinned?: boolean;
  /** Whether it lay in the trash or an archive there. */
  readonly trashed?: boolean;
  /** Whether it is out of one of the file's `parts`. */
  readonly ofPart?: true;
};

export type EntryNotice =
  | UriNotice
  /** A picture that is too large, or none. */
  | "icon-left-out";

export type RejectedEntry = {
  /** What the person may know it by; "" if nothing does. Never a secret. */
  readonly label: string;
  readonly reason: RejectionReason;
  /** The value or name at fault; "" where there is nothing to name. */
  readonly detail: string;
  readonly correction: UriCorrection | null;
  readonly line: number | null;
  /** Whether it is out of one of the file's `parts`. */
  readonly ofPart?: true;
};

export type RejectionReason =
  | UriRefusalReason
  | MigrationRefusal["reason"]
  | MigrationEntryRefusal
  /** Its program hid the secret, or kept it elsewhere. */
  | "secret-hidden"
  /** An entry of its own encryption that did not open while others did. */
  | "entry-not-opened";

export type FileNotice =
  | MigrationNotice
  /** An export of several QR codes of which some are not in the file. */
  | "incomplete-export"
  /** Its letters outside ASCII may be others: the code page is a guess. */
  | `read-as-${CodePage}`;

/** What an export keeps and what it does not, as the writer knows it. */
export type Written = {
  /** Entries the format has no way to say, or its program would make wrong codes of. */
  readonly leftOut: readonly LeftOutEntry[];
  /** What of the entries that are written is not there; entries that lose nothing are not listed. */
  readonly losses: readonly EntryLoss[];
};

export type WrittenFile = Written & {
  readonly text: string;
  /** Of the file's name. */
  readonly ending: "json" | "txt";
};

export type WrittenCodes = Written & { readonly codes: readonly WrittenCode[] };

export type WrittenCode = {
  /** What the QR code says. */
  readonly uri: string;
  readonly entries: readonly Entry[];
};

export type LeftOutEntry = { readonly entry: Entry; readonly reason: LeftOutReason };

/** What stands in the way. "bad-secret": a key that is no whole number of bytes, or has a form its type has no room for. */
export type LeftOutReason = "type" | "algorithm" | "digits" | "period" | "bad-secret" | "too-long";

export type EntryLoss = { readonly entry: Entry; readonly fields: readonly LostField[] };

/**
 * What an entry has beside its code. "further-tags" and "further-sites": all but one of them. "names": one of them is
 * there, but written differently. "algorithm" is there, but versions of the format's program are known that read another
 * one.
 */
export type LostField =
  | "sites"
  | "further-sites"
  | "tags"
  | "further-tags"
  | "note"
  | "icon"
  | "pinned"
  | "names"
  | "algorithm";
