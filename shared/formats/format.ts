import { utf8Decode } from "../bytes.ts";
import type { Entry, EntryDraft } from "../otp/entry.ts";
import type { UriCorrection, UriNotice, UriRefusalReason } from "../otp/uri-refusal.ts";
import type { Result } from "../result.ts";
import type { MigrationEntryRefusal, MigrationNotice, MigrationRefusal } from "./google-migration.ts";

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
   *
   * @param passphrase null where none was asked for yet
   */
  readonly read: (file: FileContent, passphrase: string | null) => Promise<Result<ReadFile, FileRefusal>>;
  /** null for a format that is only read. */
  readonly write: ((entries: readonly Entry[]) => WrittenFile) | null;
};

/** A file, opened once for all formats to look at. */
export type FileContent = {
  readonly bytes: Uint8Array;
  /** Without byte order mark; null if the bytes are not UTF-8. */
  readonly text: string | null;
};

/** Opens bytes for recognition and reading. */
export function fileContent(bytes: Uint8Array): FileContent {
  const text = utf8Decode(bytes);
  return { bytes, text: text.ok ? text.value.replace(/^\ufeff/, "") : null };
}

/** Why nothing of a file was read. */
export type FileRefusal = "passphrase-needed" | "wrong-passphrase" | "corrupt" | "nothing-found";

export type ReadFile = {
  readonly entries: readonly ReadEntry[];
  readonly rejected: readonly RejectedEntry[];
  readonly notices: readonly FileNotice[];
};

export type ReadEntry = {
  readonly draft: EntryDraft;
  readonly notices: readonly UriNotice[];
  /** Where it stands in a text, from 1; null in formats without lines. */
  readonly line: number | null;
};

export type RejectedEntry = {
  /** What the person may know it by; "" if nothing does. Never a secret. */
  readonly label: string;
  readonly reason: RejectionReason;
  /** The value or name at fault; "" where there is nothing to name. */
  readonly detail: string;
  readonly correction: UriCorrection | null;
  readonly line: number | null;
};

export type RejectionReason = UriRefusalReason | MigrationRefusal["reason"] | MigrationEntryRefusal;

export type FileNotice =
  | MigrationNotice
  /** An export of several QR codes of which some are not in the file. */
  | "incomplete-export";

export type WrittenFile = {
  readonly text: string;
  /** Entries the format has no way to say. */
  readonly leftOut: readonly Entry[];
};
