import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Bytes } from "../../shared/bytes.ts";
import { FORMATS, recogniseFormat } from "../../shared/formats/index.ts";
import { openFile } from "../../shared/formats/parts/file-content.ts";
import { corpusPath } from "../support/corpora.ts";
import { samplesOf } from "../support/import-truth.ts";
import { ROOT } from "../support/source-files.ts";

/** Larger samples would be nothing but slower. */
const MOST_BYTES = 100_000;
const fixtures = join(ROOT, "tests/fixtures/formats");

export type Samples = {
  /** Our own fixtures, whose keys are derived quickly, each with what opens it where it is encrypted. */
  readonly own: readonly { readonly bytes: Bytes; readonly passphrase: string }[];
  /** Those and files of the collection, where it is there. */
  readonly all: readonly Bytes[];
};

/** The samples of each format by its id. */
export async function samplesByFormat(): Promise<ReadonlyMap<string, Samples>> {
  const samples = new Map(
    FORMATS.map(({ id }) => [
      id as string,
      { own: [] as { bytes: Bytes; passphrase: string }[], all: [] as Bytes[] },
    ]),
  );
  for (const name of readdirSync(fixtures)) {
    const id = [...samples.keys()]
      .filter((candidate) => name.startsWith(candidate))
      .toSorted((a, b) => b.length - a.length)[0];
    const bytes = new Uint8Array(readFileSync(join(fixtures, name)));
    samples.get(id ?? "")?.own.push({ bytes, passphrase: passphraseOf(name) });
    samples.get(id ?? "")?.all.push(bytes);
  }
  for (const path of collected()) {
    const bytes = new Uint8Array(readFileSync(path));
    const format = recogniseFormat(await openFile(bytes));
    samples.get(format?.id ?? "")?.all.push(bytes);
  }
  return samples;
}

/** What the fixtures were encrypted with. */
const PASSPHRASES: readonly [RegExp, string][] = [
  [/^(?:authenticator-|authy|freeotp-2|totp-authenticator)/, "alice’s password"],
  [/^(?:ente|proton)-/, "alice's passphrase"],
];

/** The passphrase of one of our own fixtures; of no use to those that are not encrypted. */
export function passphraseOf(fixture: string): string {
  return PASSPHRASES.find(([name]) => name.test(fixture))?.[1] ?? "pässwörd 密码";
}

function collected(): string[] {
  const imports = corpusPath("imports");
  if (imports === null) return [];
  return readdirSync(imports)
    .map((folder) => join(imports, folder))
    .filter((folder) => statSync(folder).isDirectory())
    .flatMap((folder) => samplesOf(folder).map((name) => join(folder, name)))
    .filter((path) => statSync(path).size <= MOST_BYTES);
}
