import type { Pixels } from "./pixels.ts";

/** A larger picture whose new pixels are mixed from the four around them: edges of a blurred code come out straight. */
export function enlargeSmoothly(pixels: Pixels, times: number): Pixels {
  const width = Math.max(1, Math.round(pixels.width * times));
  const height = Math.max(1, Math.round(pixels.height * times));
  const data = new Uint8ClampedArray(width * height * 4);
  const from = pixels.data;
  const columns = Array.from({ length: width }, (_, x) => between(x, times, pixels.width));
  for (let y = 0; y < height; y++) {
    const row = between(y, times, pixels.height);
    for (let x = 0; x < width; x++) {
      const column = columns[x] ?? row;
      const [topLeft, topRight] = [
        row.near * pixels.width + column.near,
        row.near * pixels.width + column.far,
      ];
      const [lowLeft, lowRight] = [row.far * pixels.width + column.near, row.far * pixels.width + column.far];
      const at = (y * width + x) * 4;
      for (let c = 0; c < 4; c++) {
        const top = mix(from[topLeft * 4 + c] ?? 0, from[topRight * 4 + c] ?? 0, column.share);
        const low = mix(from[lowLeft * 4 + c] ?? 0, from[lowRight * 4 + c] ?? 0, column.share);
        data[at + c] = mix(top, low, row.share);
      }
    }
  }
  return { data, width, height };
}

/** Where a new pixel lies among the old ones: between which two, and how far from the first. */
function between(at: number, times: number, length: number): { near: number; far: number; share: number } {
  const place = Math.min(length - 1, Math.max(0, (at + 0.5) / times - 0.5));
  const near = Math.floor(place);
  return { near, far: Math.min(length - 1, near + 1), share: place - near };
}

function mix(one: number, other: number, share: number): number {
  return one + (other - one) * share;
}

/** Less than this between dark and light, of 255, is noise on one colour: no view of it shows a code. */
const FLAT = 12;

/** Whether a picture is of one colour all over, as far as an eye could tell. */
export function isFlat(pixels: Pixels): boolean {
  const { low, high } = shadesOf(pixels);
  return high - low < FLAT;
}

/** Grey, from the darkest pixels to the lightest in full: pale, tinted and dimmed codes stand out. */
export function withFullContrast(pixels: Pixels): Pixels {
  const { shades, low, high } = shadesOf(pixels);
  const data = new Uint8ClampedArray(pixels.data.length).fill(255);
  const times = 255 / Math.max(1, high - low);
  for (let i = 0; i < shades.length; i++) {
    const value = ((shades[i] ?? 0) - low) * times;
    for (let c = 0; c < 3; c++) data[i * 4 + c] = value;
  }
  return { ...pixels, data };
}

/** How light each pixel is, and the shades beyond which only two in a hundred lie. */
function shadesOf(pixels: Pixels): { shades: Uint8Array; low: number; high: number } {
  const shades = new Uint8Array(pixels.width * pixels.height);
  const counts = new Array<number>(256).fill(0);
  for (let i = 0; i < shades.length; i++) {
    const at = i * 4;
    const { data } = pixels;
    shades[i] = ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 151 + (data[at + 2] ?? 0) * 28) >> 8;
    counts[shades[i] ?? 0] = (counts[shades[i] ?? 0] ?? 0) + 1;
  }
  return { shades, low: shadeAt(counts, shades.length * 0.02), high: shadeAt(counts, shades.length * 0.98) };
}

/** The shade below which so many pixels lie. */
function shadeAt(counts: readonly number[], rank: number): number {
  let sum = 0;
  const shade = counts.findIndex((count) => {
    sum += count;
    return sum > rank;
  });
  return shade < 0 ? 255 : shade;
}

/** Each pixel the mean of the nine around it: gaps between modules, and dots in place of squares, close up. */
export function soften(pixels: Pixels): Pixels {
  const { width, height, data: from } = pixels;
  const data = new Uint8ClampedArray(from.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (let dy = -1; dy <= 1; dy++) {
          const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
          for (let dx = -1; dx <= 1; dx++) {
            sum += from[(row + Math.min(width - 1, Math.max(0, x + dx))) * 4 + c] ?? 0;
          }
        }
        data[at + c] = sum / 9;
      }
    }
  }
  return { width, height, data };
}
