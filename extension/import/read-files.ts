import type { Bytes } from "../../shared/bytes.ts";
import type { FileNotice, ReadEntry, RejectedEntry } from "../../shared/formats/format.ts";
import type { FormatId } from "../../shared/formats/index.ts";
import type { ReadOutcome } from "../../shared/formats/read-file.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { decodeImageFile } from "../scan/decode-image-file.ts";
import type { FoundCode, ScanFailure } from "../scan/scan-outcome.ts";
import { readInWorker, type WorkerRefusal } from "./read-in-worker.ts";

/** What one file gave. */
export type OneRead = {
  /** null for a picture. */
  readonly format: FormatId | null;
  readonly entries: readonly ReadEntry[];
  readonly rejected: readonly RejectedEntry[];
  readonly notices: readonly FileNotice[];
  /** Parts of exports of Google Authenticator, to be put together with those of other files. */
  readonly parts: readonly string[];
};

export type LockedFile = {
  readonly name: string;
  readonly bytes: Bytes;
  /** null for an archive that is no format of its own. */
  readonly format: FormatId | null;
};

export type FailedFile = {
  readonly name: string;
  readonly why:
    | WorkerRefusal["reason"]
    /** The browser could not read it, e.g. because it was moved meanwhile. */
    | "unreadable"
    /** A picture, and what reading its codes came to. */
    | ScanFailure;
};

export type ReadFiles = {
  readonly read: readonly OneRead[];
  readonly locked: readonly LockedFile[];
  readonly failed: readonly FailedFile[];
};

/** A password manager's export with attachments may be large; what is larger was chosen by mistake. */
const MOST_BYTES = 128_000_000;

/** Reads files one after another, told by what they hold. One that gives nothing is named and stops no other. */
export async function readFiles(files: readonly File[], signal: { signal: AbortSignal }): Promise<ReadFiles> {
  const read: OneRead[] = [];
  const locked: LockedFile[] = [];
  const failed: FailedFile[] = [];
  for (const file of files) {
    const one = await readOne(file, signal);
    if (one.ok) read.push(one.value);
    else if ("bytes" in one.error) locked.push(one.error);
    else failed.push(one.error);
  }
  return { read, locked, failed };
}

/** Opens an encrypted file. "passphrase-needed" can't come any more; "wrong-passphrase" loses nothing. */
export async function openLocked(
  file: LockedFile,
  passphrase: string,
  signal: { signal: AbortSignal },
): Promise<Result<OneRead, WorkerRefusal["reason"]>> {
  const outcome = await readInWorker(file.bytes, passphrase, signal);
  return outcome.ok ? ok(oneRead(outcome.value)) : err(outcome.error.reason);
}

async function readOne(
  file: File,
  signal: { signal: AbortSignal },
): Promise<Result<OneRead, LockedFile | FailedFile>> {
  const { name } = file;
  if (file.size > MOST_BYTES) return err({ name, why: "too-large" });
  const isPicture = file.type.startsWith("image/");
  if (isPicture) return readPicture(file, signal);
  const bytes = await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );
  if (bytes === null) return err({ name, why: "unreadable" });
  const outcome = await readInWorker(bytes, null, signal);
  if (outcome.ok) return ok(oneRead(outcome.value));
  const { reason, format } = outcome.error;
  if (reason === "passphrase-needed") return err({ name, bytes, format });
  if (reason !== "unknown-format" && reason !== "picture") return err({ name, why: reason });
  // Files from elsewhere may have no type: what no format knows may be a picture all the same.
  const picture = await readPicture(file, signal);
  const isNone =
    !picture.ok && typeof picture.error.why === "object" && picture.error.why.reason === "not-an-image";
  return isNone ? err({ name, why: reason }) : picture;
}

async function readPicture(
  file: File,
  signal: { signal: AbortSignal },
): Promise<Result<OneRead, FailedFile>> {
  const outcome = await decodeImageFile(file, signal);
  return outcome.kind === "found"
    ? ok(pictureRead(outcome.found))
    : err({ name: file.name, why: outcome.why });
}

function pictureRead(found: readonly FoundCode[]): OneRead {
  const entries: ReadEntry[] = [];
  const rejected: RejectedEntry[] = [];
  const parts: string[] = [];
  for (const { payload } of found) {
    if (payload.kind === "migration-part") parts.push(payload.uri);
    if (payload.kind === "entries")
      for (const draft of payload.drafts) entries.push({ draft, notices: payload.notices, line: null });
    if (payload.kind === "refused")
      rejected.push({ label: "", detail: "", correction: null, line: null, ...payload.refusal });
  }
  return { format: null, entries, rejected, notices: [], parts };
}

/** What is said of parts of a Google export again when all of them are together. */
const SAID_OF_PARTS: readonly FileNotice[] = ["period-assumed-30", "incomplete-export"];

/** Takes the parts of Google exports out of what was read of a file: they are read again with those of the others. */
function oneRead({ format, entries, rejected, notices, parts = [] }: ReadOutcome): OneRead {
  const isOther = ({ ofPart }: { readonly ofPart?: true }) => ofPart !== true;
  return {
    format,
    entries: entries.filter(isOther),
    rejected: rejected.filter(isOther),
    notices: parts.length === 0 ? notices : notices.filter((notice) => !SAID_OF_PARTS.includes(notice)),
    parts,
  };
}
