import { readFileSync } from "node:fs";
import { utf8 } from "../../shared/bytes.ts";
import { type ReadOutcome, type ReadRefusal, readFile } from "../../shared/formats/read-file.ts";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";

/** Reads a fixture of our own (tests/fixtures/formats), or a text. */
export function readFixture(name: string): Promise<Result<ReadOutcome, ReadRefusal>> {
  const bytes = readFileSync(new URL(`../fixtures/formats/${name}`, import.meta.url));
  return readFile(new Uint8Array(bytes), null);
}

export function readText(text: string): Promise<Result<ReadOutcome, ReadRefusal>> {
  return readFile(utf8(text), null);
}

/** The drafts of what was read, in the order of the file; throws where it was refused. */
export function draftsOf(read: Result<ReadOutcome, ReadRefusal>): EntryDraft[] {
  if (!read.ok) throw Error(`refused: ${read.error.reason}`);
  return read.value.entries.map(({ draft }) => draft);
}
