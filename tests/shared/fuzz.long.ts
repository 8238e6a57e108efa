import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readQrPayload } from "../../extension/scan/read-qr-payload.ts";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { formatBackup, parseBackup } from "../../shared/formats/backup.ts";
import { parseMigrationUri } from "../../shared/formats/google-migration.ts";
import { codeAt } from "../../shared/otp/code.ts";
import { draftToEntry, type EntryDraft, parseEntry } from "../../shared/otp/entry.ts";
import { formatOtpauthUri, parseOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import { formatTable } from "../bench/table.ts";
import fixtures from "../fixtures/uris.json" with { type: "json" };
import { toBase32 } from "../practice-site/expected-code.ts";
import { formatMigrationUris } from "../support/format-migration-uris.ts";
import { expectedCodeOf } from "./expected-code-of.ts";
import { anyText, mutationsOf } from "./mutations.ts";

const RUNS = 150_000;
const NOW = 1_800_000_000_000;

const rows: string[][] = [];
afterAll(() => {
  console.log(
    formatTable("Fuzzing the readers", ["reader", "inputs", "accepted", "codes compared", "time"], rows),
  );
});

/**
 * Whatever is accepted must be an entry, and its code the one of an independent implementation. The numbers of a failing
 * run are in its message: fast-check repeats it from them.
 */
function fuzz(
  name: string,
  inputs: fc.Arbitrary<string>,
  read: (text: string) => readonly EntryDraft[],
): void {
  const started = performance.now();
  let accepted = 0;
  let compared = 0;
  fc.assert(
    fc.property(inputs, fc.integer({ min: 0, max: NOW * 2 }), (text, timeMs) => {
      const drafts = read(text);
      if (drafts.length > 0) accepted += 1;
      for (const draft of drafts) {
        if (!parseEntry(draftToEntry(draft, NOW)).ok) throw Error("what was read is no entry");
        const expected = expectedCodeOf(draft, timeMs);
        const code = codeAt(draft, timeMs);
        if (code.ok ? code.value !== expected : expected !== null)
          throw Error(`${expected}: ${JSON.stringify(code)}`);
        compared += expected === null ? 0 : 1;
      }
    }),
    { numRuns: RUNS },
  );
  rows.push([name, ...[RUNS, accepted, compared].map((n) => n.toLocaleString("en")), seconds(started)]);
  // Otherwise the inputs were all broken, and nothing was shown.
  expect(accepted).toBeGreaterThan(RUNS / 100);
  expect(compared).toBeGreaterThan(RUNS / 100);
}

const seconds = (started: number): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;

const draftOf = (patch: Partial<EntryDraft>): EntryDraft => ({
  type: "totp",
  issuer: "Example",
  account: "alice@example.com",
  secret: "JBSWY3DPEHPK3PXP",
  algorithm: "SHA1",
  digits: 6,
  period: 30,
  counter: null,
  pin: null,
  ...patch,
});
const DRAFTS: readonly EntryDraft[] = [
  draftOf({}),
  draftOf({ algorithm: "SHA256", digits: 8, period: 60 }),
  draftOf({ algorithm: "SHA512", digits: 10, period: 1, issuer: "Müller & Söhne: 100 %" }),
  draftOf({ type: "hotp", period: null, counter: 7, issuer: "", account: "bob" }),
  draftOf({ type: "hotp", period: null, counter: Number.MAX_SAFE_INTEGER }),
  draftOf({ type: "steam", digits: 5, issuer: "Steam" }),
  draftOf({ issuer: "验证器", account: "eve 🏴", secret: toBase32(Buffer.alloc(64, 0x5a)) }),
];
const URIS = [...DRAFTS.map(formatOtpauthUri), ...fixtures.map(({ uri }) => uri)];
const MIGRATION_URIS = DRAFTS.flatMap(
  (draft, at) => formatMigrationUris([draft, ...DRAFTS.slice(0, 2)], at).uris,
);

describe("whatever comes in, nothing throws, and what is accepted gives the right code", () => {
  test("in otpauth URIs", () => {
    const contexts = ["uri", "otp-field", "list"] as const;
    let turn = 0;
    fuzz("parseOtpauthUri, mutations", mutationsOf(URIS), (text) => {
      const read = parseOtpauthUri(text, { context: contexts[turn++ % 3] ?? "uri" });
      const offered = read.ok ? read.value : read.error.correction?.read;
      return offered === undefined ? [] : [offered.draft];
    });
  });

  test("in Google's export", () => {
    const read = (text: string) => {
      const part = parseMigrationUri(text);
      return part.ok ? part.value.drafts : [];
    };
    fuzz("parseMigrationUri, mutated text", mutationsOf(MIGRATION_URIS), read);
    const bytes = MIGRATION_URIS.map((uri) =>
      Buffer.from(decodeURIComponent(uri.replace(/^.*data=/, "")), "base64"),
    );
    const mutatedBytes = mutationsOf(bytes.map((each) => each.toString("latin1"))).map(
      (text) =>
        `otpauth-migration://offline?data=${bytesToBase64url(new Uint8Array(Buffer.from(text, "latin1")))}`,
    );
    fuzz("parseMigrationUri, mutated bytes", mutatedBytes, read);
  });

  test("in the text of a code, of any kind", () => {
    const kinds = new Map<string, number>();
    const anyPayload = fc.oneof(
      mutationsOf([
        ...URIS,
        ...MIGRATION_URIS,
        "JBSW Y3DP EHPK 3PXP",
        "phonefactor://activate?code=1",
        "WIFI:S:a;;",
      ]),
      anyText,
    );
    fuzz("readQrPayload", anyPayload, (text) => {
      const payload = readQrPayload(text);
      kinds.set(payload.kind, (kinds.get(payload.kind) ?? 0) + 1);
      if (payload.kind === "migration-part") return payload.part.drafts;
      return payload.kind === "entries" ? payload.drafts : [];
    });
    expect([...kinds.keys()].sort()).toEqual(["entries", "migration-part", "not-otp", "refused"]);
  });

  test("in the JSON of an entry", () => {
    const field = fc.oneof(
      fc.constantFrom(
        ...DRAFTS.flatMap((draft) => Object.values(draft)),
        2,
        "MD5",
        "motp",
        "yandex",
        [],
        ["a.example"],
      ),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const changes = fc.dictionary(
      fc.constantFrom(...Object.keys(draftToEntry(draftOf({}), NOW)), "later", "__proto__", "constructor"),
      field,
      { maxKeys: 2 },
    );
    const anyJson = fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom(...DRAFTS), changes)
          .map(([draft, patch]) => ({ ...draftToEntry(draft, NOW), ...patch })),
      },
      { weight: 1, arbitrary: fc.jsonValue() },
    );
    fuzz(
      "parseEntry",
      anyJson.map((json) => JSON.stringify(json)),
      (text) => {
        const entry = parseEntry(JSON.parse(text));
        return entry.ok ? [entry.value] : [];
      },
    );
  });

  test("in a backup's text", () => {
    const items = DRAFTS.map((draft, order) => ({
      id: `00000000-0000-4000-8000-00000000000${order}`,
      pinned: order === 1,
      order,
      entry: draftToEntry(draft, NOW),
    }));
    // Without the schema that stands at its end, most changes hit what matters.
    const small = JSON.stringify({ ...JSON.parse(formatBackup(items.slice(0, 3), NOW)), schema: {} });
    fuzz("parseBackup, mutations", mutationsOf([small, formatBackup(items, NOW)]), (text) => {
      const backup = parseBackup(text);
      return backup.ok ? backup.value.items.flatMap((item) => (item.ok ? [item.value.entry] : [])) : [];
    });
  });
});
