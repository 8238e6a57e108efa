import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";

/** Where the pictures go; git doesn't know this folder. */
export const PICTURES = resolve(import.meta.dirname, "../../demo");

const THEMES = ["light", "dark"] as const;
/** Of the full page, in CSS pixels; a popup has its own size. */
const PAGE_SIZE = { width: 1024, height: 760 };

/** Takes pictures of screens, each in both themes. */
export class Camera {
  #taken = 0;

  get taken(): number {
    return this.#taken;
  }

  /** Writes demo/<screen>-<language>-<theme>.png, once for each theme. */
  async take(shown: Page, screen: string, language: string, kind: "popup" | "page"): Promise<void> {
    await mkdir(PICTURES, { recursive: true });
    const session = await shown.context().newCDPSession(shown);
    if (kind === "page") {
      // 0 keeps the browser's own number of device pixels.
      const metrics = { ...PAGE_SIZE, deviceScaleFactor: 0, mobile: false };
      await session.send("Emulation.setDeviceMetricsOverride", metrics);
    }
    await codesThatStay();
    for (const theme of THEMES) {
      await session.send("Emulation.setEmulatedMedia", {
        features: [{ name: "prefers-color-scheme", value: theme }],
      });
      // Transitions of colour are short, but a picture in between has the colours of neither.
      await shown.waitForTimeout(180);
      await shown.screenshot({ path: join(PICTURES, `${screen}-${language}-${theme}.png`) });
      this.#taken++;
    }
    await session.detach();
  }
}

/** In the last five seconds a code changes colour and the next one shows: two pictures of one screen would differ. */
async function codesThatStay(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 6_500) await new Promise((resolve) => setTimeout(resolve, left));
}
