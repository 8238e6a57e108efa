import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect } from "vitest";
import { utf8 } from "../../shared/bytes.ts";
import type { Format } from "../../shared/formats/format.ts";
import { openFile } from "../../shared/formats/parts/file-content.ts";
import { draftToEntry, parseEntry } from "../../shared/otp/entry.ts";

/** The text of a fixture of our own. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(`../fixtures/formats/${name}`, import.meta.url), "utf8");
}

/**
 * Holds a format to answering whatever its files are made into: five hundred times a part of the sample is taken out or
 * replaced. It must neither throw nor give an entry that is none.
 *
 * @param sample a text that the format reads; one of JSON is changed as JSON
 * @param passphrase null for the format without encryption
 */
export async function expectTolerant(
  format: Format,
  sample: string,
  passphrase: string | null = null,
): Promise<void> {
  const changed = /^\s*[[{]/.test(sample) ? changedJson(JSON.parse(sample)) : changedText(sample);
  await fc.assert(
    fc.asyncProperty(changed, async (text) => {
      const file = await openFile(utf8(text));
      format.recognise(file);
      const read = await format.read(file, passphrase);
      if (!read.ok) return;
      for (const { draft } of read.value.entries) {
        expect(parseEntry(JSON.parse(JSON.stringify(draftToEntry(draft, 0)))).ok).toBe(true);
      }
      expect(read.value.entries.length + read.value.rejected.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
}

function changedJson(json: unknown): fc.Arbitrary<string> {
  const paths = pathsOf(json);
  const value = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom<unknown>(null, "", 0, -1, 1e300, [], {}, [null], { __proto__: null }),
    fc.jsonValue(),
  );
  const change = fc.record({ path: fc.constantFrom(...paths), value });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map(
      (changes) =>
        JSON.stringify(changes.reduce((all, { path, value: to }) => withPart(all, path, to), json)) ?? "null",
    );
}

function pathsOf(json: unknown): string[][] {
  if (typeof json !== "object" || json === null) return [[]];
  return [[], ...Object.entries(json).flatMap(([key, part]) => pathsOf(part).map((path) => [key, ...path]))];
}

function withPart(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json))
    return json.map((part, at) => (String(at) === key ? withPart(part, rest, value) : part));
  return Object.fromEntries(
    Object.entries(json).map(([name, part]) => [name, name === key ? withPart(part, rest, value) : part]),
  );
}

function changedText(text: string): fc.Arbitrary<string> {
  const at = fc.nat({ max: text.length });
  return fc
    .record({
      start: at,
      length: fc.nat({ max: 40 }),
      put: fc.oneof(fc.string(), fc.constantFrom("%", "\n", '"', "&", ",")),
    })
    .map(({ start, length, put }) => text.slice(0, start) + put + text.slice(start + length));
}
