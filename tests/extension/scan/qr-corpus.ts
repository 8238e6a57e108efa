import type { PageReading } from "../../../extension/scan/page-reading.ts";
import { bytesToBase64 } from "../../../shared/bytes.ts";

/** A picture of the collections, with what is in it. */
export type Sample = {
  readonly file: string;
  readonly cat: string;
  /** The texts of its codes; null where only somebody's word is known that there are codes. */
  readonly texts: readonly string[] | null;
  /** Boxes, in pixels, of the elements that a script would list without knowing where the code is. */
  readonly elems: readonly (readonly [number, number, number, number])[];
  readonly width: number;
  readonly height: number;
};

/** @returns the samples of a collection, or the reason why there are none */
export async function loadSamples(name: "web" | "real"): Promise<Sample[] | string> {
  const response = await fetch(`/corpora/qr/${name}/truth.json`);
  if (!response.ok) return response.text();
  const samples: (Partial<Sample> & Pick<Sample, "file" | "cat">)[] = await response.json();
  return samples.map((sample) => ({ texts: null, elems: [], width: 0, height: 0, ...sample }));
}

/** A sample's picture as a data: URL, the way a screenshot or a file comes to the scanner. */
export async function loadPicture(name: "web" | "real", { file }: Sample): Promise<string> {
  const response = await fetch(`/corpora/qr/${name}/${encodeURIComponent(file)}`);
  if (!response.ok) throw Error(`${file} is missing`);
  const type = file.endsWith(".png") ? "image/png" : "image/jpeg";
  return `data:${type};base64,${bytesToBase64(new Uint8Array(await response.arrayBuffer()))}`;
}

/** What a script would have brought back from the page: elements of which only the screenshot shows what they are. */
export function readingOf({ elems, width, height }: Sample): PageReading {
  return {
    viewport: { width, height, devicePixelRatio: 1 },
    isComplete: true,
    elements: elems.map(([x, y, w, h]) => ({
      kind: "img",
      box: { x, y, width: w, height: h },
      isVisible: true,
      content: null,
      frameUrl: null,
    })),
  };
}

/** How many codes of how many were read, by category. */
export type Tally = {
  readonly pictures: number;
  readonly codes: number;
  readonly read: number;
  readonly complete: number;
  readonly falseReads: readonly string[];
};

/** Counts one picture: each text that is in it counts once, each other text is a false read. */
export function count(
  tally: Tally | undefined,
  { file, texts }: Sample & { texts: readonly string[] },
  seen: readonly string[],
): Tally {
  const { pictures, codes, read, complete, falseReads } = tally ?? {
    pictures: 0,
    codes: 0,
    read: 0,
    complete: 0,
    falseReads: [],
  };
  // The same text may stand in several codes of one picture: the scanner says it once.
  const wanted = new Set(texts.map(withPlainEnds));
  const right = new Set(seen.map(withPlainEnds).filter((text) => wanted.has(text)));
  const wrong = seen.filter((text) => !wanted.has(withPlainEnds(text))).map((text) => `${file}: ${text}`);
  return {
    pictures: pictures + 1,
    codes: codes + wanted.size,
    read: read + right.size,
    complete: complete + (right.size === wanted.size ? 1 : 0),
    falseReads: [...falseReads, ...wrong],
  };
}

/** The texts were written down as files of text: how lines end, and blanks at the end, did not come along. */
function withPlainEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim();
}

export function sumOf(tallies: Iterable<Tally>): Tally {
  return [...tallies].reduce((a, b) => ({
    pictures: a.pictures + b.pictures,
    codes: a.codes + b.codes,
    read: a.read + b.read,
    complete: a.complete + b.complete,
    falseReads: [...a.falseReads, ...b.falseReads],
  }));
}
