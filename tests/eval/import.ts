import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { formatTable } from "../bench/table.ts";
import { compareWithTruth, type FileTruth, samplesOf, truthOf } from "../support/import-truth.ts";
import type { EvalReport } from "./main.ts";
import { openPictures, type PictureOpener } from "./open-pictures.ts";
import { openReader, type Reader } from "./reader.ts";

/** Files, those that came out as their truth says, and the others. */
type Count = { files: number; right: number; wrong: number };

const PICTURE = /\.(?:png|jpe?g|webp|gif|bmp)$/i;

/**
 * Reads DIR/FORMAT/FILE with the importers of the extension and compares each with FILE.truth.json. Pictures are opened
 * by a browser and read by the extension's own reader of QR codes.
 *
 * @param directory one that holds folders of formats, or is one
 */
export async function evalImport(
  directory: string,
  { isVerbose }: { readonly isVerbose: boolean },
): Promise<EvalReport> {
  const formats: Record<string, Count> = {};
  const lines: string[] = [];
  const tools = { reader: openReader(), pictures: openPictures() };
  try {
    for (const folder of foldersOf(directory)) {
      const count: Count = { files: 0, right: 0, wrong: 0 };
      formats[basename(folder)] = count;
      for (const name of samplesOf(folder)) {
        const faults = await faultsOf(join(folder, name), tools);
        count.files += 1;
        count[faults.length === 0 ? "right" : "wrong"] += 1;
        if (isVerbose || faults.length > 0)
          lines.push(line(`${basename(folder)}/${name}`, faults, isVerbose));
      }
    }
  } finally {
    tools.reader.close();
    await tools.pictures.close();
  }
  const total = sum(Object.values(formats));
  const rows = Object.entries({ ...formats, "all of them": total }).map(([format, count]) => [
    format,
    `${count.files}`,
    `${count.right}`,
    `${count.wrong}`,
  ]);
  return {
    text: [...lines, formatTable("Imports", ["format", "files", "right", "wrong"], rows)].join("\n"),
    numbers: { ...total, formats },
  };
}

function foldersOf(directory: string): string[] {
  if (samplesOf(directory).length > 0) return [directory];
  return readdirSync(directory)
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isDirectory())
    .sort();
}

/** Whatever goes wrong with one file is that file's fault, and the others are read all the same. */
async function faultsOf(
  file: string,
  { reader, pictures }: { reader: Reader; pictures: PictureOpener },
): Promise<string[]> {
  try {
    const truth: FileTruth = truthOf(file);
    const bytes = new Uint8Array(readFileSync(file));
    const passphrase = truth.password ?? null;
    const pixels = PICTURE.test(file) ? await pictures.open(bytes) : null;
    const read = await reader.read(pixels === null ? { bytes, passphrase } : { pixels, passphrase });
    return compareWithTruth(read, truth);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function line(name: string, faults: readonly string[], isVerbose: boolean): string {
  if (faults.length === 0) return `right  ${name}`;
  const shown = isVerbose ? faults : faults.slice(0, 1);
  const rest = faults.length - shown.length;
  return `wrong  ${name}: ${shown.join("; ")}${rest > 0 ? ` (and ${rest} more: --verbose)` : ""}`;
}

function sum(counts: readonly Count[]): Count {
  const total: Count = { files: 0, right: 0, wrong: 0 };
  for (const count of counts) {
    total.files += count.files;
    total.right += count.right;
    total.wrong += count.wrong;
  }
  return total;
}
