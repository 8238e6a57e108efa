import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExtensionBrowser } from "../../support/extension.ts";
import { withPermittedCopy } from "../../support/permitted-copy.ts";
import * as steps from "../vault-steps.ts";

export type DownloadStage = {
  readonly browser: ExtensionBrowser;
  /** Where the browser puts downloads. */
  readonly folder: string;
  /** The backups in it, and what the browser has not finished. */
  files(): string[];
  close(): Promise<void>;
};

/** A browser whose downloads go where a person's go, with an extension that may manage them. */
export async function openDownloadStage(language = "en-US"): Promise<DownloadStage> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-downloads-"));
  const profile = mkdtempSync(join(tmpdir(), "countersign-profile-"));
  mkdirSync(join(profile, "Default"));
  const preferences = { download: { default_directory: folder, prompt_for_download: false } };
  writeFileSync(join(profile, "Default/Preferences"), JSON.stringify(preferences));
  const started = Promise.withResolvers<ExtensionBrowser>();
  const over = Promise.withResolvers<void>();
  const copied = withPermittedCopy(
    [],
    async (extensionPath) => {
      process.env.EXTENSION_PATH = extensionPath;
      const launched = steps.launch({ userDataDir: profile, language });
      delete process.env.EXTENSION_PATH;
      started.resolve(await launched);
      await over.promise;
    },
    ["downloads"],
  );
  copied.catch(started.reject);
  const browser = await started.promise;
  // Playwright has every download put aside under another name: here they are to go where a person's go.
  const cdp = await browser.context.browser()?.newBrowserCDPSession();
  await cdp?.send("Browser.setDownloadBehavior", { behavior: "default" });
  return {
    browser,
    folder,
    files() {
      const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
      return all.filter((name) => /\.(age|crdownload)$/.test(name)).toSorted();
    },
    async close() {
      await browser.close();
      over.resolve();
      await copied;
      for (const path of [folder, profile]) rmSync(path, { recursive: true, maxRetries: 5 });
    },
  };
}
