import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXTENSION_ID } from "./extension.ts";
import { findBrowser } from "./find-browser.ts";

/** Where browsers of the Chromium family look for an administrator's policies on Linux. */
const POLICY_FOLDERS = [
  { root: "/etc/chromium", policies: "policies/managed" },
  { root: "/etc/opt", policies: "chrome/policies/managed" },
  { root: "/etc/opt", policies: "chrome_for_testing/policies/managed" },
  { root: "/etc/opt", policies: "edge/policies/managed" },
] as const;

/** An administrator for the browsers that this test starts, on a machine that has none. */
export type Administrator = {
  /** Sets what an administrator would for our extension, also while the browser runs; null takes it all back. */
  manage(settings: Readonly<Record<string, unknown>> | null): void;
  /** Browsers are the usual ones again. To be called when none runs any more. */
  leave(): void;
};

/**
 * Whether a browser can be given policies that no other program sees: by a mount of its own over the folders in /etc,
 * which on Linux is for root.
 */
export function canManageBrowser(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    execFileSync("unshare", ["--mount", "true"], { stdio: "ignore" });
    return POLICY_FOLDERS.some(({ root }) => existsSync(root));
  } catch {
    return false;
  }
}

/**
 * From now on this test starts the browser where an administrator can set things for it, by way of CHROME_PATH. The files
 * of this machine are never touched.
 */
export function bringAdministrator(): Administrator {
  const browser = findBrowser();
  if (browser === null) throw Error("no browser found: `npm test` says what to do");
  const usual = process.env.CHROME_PATH;
  const folder = mkdtempSync(join(tmpdir(), "countersign-managed-"));
  const there = POLICY_FOLDERS.filter(({ root }) => existsSync(root));
  const copyOf = (root: string) => join(folder, root.replaceAll("/", "-"));
  for (const root of new Set(there.map((each) => each.root))) cpSync(root, copyOf(root), { recursive: true });
  const files = there.map(({ root, policies }) => {
    const managed = join(copyOf(root), policies);
    mkdirSync(managed, { recursive: true });
    return join(managed, "countersign-test.json");
  });
  const mounts = [...new Set(there.map((each) => each.root))].map(
    (root) => `mount --bind '${copyOf(root)}' '${root}'`,
  );
  // Named as what it stands in for: the tests tell browsers apart by their names.
  const path = join(folder, browser.kind === "branded" ? "google-chrome" : "chromium");
  // What is mounted after unshare is seen by this browser alone, and gone with it.
  writeFileSync(
    path,
    `#!/bin/sh\nexec unshare --mount sh -c "${mounts.join(" && ")} && exec '${browser.path}' \\"\\$@\\"" sh "$@"\n`,
  );
  chmodSync(path, 0o755);
  process.env.CHROME_PATH = path;
  return {
    manage(settings) {
      for (const file of files) {
        if (settings === null) rmSync(file, { force: true });
        else
          writeFileSync(file, JSON.stringify({ "3rdparty": { extensions: { [EXTENSION_ID]: settings } } }));
      }
    },
    leave() {
      if (usual === undefined) delete process.env.CHROME_PATH;
      else process.env.CHROME_PATH = usual;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
