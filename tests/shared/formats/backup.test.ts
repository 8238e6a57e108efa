import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backupJsonSchema, formatBackup, parseBackup } from "../../../shared/formats/backup.ts";
import { draftToEntry, type Entry } from "../../../shared/otp/entry.ts";

const entry = draftToEntry(
  {
    type: "totp",
    issuer: "Example",
    account: "alice",
    secret: "GEZDGNBVGY3TQOJQ",
    algorithm: "SHA1",
    digits: 6,
    period: 30,
    counter: null,
    pin: null,
  },
  1000,
);
const id = "0b6a4f0e-52f7-4c6a-8a53-2f1f6f2f8c01";
const item = { id, pinned: true, order: 2.5, entry };

describe("a backup", () => {
  it("reads back as it was written, fields of a newer version included", () => {
    const anyEntry = fc
      .record({
        issuer: fc.string(),
        account: fc.string({ unit: "binary" }),
        note: fc.string(),
        future: fc.jsonValue(),
      })
      // JSON has no negative zero.
      .map((fields): Entry => ({ ...entry, ...JSON.parse(JSON.stringify(fields)) }));
    const anyItem = fc.record({ id: fc.uuid(), pinned: fc.boolean(), order: fc.integer(), entry: anyEntry });
    const origin = fc.option(fc.record({ id: fc.string(), rev: fc.nat() }));
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 5 }), fc.nat(), origin, (items, createdAt, vault) => {
        expect(parseBackup(formatBackup(items, createdAt, vault))).toEqual({
          ok: true,
          value: { createdAt, vault, items: items.map((value) => ({ ok: true, value })) },
        });
      }),
      { numRuns: 30 },
    );
  });

  it("carries the schema that it keeps to", () => {
    const file = JSON.parse(formatBackup([item], 5));
    expect(file.schema).toEqual(backupJsonSchema());
    expect(file.schema.properties.entries.items.properties.entry.properties.secret.pattern).toBe(
      "^[A-Z2-7]+$",
    );
    expect(Object.keys(file.schema.properties)).toEqual(
      expect.arrayContaining(["format", "version", "entries"]),
    );
  });

  it("costs only the entries that are broken, and says what is still known of them", () => {
    const broken = { ...item, entry: { ...entry, account: "bob", digits: 99 } };
    const newer = { ...item, entry: { ...entry, version: 9, account: "eve", type: "otp-of-2040" } };
    const text = formatBackup([item, broken, newer], 5).replace(
      '"entries": [',
      '"entries": [7, {"id": "x"},',
    );
    const parsed = parseBackup(text);
    expect(parsed.ok && parsed.value.items).toEqual([
      { ok: false, error: { issuer: "", account: "", reason: "corrupt" } },
      { ok: false, error: { issuer: "", account: "", reason: "corrupt" } },
      { ok: true, value: item },
      { ok: false, error: { issuer: "Example", account: "bob", reason: "corrupt" } },
      { ok: false, error: { issuer: "Example", account: "eve", reason: "newer-version" } },
    ]);
  });

  it.each([
    ["", "not-a-backup"],
    ["otpauth://totp/a?secret=AA", "not-a-backup"],
    ["null", "not-a-backup"],
    ["[]", "not-a-backup"],
    ['{"format":"aegis","version":1}', "not-a-backup"],
    ['{"format":"countersign-backup","version":2,"things":[]}', "newer-version"],
    ['{"format":"countersign-backup","version":1}', "corrupt"],
    ['{"format":"countersign-backup","version":"1","createdAt":1,"entries":[]}', "corrupt"],
    ['{"format":"countersign-backup","version":1,"createdAt":1,"entries":{}}', "corrupt"],
  ])("is not what %j is: %s", (text, error) => {
    expect(parseBackup(text)).toEqual({ ok: false, error });
  });

  it("is never mistaken for one, and never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseBackup(text).ok).toBe(false);
      }),
    );
  });
});
