import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import QRCode from "qrcode";

/** What one picture of a film shows: the code of a text, or nothing. */
export type Scene = { readonly text: string | null; readonly seconds: number };

const WIDTH = 640;
const HEIGHT = 480;
const PICTURES_A_SECOND = 5;
/** Grey, as YUV4MPEG2 with 4:2:0 writes it: brightness for each pixel, then two planes of no colour. */
const NO_COLOUR = Buffer.alloc((WIDTH / 2) * (HEIGHT / 2) * 2, 128);
const [DARK, LIGHT, WALL] = [30, 220, 150];

/**
 * Writes a film for the camera that Chromium plays (`--use-file-for-fake-video-capture`), which it shows again and again:
 * codes as a camera sees them on a grey wall, off the middle.
 *
 * @returns its path, and how to remove it
 */
export async function makeFilm(scenes: readonly Scene[]): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-film-"));
  const path = join(folder, "film.y4m");
  const parts = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${PICTURES_A_SECOND}:1 Ip A1:1 C420jpeg\n`)];
  for (const { text, seconds } of scenes) {
    const picture = Buffer.concat([Buffer.from("FRAME\n"), greys(text), NO_COLOUR]);
    for (let n = 0; n < seconds * PICTURES_A_SECOND; n++) parts.push(picture);
  }
  await writeFile(path, Buffer.concat(parts));
  return { path, remove: () => rm(folder, { recursive: true }) };
}

function greys(text: string | null): Buffer {
  const picture = Buffer.alloc(WIDTH * HEIGHT, WALL);
  if (text === null) return picture;
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "L" });
  const module = Math.floor(400 / (modules.size + 8));
  const side = (modules.size + 8) * module;
  const [left, top] = [60, Math.floor((HEIGHT - side) / 2)];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [column, row] = [Math.floor(x / module) - 4, Math.floor(y / module) - 4];
      const isInside = column >= 0 && row >= 0 && column < modules.size && row < modules.size;
      const isDark = isInside && modules.get(row, column) === 1;
      picture[(top + y) * WIDTH + left + x] = isDark ? DARK : LIGHT;
    }
  }
  return picture;
}
