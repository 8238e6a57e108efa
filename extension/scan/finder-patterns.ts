import type { Pixels, Point } from "./pixels.ts";

/** A square eye of a QR code: where its middle is and how many pixels wide one module (the smallest square) is. */
export type FinderPattern = Point & { readonly module: number };

/** Pixels are compared with the middle between the darkest and lightest ones of their block of this size. */
const BLOCK = 32;
/** Less contrast than this within a block and its neighbours is a flat area. */
const FLAT = 32;
/** More than a few dozen eyes are a texture, not codes. */
const MOST = 60;

/**
 * Finds what looks like the eyes of QR codes: dark, light, dark, light, dark in the proportion 1:1:3:1:1 across and
 * down (ISO/IEC 18004 section 12), dark on light or light on dark. A few more are found than there are: this says
 * where a code may be and how small its modules are, never what it holds.
 */
export function findFinderPatterns(pixels: Pixels): FinderPattern[] {
  const dark = darkness(pixels);
  const light = dark.map((value) => (value === 1 ? 0 : value === 0 ? 1 : 2));
  return [dark, light].flatMap((bits) => patternsIn(bits, pixels.width, pixels.height)).slice(0, MOST);
}

/** One byte a pixel: 1 dark, 0 light, 2 flat. */
function darkness({ data, width, height }: Pixels): Uint8Array {
  const shade = new Uint8Array(width * height);
  for (let i = 0; i < shade.length; i++) {
    const at = i * 4;
    shade[i] = ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 151 + (data[at + 2] ?? 0) * 28) >> 8;
  }
  const across = Math.ceil(width / BLOCK);
  const down = Math.ceil(height / BLOCK);
  const least = new Uint8Array(across * down).fill(255);
  const most = new Uint8Array(across * down);
  for (let i = 0; i < shade.length; i++) {
    const block = Math.floor(Math.floor(i / width) / BLOCK) * across + Math.floor((i % width) / BLOCK);
    const value = shade[i] ?? 0;
    if (value < (least[block] ?? 0)) least[block] = value;
    if (value > (most[block] ?? 0)) most[block] = value;
  }
  const bits = new Uint8Array(width * height);
  for (let by = 0; by < down; by++) {
    for (let bx = 0; bx < across; bx++) {
      let [low, high] = [255, 0];
      for (let ny = Math.max(0, by - 1); ny <= Math.min(down - 1, by + 1); ny++) {
        for (let nx = Math.max(0, bx - 1); nx <= Math.min(across - 1, bx + 1); nx++) {
          low = Math.min(low, least[ny * across + nx] ?? 255);
          high = Math.max(high, most[ny * across + nx] ?? 0);
        }
      }
      const middle = (low + high) / 2;
      for (let y = by * BLOCK; y < Math.min(height, (by + 1) * BLOCK); y++) {
        for (let x = bx * BLOCK; x < Math.min(width, (bx + 1) * BLOCK); x++) {
          const at = y * width + x;
          bits[at] = high - low < FLAT ? 2 : (shade[at] ?? 0) < middle ? 1 : 0;
        }
      }
    }
  }
  return bits;
}

function patternsIn(bits: Uint8Array, width: number, height: number): FinderPattern[] {
  const found: (FinderPattern & { rows: number })[] = [];
  const runs = [0, 0, 0, 0, 0];
  for (let y = 0; y < height; y++) {
    runs.fill(0);
    let colour = 0;
    for (let x = 0; x <= width; x++) {
      const next = x === width ? 2 : (bits[y * width + x] ?? 2);
      if (x < width && next === colour) {
        runs[4] = (runs[4] ?? 0) + 1;
        continue;
      }
      const module = colour === 1 ? moduleOf(runs) : null;
      if (module !== null) {
        const middle = x - (runs[4] ?? 0) - (runs[3] ?? 0) - (runs[2] ?? 0) / 2;
        const pattern = confirmDown(bits, width, height, { x: middle, y, module });
        if (pattern !== null) keep(found, pattern);
      }
      runs.shift();
      runs.push(1);
      colour = next;
    }
  }
  return found.filter((pattern) => pattern.rows >= Math.max(1, pattern.module)).slice(0, MOST);
}

/** The width of a module if the five runs stand in the proportion 1:1:3:1:1, give or take what rounding does. */
function moduleOf(runs: readonly number[]): number | null {
  const total = runs.reduce((sum, run) => sum + run, 0);
  const module = total / 7;
  if (module < 1) return null;
  const slack = module * 0.4 + 0.6;
  const fits = runs.every((run, i) => run > 0 && Math.abs(run - (i === 2 ? 3 : 1) * module) <= slack);
  return fits ? module : null;
}

/** Looks for the same proportion down the column; null where it is not there or of another size. */
function confirmDown(
  bits: Uint8Array,
  width: number,
  height: number,
  { x, y, module }: FinderPattern,
): FinderPattern | null {
  const column = Math.floor(x);
  const at = (row: number) => (row < 0 || row >= height ? 2 : (bits[row * width + column] ?? 2));
  const limit = Math.ceil(module * 4 + 2);
  const run = (from: number, step: number, colour: number): number => {
    let length = 0;
    while (length < limit && at(from + length * step) === colour) length++;
    return length;
  };
  const up = run(y, -1, 1);
  const down = run(y + 1, 1, 1);
  const lightUp = run(y - up, -1, 0);
  const lightDown = run(y + 1 + down, 1, 0);
  const darkUp = run(y - up - lightUp, -1, 1);
  const darkDown = run(y + 1 + down + lightDown, 1, 1);
  const moduleDown = moduleOf([darkUp, lightUp, up + down, lightDown, darkDown]);
  if (moduleDown === null || moduleDown > module * 1.5 + 0.5 || module > moduleDown * 1.5 + 0.5) return null;
  return { x, y: y + 0.5 + (down - up) / 2, module: (module + moduleDown) / 2 };
}

function keep(found: (FinderPattern & { rows: number })[], pattern: FinderPattern): void {
  const near = found.findIndex(
    (known) => Math.abs(known.x - pattern.x) + Math.abs(known.y - pattern.y) < 3 * pattern.module,
  );
  const known = found[near];
  if (known === undefined) found.push({ ...pattern, rows: 1 });
  else found[near] = { ...known, rows: known.rows + 1 };
}
