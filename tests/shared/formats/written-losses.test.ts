import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base32Decode, bytesToHex, utf8 } from "../../../shared/bytes.ts";
import type {
  Format,
  LostField,
  WritableEntry,
  Written,
  WrittenWay,
} from "../../../shared/formats/format.ts";
import { FORMATS } from "../../../shared/formats/index.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import { draftToEntry, type Entry } from "../../../shared/otp/entry.ts";
import { alice, anyEntry } from "./written-entries.ts";

/** What is written, in every way there is, comes back but for what the writer itself says is lost. */

/** Entries of the kinds that formats stumble over, too. */
const anyHardEntry: fc.Arbitrary<WritableEntry> = fc
  .record({
    entry: anyEntry,
    pinned: fc.boolean(),
    algorithm: fc.constantFrom(null, null, "MD5", "SHA256"),
    period: fc.constantFrom(null, null, 10, 45, 2_147_484),
    secret: fc.constantFrom(null, null, null, "JBSWY3DPEHPK3P", "GEZDGNBVGY3TQOJQGE"),
    issuer: fc.constantFrom(null, null, "A::B", "A::b.example", "Long ".repeat(400).trim(), "x:y"),
    account: fc.constantFrom(null, null, "c::d", "Steam", "a b+c@example.com", "%41&secret=x#"),
    sites: fc.constantFrom<string[][]>(
      [],
      ["example.com"],
      ["*.example.com", "example.org:8443"],
      ["localhost:3000"],
    ),
  })
  .map(({ entry, pinned, sites, algorithm, period, secret, issuer, account }) => ({
    ...entry,
    pinned,
    sites,
    issuer: issuer ?? entry.issuer,
    account: account ?? entry.account,
    algorithm: entry.type === "motp" ? entry.algorithm : (algorithm ?? entry.algorithm),
    period: entry.period === null || entry.type === "motp" ? entry.period : (period ?? entry.period),
    secret: entry.type === "yandex" ? entry.secret : (secret ?? entry.secret),
  }))
  // Neither kind has more than one algorithm or period, anywhere.
  .map((entry) => (entry.type === "yandex" ? { ...entry, algorithm: "SHA256", period: 30 } : entry));

const ways = FORMATS.flatMap((format: Format) =>
  (Object.keys(format.readBy ?? {}) as WrittenWay[]).map((way) => ({
    format,
    way,
    name: `${format.id} ${way}`,
  })),
);

async function write(format: Format, way: WrittenWay, entries: readonly WritableEntry[]) {
  if (way === "codes") {
    const written = format.writeCodes?.(entries);
    if (!written) throw Error("it writes no codes");
    return { ...written, text: written.codes.map(({ uri }) => `${uri}\n`).join(""), passphrase: null };
  }
  const passphrase = way === "encrypted" ? "pässwörd 密码" : null;
  const written = await format.write?.(entries, passphrase);
  if (!written) throw Error("it writes no file");
  return { ...written, passphrase };
}

/** The bytes of a secret say what it is; left-over bits are no part of it. */
const secretBytes = (secret: string) => {
  const bytes = base32Decode(secret);
  return bytes.ok ? bytesToHex(bytes.value) : secret;
};

type Said = { readonly [Field in Exclude<LostField, `further-${string}`>]: unknown };
const saidOf = (entry: Entry, pinned: boolean): Said => ({
  // Where Bitwarden says "the whole domain", our importer takes the host alone: the file says both.
  sites: entry.sites.map((site) => site.replace(/^\*\./, "")).join(),
  tags: entry.tags.join(),
  note: entry.note.trim(),
  icon: entry.icon,
  pinned,
  // A Steam account without a name is called that by whoever reads it.
  names: `${entry.issuer.trim() || (entry.type === "steam" ? "Steam" : "")}\n${entry.account.trim()}`,
  algorithm: entry.algorithm,
});
const parametersOf = (entry: Entry) => ({
  type: entry.type,
  secret: secretBytes(entry.secret),
  algorithm: entry.algorithm,
  digits: entry.digits,
  period: entry.period,
  counter: entry.counter,
  pin: entry.pin,
});

function expectNothingElseLost(
  entries: readonly WritableEntry[],
  written: Written,
  read: readonly Entry[],
  pinnedOf: (at: number) => boolean,
) {
  const leftOut = new Set(written.leftOut.map(({ entry }) => entry));
  const kept = entries.filter((entry) => !leftOut.has(entry));
  expect(read.map(parametersOf)).toEqual(kept.map(parametersOf));
  for (const [at, entry] of kept.entries()) {
    const lost: readonly LostField[] = written.losses.find((loss) => loss.entry === entry)?.fields ?? [];
    const back = read[at];
    if (!back) throw Error("there are as many");
    const [before, after] = [saidOf(entry, entry.pinned === true), saidOf(back, pinnedOf(at))];
    for (const field of Object.keys(before) as (keyof Said)[])
      if (!lost.includes(field) && !(lost as readonly string[]).includes(`further-${field}`))
        expect(after[field], `${field}, which is not said to be lost`).toEqual(before[field]);
    // And what is here gives the same code.
    const now = 1_700_000_000_000;
    expect(codeAt(back, now)).toEqual(codeAt(entry, now));
  }
}

describe.each(ways)("$name", ({ format, way }) => {
  test("loses nothing that it does not say is lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyHardEntry, { minLength: 1, maxLength: 12 }), async (entries) => {
        const written = await write(format, way, entries);
        const read = await readFile(utf8(written.text), written.passphrase);
        if (written.leftOut.length === entries.length) {
          expect(read.ok).toBe(false);
          return;
        }
        if (!read.ok) throw Error(`${read.error.format}: ${read.error.reason}`);
        expect(read.value).toMatchObject({ format: format.id, rejected: [] });
        const back = read.value.entries.map(({ draft }) => draftToEntry(draft, 0));
        expectNothingElseLost(entries, written, back, (at) => read.value.entries[at]?.pinned === true);
      }),
      { numRuns: way === "encrypted" ? 3 : 150 },
    );
  });

  test("writes no bits of a secret that fill no byte: some refuse them, others make other codes of them", async () => {
    for (const type of ["totp", "hotp", "steam"] as const) {
      const counter = type === "hotp" ? 3 : null;
      const period = type === "hotp" ? null : 30;
      const digits = type === "steam" ? 5 : 6;
      const entry = {
        ...alice,
        type,
        algorithm: "SHA1",
        digits,
        period,
        counter,
        secret: "JBSWY3DPEHPK3PXPB",
      } as const;
      const { text } = await write(format, way, [entry]);
      expect(text).not.toContain(entry.secret);
    }
  });
});
