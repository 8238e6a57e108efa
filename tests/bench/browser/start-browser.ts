import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { DEFLECTING_FLAGS, QUIET_FLAGS, sandboxFlags } from "../../support/browser-flags.ts";
import { findBrowser } from "../../support/find-browser.ts";
import { DevTools } from "./devtools.ts";

export type StartedBrowser = { readonly devtools: DevTools; close(): Promise<void> };

/** Starts a headless browser with a new profile and nothing but its debugging pipe. */
export async function startBrowser(): Promise<StartedBrowser> {
  const browser = findBrowser();
  if (browser === null) throw Error("no browser found: `npm test` says what to do");
  const profile = await mkdtemp(join(tmpdir(), "countersign-bench-profile-"));
  const flags = [
    ...QUIET_FLAGS,
    ...DEFLECTING_FLAGS,
    ...sandboxFlags(),
    "--headless=new",
    "--remote-debugging-pipe",
    "--enable-unsafe-extension-debugging",
    "--disable-features=PaintHolding",
    "--lang=en-US",
    "--window-size=1200,860",
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(browser.path, [...flags, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const [, , , output, input] = child.stdio;
  if (!(output instanceof Writable && input instanceof Readable)) throw Error("the browser has no pipe");
  const devtools = new DevTools({ input, output });
  return {
    devtools,
    async close() {
      await devtools
        .session()
        .send("Browser.close")
        .catch(() => {});
      await ended;
      await rm(profile, { recursive: true, maxRetries: 5 });
    },
  };
}
