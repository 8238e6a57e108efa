import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sourcesPackage, storePackage } from "./packages.ts";
import { ROOT } from "./source-files.ts";

/**
 * `npm run zip`: builds the extension for both families of browsers and writes the packages for the stores of Chrome,
 * Edge and Firefox, and the sources that the last asks for, into .output/. The same sources give the same bytes.
 */
for (const browser of ["chrome", "firefox"]) {
  const { status } = spawnSync("wxt", ["build", "-b", browser, "--level", "error"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(1);
}

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const chromium = storePackage(join(ROOT, ".output/chrome-mv3"));
const packages: Record<string, Buffer | null> = {
  chrome: chromium,
  // The same as Chrome's: Edge needs nothing else.
  edge: chromium,
  firefox: storePackage(join(ROOT, ".output/firefox-mv3")),
  sources: sourcesPackage(),
};
for (const [name, bytes] of Object.entries(packages)) {
  if (bytes === null) {
    console.log("No sources are packed: this folder is no repository.");
    continue;
  }
  const file = `.output/countersign-${version}-${name}.zip`;
  writeFileSync(join(ROOT, file), bytes);
  console.log(`${createHash("sha256").update(bytes).digest("hex")}  ${file}`);
}
