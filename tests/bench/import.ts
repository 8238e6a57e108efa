import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { utf8 } from "../../shared/bytes.ts";
import { readFile } from "../../shared/formats/read-file.ts";
import { corpusPath } from "../support/corpora.ts";
import { type FileTruth, truthOf } from "../support/import-truth.ts";
import { ROOT } from "../support/source-files.ts";
import { type BareKdf, bareKdfOf } from "./bare-kdf.ts";
import { loadLine } from "./load.ts";
import type { BenchReport } from "./main.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import { formatRatio, formatSpread, formatTable } from "./table.ts";

const ROUNDS = 9;
/** Milliseconds after which a slow file (a key that takes seconds to derive) has been read often enough. */
const ENOUGH = 3_000;
const fixtures = join(ROOT, "tests/fixtures/formats");

type Measured = {
  readonly format: string;
  readonly isEncrypted: boolean;
  readonly entries: number;
  readonly time: Spread;
  /** The key derivation that the file asks for, alone; null where there is none that takes time. */
  readonly kdf: { readonly name: string; readonly time: Spread } | null;
};

/**
 * How long each importer takes for a file, by the sample of its format with the most entries: our own fixtures, and the
 * collection where it is there. What is encrypted is opened with its passphrase, in turn with the key derivation alone:
 each way of encrypting by itself.
 */
export async function benchImport(): Promise<BenchReport> {
  const most = new Map<string, Measured>();
  for (const path of [...filesIn(fixtures), ...collected()]) {
    const truth: Partial<FileTruth> = existsSync(`${path}.truth.json`) ? truthOf(path) : {};
    const measured = await measure(new Uint8Array(readFileSync(path)), truth.password ?? null);
    const key = `${measured?.format} ${measured?.isEncrypted} ${measured?.kdf?.name}`;
    if (measured && measured.entries > (most.get(key)?.entries ?? 0)) most.set(key, measured);
  }
  const bound = await measure(utf8(keepassAtBound()), null);
  if (bound !== null) most.set("bound", { ...bound, format: "keepass-xml, 249,000 elements" });
  const measured = [...most.values()].toSorted((a, b) => a.format.localeCompare(b.format));
  const rows = measured.map(({ format, isEncrypted, entries, time }) => [
    isEncrypted ? `${format}, encrypted` : format,
    `${entries}`,
    formatSpread(time),
    `${Math.round((entries / time.median) * 1000)}`,
  ]);
  const head = ["format", "entries", "a file", "entries a second"];
  const slow = measured.flatMap(({ format, time, kdf }) => (kdf === null ? [] : [{ format, time, kdf }]));
  const kdfRows = slow.map(({ format, time, kdf }) => [
    `${format}: ${kdf.name}`,
    formatSpread(time),
    formatSpread(kdf.time),
    formatRatio(time.median, kdf.time.median),
  ]);
  const kdfHead = ["encryption", "a file", "its key derivation alone", "ratio"];
  return {
    text: [
      loadLine(),
      formatTable(`Reading files, medians and quartiles of ${ROUNDS}`, head, rows),
      formatTable("Encrypted ones beside their key derivation, in turn", kdfHead, kdfRows),
    ].join("\n"),
    numbers: { measured },
  };
}

async function measure(bytes: Uint8Array<ArrayBuffer>, passphrase: string | null): Promise<Measured | null> {
  // The first time loads what the format needs.
  const first = await readFile(bytes, passphrase);
  if (!first.ok || first.value.entries.length === 0) return null;
  const kdf: BareKdf | null = passphrase === null ? null : bareKdfOf(first.value.format, bytes, passphrase);
  const times: number[] = [];
  const kdfTimes: number[] = [];
  const begun = performance.now();
  while (times.length < ROUNDS && (times.length === 0 || performance.now() - begun < ENOUGH)) {
    times.push(await timeOf(() => readFile(bytes, passphrase)));
    if (kdf !== null) kdfTimes.push(await timeOf(kdf.run));
  }
  return {
    format: first.value.format,
    isEncrypted: passphrase !== null,
    entries: first.value.entries.length,
    time: spreadOf(times),
    kdf: kdf && { name: kdf.name, time: spreadOf(kdfTimes) },
  };
}

/** As many entries as the bound for elements of XML leaves room for. */
function keepassAtBound(): string {
  const string = (key: string, value: string) => `<String><Key>${key}</Key><Value>${value}</Value></String>`;
  const entry = [
    string("Title", "Example"),
    string("UserName", "alice"),
    string("Password", "x"),
    string("URL", "https://example.com"),
    string("Notes", "kept by alice"),
    string("otp", "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP"),
  ].join("");
  const entries = `<Entry><UUID>x</UUID>${entry}</Entry>`.repeat(12_450);
  return `<KeePassFile><Root><Group>${entries}</Group></Root></KeePassFile>`;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function collected(): string[] {
  const imports = corpusPath("imports");
  return imports === null ? [] : readdirSync(imports).flatMap((folder) => filesIn(join(imports, folder)));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.endsWith(".truth.json"))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
