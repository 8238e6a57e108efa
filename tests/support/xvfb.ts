import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { findOnPath } from "./find-browser.ts";

const run = promisify(execFile);

/** A screen of a test's own, with real keys and a real mouse. Key names are xdotool's: "alt+shift+s", "Return", "Up". */
export type Screen = {
  /** For `launchExtension({ display })`. */
  readonly display: string;
  /** Gives the browser's window the keyboard, once it is there: without a window manager nobody else does. */
  focusWindow(): Promise<void>;
  /** Presses keys one after the other in the window that has the keyboard. */
  pressKeys(...keys: string[]): Promise<void>;
  typeText(text: string): Promise<void>;
  /** Puts the window that has the keyboard elsewhere, so that what lies under it can be seen. */
  placeWindow(box: { x: number; y: number; width: number; height: number }): Promise<void>;
  /** Waits until the browser's own dialog or bubble has the keyboard, which is then the page's no longer. */
  dialogTookKeyboard(page: Page): Promise<void>;
  /** Clicks at a place of a page, in CSS pixels from the top left corner of its visible part. */
  nativeClick(page: Page, x: number, y: number): Promise<void>;
  /** The same with the right button: the browser's own context menu opens. Walk it with `pressKeys("Up", "Return")`. */
  nativeRightClick(page: Page, x: number, y: number): Promise<void>;
  stop(): Promise<void>;
};

/** Whether this machine can give a test a screen; where it can't, such tests are skipped. */
export function hasXvfb(): boolean {
  return findOnPath("Xvfb") !== null && findOnPath("xdotool") !== null;
}

/** Starts an Xvfb on the next free display, 1280 by 900 pixels. */
export async function startXvfb(): Promise<Screen> {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const number = await new Promise<string>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(Error(`Xvfb ended at once with code ${code}`)));
    server.stdio[3]?.once("data", (data: Buffer) => resolve(data.toString().trim()));
  });
  const display = `:${number}`;
  const xdotool = async (...args: string[]): Promise<string> =>
    (await run("xdotool", args, { env: { ...process.env, DISPLAY: display } })).stdout.trim();

  const clickAt = async (page: Page, x: number, y: number, button: string): Promise<void> => {
    const corner = await page.evaluate(() => ({
      x: screenX + (outerWidth - innerWidth) / 2,
      y: screenY + outerHeight - innerHeight,
    }));
    await xdotool("mousemove", `${Math.round(corner.x + x)}`, `${Math.round(corner.y + y)}`, "click", button);
    // Menus take a moment to open and to take the keyboard.
    await pause(400);
  };

  return {
    display,
    async focusWindow() {
      const found = await xdotool("search", "--sync", "--onlyvisible", "--name", ".+");
      await xdotool("windowfocus", "--sync", found.split("\n").at(-1) ?? "");
    },
    async pressKeys(...keys) {
      for (const key of keys) {
        await xdotool("key", "--clearmodifiers", key);
        await pause(120);
      }
    },
    typeText: async (text) => void (await xdotool("type", "--delay", "20", text)),
    async placeWindow({ x, y, width, height }) {
      const id = await xdotool("getwindowfocus");
      await xdotool("windowsize", "--sync", id, `${width}`, `${height}`);
      await xdotool("windowmove", "--sync", id, `${x}`, `${y}`);
    },
    async dialogTookKeyboard(page) {
      await page.evaluate(() => {
        addEventListener("keydown", ({ key }) => {
          if (key === "Shift") Object.assign(globalThis, { gotShift: true });
        });
      });
      for (let tries = 0; tries < 60; tries++) {
        await page.evaluate(() => Object.assign(globalThis, { gotShift: false }));
        await xdotool("key", "shift");
        await pause(250);
        const isOurs = await page.evaluate(() => (globalThis as { gotShift?: boolean }).gotShift === true);
        // What opens under somebody's fingers takes no answer at first.
        if (!isOurs) return pause(1_000);
      }
      throw Error("no dialog of the browser took the keyboard");
    },
    nativeClick: (page, x, y) => clickAt(page, x, y, "1"),
    nativeRightClick: (page, x, y) => clickAt(page, x, y, "3"),
    async stop() {
      server.kill();
      await ended;
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
