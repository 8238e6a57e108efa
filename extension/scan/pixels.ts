/**
 * A picture in memory: four bytes a pixel (red, green, blue, alpha; not premultiplied), rows from the top.
 * The same shape as ImageData, but made anywhere and sent to a worker as it is.
 */
export type Pixels = {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

/** Pixels from the left and top edge of a picture (or CSS pixels of a viewport, where that is said). */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
export type Point = { readonly x: number; readonly y: number };
export type Ground = "white" | "black";

const SHADE = { white: 255, black: 0 } as const;

/** An opaque picture of one colour. */
export function blank(width: number, height: number, ground: Ground): Pixels {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  if (ground === "black") new Uint32Array(data.buffer).fill(OPAQUE_BLACK);
  return { data, width, height };
}

/** Opaque black as the machine orders the bytes of a word. */
const OPAQUE_BLACK = new Uint32Array(new Uint8Array([0, 0, 0, 255]).buffer)[0] ?? 0;

/** Lays a picture on a ground, so that what is transparent becomes that colour: a reader of QR codes ignores alpha. */
export function flatten(pixels: Pixels, ground: Ground): Pixels {
  const data = new Uint8ClampedArray(pixels.data);
  const shade = SHADE[ground];
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] ?? 255;
    if (alpha === 255) continue;
    const rest = (shade * (255 - alpha)) / 255;
    for (let c = i; c < i + 3; c++) data[c] = ((data[c] ?? 0) * alpha) / 255 + rest;
    data[i + 3] = 255;
  }
  return { ...pixels, data };
}

/** Cuts a box out, rounded to whole pixels and to what lies inside; null where nothing is left. */
export function crop(pixels: Pixels, box: Box): Pixels | null {
  const left = Math.max(0, Math.round(box.x));
  const top = Math.max(0, Math.round(box.y));
  const right = Math.min(pixels.width, Math.round(box.x + box.width));
  const bottom = Math.min(pixels.height, Math.round(box.y + box.height));
  const [width, height] = [right - left, bottom - top];
  if (width < 1 || height < 1) return null;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * pixels.width + left) * 4;
    data.set(pixels.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { data, width, height };
}

/** Puts a margin around a picture: the quiet zone that pages leave out. `margin` is a share of the longer side. */
export function pad(pixels: Pixels, margin: number, ground: Ground): Pixels {
  const edge = Math.ceil(Math.max(pixels.width, pixels.height) * margin);
  const padded = blank(pixels.width + 2 * edge, pixels.height + 2 * edge, ground);
  for (let y = 0; y < pixels.height; y++) {
    const row = pixels.data.subarray(y * pixels.width * 4, (y + 1) * pixels.width * 4);
    padded.data.set(row, ((y + edge) * padded.width + edge) * 4);
  }
  return padded;
}

/** Makes each pixel a square of `times` by `times` (nearest neighbour: edges of modules stay sharp). */
export function enlarge(pixels: Pixels, times: number): Pixels {
  if (times === 1) return pixels;
  const [width, height] = [pixels.width * times, pixels.height * times];
  const from = new Uint32Array(pixels.data.slice().buffer);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / times) * pixels.width;
    for (let x = 0; x < width; x++) to[y * width + x] = from[row + Math.floor(x / times)] ?? 0;
  }
  return { data: new Uint8ClampedArray(to.buffer), width, height };
}

/** Halves both sides, each new pixel the mean of four: a quarter of the work on very large pictures. */
export function halve(pixels: Pixels): Pixels {
  const [width, height] = [Math.floor(pixels.width / 2), Math.floor(pixels.height / 2)];
  const from = pixels.data;
  const data = new Uint8ClampedArray(width * height * 4);
  const below = pixels.width * 4;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * 2 * pixels.width + x * 2) * 4;
      for (let c = 0; c < 4; c++) {
        const sum = (from[at + c] ?? 0) + (from[at + c + 4] ?? 0);
        const sumBelow = (from[at + c + below] ?? 0) + (from[at + c + below + 4] ?? 0);
        data[(y * width + x) * 4 + c] = (sum + sumBelow) / 4;
      }
    }
  }
  return { data, width, height };
}
