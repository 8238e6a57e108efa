import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { startPracticeSite } from "./practice-site/server.ts";
import { launchExtension } from "./support/extension.ts";
import { hasScreen } from "./support/has-screen.ts";

/**
 * `npm start`: sees to it that there is a browser, builds the extension, starts the practice site, opens a browser with
 * both where there is a display, and stays until Ctrl+C or until the browser is closed.
 */
console.log("Building the extension ...");
const prepare = join(import.meta.dirname, "support/prepare.ts");
const prepared = spawnSync(process.execPath, [prepare, "--chromium-only"], { stdio: "inherit" });
if (prepared.status !== 0) process.exit(1);

const site = await startPracticeSite();
console.log(`The practice site is at ${site.origin}/`);

const stopped = new Promise<void>((resolve) => {
  process.once("SIGINT", resolve);
  process.once("SIGTERM", resolve);
});

if (hasScreen()) {
  const browser = await launchExtension({ display: process.env.DISPLAY ?? "" });
  const [first] = browser.context.pages();
  await first?.goto(`${site.origin}/`);
  console.log("A browser with the extension is open, with a profile of its own that is removed at the end.");
  console.log("Press Ctrl+C or close the browser to end.");
  await Promise.race([stopped, new Promise((resolve) => browser.context.once("close", resolve))]);
  await browser.close();
} else {
  console.log(
    "There is no display to open a browser on. Load .output/chrome-mv3 as an unpacked extension elsewhere.",
  );
  console.log("Press Ctrl+C to end.");
  await stopped;
}
await site.close();
