import { expect, test } from "vitest";
import { openDecoder } from "../../../extension/scan/decode-qr.ts";
import { dataUrlToPixels } from "../../../extension/scan/image-pixels.ts";
import type { Pixels } from "../../../extension/scan/pixels.ts";
import { scanPictures } from "../../../extension/scan/scan-pictures.ts";
import { formatTable } from "../../bench/table.ts";
import { count, loadPicture, loadSamples, readingOf, type Sample, sumOf, type Tally } from "./qr-corpus.ts";

/** Milliseconds, as scan-tab.ts and decode-image-file.ts allow for one page and for one file. */
const TIME_LIMIT = 15_000;

const signal = new AbortController().signal;

/** Reads a picture as a screenshot of a page, with the elements a script would have listed. */
async function readAsPage(shot: Pixels, sample: Sample): Promise<string[]> {
  const decoder = openDecoder({ signal });
  const until = performance.now() + TIME_LIMIT;
  const reading = readingOf(sample);
  const { sightings } = await scanPictures({ reading, shot }, decoder, { until, onPicture: () => {} });
  decoder.close();
  return [...new Set(sightings.map(({ text }) => text))];
}

/** Reads a picture as a file that was opened, pasted or dropped. */
async function readAsFile(pixels: Pixels): Promise<string[]> {
  const decoder = openDecoder({ signal });
  const { codes } = await decoder.decode(pixels, { kind: "scene", timeLimit: TIME_LIMIT });
  decoder.close();
  return [...new Set(codes.map(({ text }) => text))];
}

type Outcome = { readonly total: Tally; readonly readWithoutTruth: number; readonly table: string };

async function readAll(
  name: "web" | "real",
  samples: readonly Sample[],
  read: (pixels: Pixels, sample: Sample) => Promise<string[]>,
): Promise<Outcome> {
  const tallies = new Map<string, Tally>();
  const times: number[] = [];
  let readWithoutTruth = 0;
  for (const sample of samples) {
    const pixels = await dataUrlToPixels(await loadPicture(name, sample));
    if (!pixels.ok) throw Error(`${sample.file}: ${pixels.error}`);
    const started = performance.now();
    const seen = await read(pixels.value, sample);
    times.push(performance.now() - started);
    const { texts } = sample;
    if (texts === null) readWithoutTruth += seen.length === 0 ? 0 : 1;
    else tallies.set(sample.cat, count(tallies.get(sample.cat), { ...sample, texts }, seen));
  }
  const total = sumOf(tallies.values());
  const ms = times.toSorted((a, b) => a - b);
  const at = (part: number) => `${Math.round(ms[Math.floor((ms.length - 1) * part)] ?? 0)} ms`;
  const rows = [...tallies, ["all", total] as const].map(([cat, tally]) => [
    cat,
    String(tally.pictures),
    `${tally.complete}`,
    `${tally.read}/${tally.codes}`,
    String(tally.falseReads.length),
  ]);
  const title = `${read.name}: median ${at(0.5)}, 95 % within ${at(0.95)}, slowest ${at(1)}`;
  return {
    total,
    readWithoutTruth,
    table: formatTable(title, ["category", "pictures", "whole", "codes read", "false"], rows),
  };
}

// The floors are what was measured, less what a slower machine may lose to the time limits.
test("screenshots of pages are read with the elements of the page known", async (context) => {
  const samples = await loadSamples("web");
  if (typeof samples === "string") return context.skip(samples);
  const { total, table } = await readAll("web", samples, readAsPage);
  console.log(table);
  expect(total.falseReads).toEqual([]);
  expect(total.read).toBeGreaterThanOrEqual(169);
});

test("the same screenshots are read as files, with nothing known of a page", async (context) => {
  const samples = await loadSamples("web");
  if (typeof samples === "string") return context.skip(samples);
  const { total, table } = await readAll("web", samples, readAsFile);
  console.log(table);
  expect(total.falseReads).toEqual([]);
  expect(total.read).toBeGreaterThanOrEqual(164);
});

test("photographs and test images of other readers are read as files", async (context) => {
  const samples = await loadSamples("real");
  if (typeof samples === "string") return context.skip(samples);
  const { total, readWithoutTruth, table } = await readAll("real", samples, readAsFile);
  const unnamed = samples.filter(({ texts }) => texts === null).length;
  console.log(
    `${table}\n${unnamed} further pictures, whose texts nobody wrote down: ${readWithoutTruth} read`,
  );
  expect(total.falseReads).toEqual([]);
  expect(total.read).toBeGreaterThanOrEqual(74);
});
