import jsqr from "jsqr";
import type { Locator } from "playwright-core";

// Its module is CommonJS that exports a function, which Node wraps once more.
const decode = (
  typeof jsqr === "function" ? jsqr : (jsqr as { default: unknown }).default
) as typeof import("jsqr").default;

/** What a reader other than ours makes of the QR code that is on the screen there; null: it reads none. */
export async function readShownQr(shown: Locator): Promise<string | null> {
  const png = (await shown.screenshot()).toString("base64");
  const { width, height, pixels } = await shown.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    return { width: bitmap.width, height: bitmap.height, pixels: [...data] };
  }, png);
  return decode(Uint8ClampedArray.from(pixels), width, height)?.data ?? null;
}
