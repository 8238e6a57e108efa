import QRCode from "qrcode";
import type { Pixels } from "../../../extension/scan/pixels.ts";

export const ALICE = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";
export const BOB = "otpauth://totp/Harbour:bob?secret=GEZDGNBVGY3TQOJQ&issuer=Harbour";

type Look = {
  readonly margin?: number;
  readonly scale?: number;
  readonly dark?: string;
  readonly light?: string;
};

/** A canvas with the code of a text; four modules of quiet zone and four pixels a module unless said otherwise. */
export function qrCanvas(text: string, look: Look = {}): HTMLCanvasElement {
  const { margin = 4, scale = 4, dark = "#000", light = "#fff" } = look;
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const canvas = document.createElement("canvas");
  canvas.width = (modules.size + 2 * margin) * scale;
  canvas.height = canvas.width;
  const context = contextOf(canvas);
  context.fillStyle = light;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = dark;
  modules.data.forEach((bit, index) => {
    const [x, y] = [index % modules.size, Math.floor(index / modules.size)];
    if (bit) context.fillRect((x + margin) * scale, (y + margin) * scale, scale, scale);
  });
  return canvas;
}

export function qrPixels(text: string, look: Look = {}): Pixels {
  return canvasPixels(qrCanvas(text, look));
}

export function canvasPixels(canvas: HTMLCanvasElement): Pixels {
  const { data } = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
  return { data: new Uint8ClampedArray(data), width: canvas.width, height: canvas.height };
}

/** A white (or other) sheet with pictures laid on it. */
export function sheet(
  width: number,
  height: number,
  pictures: readonly { readonly picture: CanvasImageSource; readonly x: number; readonly y: number }[],
  ground = "#fff",
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = contextOf(canvas);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  for (const { picture, x, y } of pictures) context.drawImage(picture, x, y);
  return canvas;
}

/** The code turned by so many degrees, on a larger sheet. */
export function turned(picture: HTMLCanvasElement, degrees: number): HTMLCanvasElement {
  const side = Math.ceil(Math.hypot(picture.width, picture.height));
  const canvas = sheet(side, side, []);
  const context = contextOf(canvas);
  context.translate(side / 2, side / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return canvas;
}

/** An SVG as the common generators write it: one unit a module, one path. */
export function qrSvg(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const squares = [...modules.data].map((bit, index) =>
    bit ? `M${(index % modules.size) + 4} ${Math.floor(index / modules.size) + 4}h1v1h-1z` : "",
  );
  const side = modules.size + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><rect width="${side}" height="${side}" fill="#fff"/><path d="${squares.join("")}"/></svg>`;
}

export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas");
  return context;
}
