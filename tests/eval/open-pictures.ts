import { type Browser, chromium, type Page } from "playwright-core";
import type { Pixels } from "../../extension/scan/pixels.ts";
import { QUIET_FLAGS, sandboxFlags } from "../support/browser-flags.ts";
import { findBrowser } from "../support/find-browser.ts";

/** Turns files of pictures into pixels, as the extension has the browser do. */
export type PictureOpener = {
  /** Throws where there is no browser, or where the browser can't open the picture. */
  open(bytes: Uint8Array): Promise<Pixels>;
  close(): Promise<void>;
};

/** As many as the extension hands to its reader of QR codes: larger pictures are drawn smaller. */
const MOST_PIXELS = 16_000_000;

/** The browser is started with the first picture. */
export function openPictures(): PictureOpener {
  let started: Promise<{ browser: Browser; page: Page }> | null = null;
  return {
    open: async (bytes) => {
      started ??= startBrowser();
      const { page } = await started;
      const base64 = Buffer.from(bytes).toString("base64");
      const drawn = await page.evaluate(drawPicture, { base64, mostPixels: MOST_PIXELS });
      return { ...drawn, data: new Uint8ClampedArray(Buffer.from(drawn.data, "base64")) };
    },
    close: async () => {
      const running = await started?.catch(() => null);
      await running?.browser.close();
    },
  };
}

async function startBrowser(): Promise<{ browser: Browser; page: Page }> {
  const found = findBrowser();
  if (found === null) {
    throw Error(
      "a picture needs a browser of the Chromium family, and none was found: CHROME_PATH names one",
    );
  }
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...QUIET_FLAGS, ...sandboxFlags()],
  });
  return { browser, page: await browser.newPage() };
}

/** Runs in the page. */
async function drawPicture({ base64, mostPixels }: { base64: string; mostPixels: number }) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const times = Math.min(1, Math.sqrt(mostPixels / (picture.width * picture.height)));
  const [width, height] = [Math.floor(picture.width * times), Math.floor(picture.height * times)];
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) throw Error("no canvas");
  context.drawImage(picture, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const url = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsDataURL(new Blob([data]));
  });
  return { data: url.slice(url.indexOf(",") + 1), width, height };
}
