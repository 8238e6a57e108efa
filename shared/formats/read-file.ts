import type { Bytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import type { FileContent, FileRefusal, ReadFile } from "./format.ts";
import { type FormatId, recogniseFormat } from "./index.ts";
import { isZip } from "./parts/archive.ts";
import { openFile } from "./parts/file-content.ts";

/** What was read, and what the file turned out to be. */
export type ReadOutcome = ReadFile & { readonly format: FormatId };

/** Why nothing was; the format where it was recognised. */
export type ReadRefusal = { readonly reason: FileRefusal; readonly format: FormatId | null };

/** Five thousand accounts with pictures; an archive may hold attachments, too, and is bounded by what is read of it. */
const MOST_BYTES = 32_000_000;

/**
 * Reads a file of any format, told by what it holds. An archive that is no format of its own (Raivo, WinAuth, or files
 * that a person packed) is opened, and what is recognised in it is read.
 *
 * @param passphrase null where none was asked for yet
 */
export async function readFile(
  bytes: Bytes,
  passphrase: string | null,
): Promise<Result<ReadOutcome, ReadRefusal>> {
  if (bytes.length > MOST_BYTES && !isZip(bytes)) return err({ reason: "too-large", format: null });
  const file = await openFile(bytes);
  const format = recogniseFormat(file);
  if (format === null) return file.archive ? readPacked(file.archive, passphrase) : unknown();
  return readAs(format, file, passphrase);
}

async function readAs(
  format: NonNullable<ReturnType<typeof recogniseFormat>>,
  file: FileContent,
  passphrase: string | null,
): Promise<Result<ReadOutcome, ReadRefusal>> {
  const read = await format.read(file, passphrase);
  if (!read.ok) return err({ reason: read.error, format: format.id });
  const notices = file.codePage === null ? [] : ([`read-as-${file.codePage}`] as const);
  return ok({ ...read.value, notices: [...read.value.notices, ...notices], format: format.id });
}

/** What holds no code of anybody (an attachment, a table without codes) takes nothing away from the files beside it. */
const HARMLESS: readonly FileRefusal[] = [
  "nothing-found",
  "no-codes-in-format",
  "picture",
  "pdf",
  "pictures-only",
];

/** An archive in an archive is not looked into. */
async function readPacked(
  archive: NonNullable<FileContent["archive"]>,
  passphrase: string | null,
): Promise<Result<ReadOutcome, ReadRefusal>> {
  const read: ReadOutcome[] = [];
  let refusal: ReadRefusal | null = null;
  let harmless: ReadRefusal | null = null;
  for (const name of archive.names.filter((path) => !isOfSystem(path))) {
    const bytes = await archive.read(name, passphrase);
    if (!bytes.ok) return err({ reason: bytes.error, format: null });
    const file = await openFile(bytes.value);
    const format = recogniseFormat(file);
    if (format === null) continue;
    const outcome = await readAs(format, file, passphrase);
    if (outcome.ok) read.push(outcome.value);
    else if (HARMLESS.includes(outcome.error.reason)) harmless ??= outcome.error;
    else refusal ??= outcome.error;
  }
  const [first] = read;
  // One file that can't be read must not pass in silence beside others that can.
  if (refusal !== null) return err(refusal);
  if (first === undefined && harmless !== null) return err(harmless);
  if (first === undefined)
    return archive.names.length === 0 ? err({ reason: "nothing-found", format: null }) : unknown();
  return ok({
    format: first.format,
    entries: read.flatMap(({ entries }) => entries),
    rejected: read.flatMap(({ rejected }) => rejected),
    notices: [...new Set(read.flatMap(({ notices }) => notices))],
    parts: read.flatMap(({ parts = [] }) => parts),
  });
}

/** What macOS and Windows put into archives beside what was asked for. */
function isOfSystem(path: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(path);
}

function unknown(): Result<never, ReadRefusal> {
  return err({ reason: "unknown-format", format: null });
}
