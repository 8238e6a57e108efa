import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { type Bytes, utf8 } from "../../../shared/bytes.ts";
import type { ReadEntry } from "../../../shared/formats/format.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { draftToEntry, type EntryDraft, parseEntry } from "../../../shared/otp/entry.ts";

/** The bytes of a fixture of a format. */
export function formatFixture(name: string): Bytes {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/formats/${name}`, import.meta.url)));
}

/** A fixture of a format that is text. */
export function formatText(name: string): string {
  return new TextDecoder().decode(formatFixture(name));
}

/** Reads a value as the JSON text of a file. */
export function readJson(json: unknown, passphrase: string | null = null) {
  return readFile(utf8(JSON.stringify(json)), passphrase);
}

/** The entries of a file that was read; fails where it was not. */
export async function entriesOf(read: ReturnType<typeof readFile>): Promise<readonly ReadEntry[]> {
  const result = await read;
  expect(result).toMatchObject({ ok: true });
  return result.ok ? result.value.entries : [];
}

/** Reads a text without throwing, and holds each entry that comes out to what an entry is. */
export async function expectEntriesOrRefusal(text: string, passphrase: string | null = null): Promise<void> {
  const read = await readFile(utf8(text), passphrase);
  const drafts: readonly EntryDraft[] = read.ok ? read.value.entries.map(({ draft }) => draft) : [];
  for (const draft of drafts) expect(parseEntry(draftToEntry(draft, 0)).ok).toBe(true);
}
