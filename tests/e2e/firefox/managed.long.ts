import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFirefox } from "../../support/find-firefox.ts";
import { type Firefox, GECKO_ID, launchFirefox } from "../../support/firefox.ts";
import { eventually } from "../eventually.ts";
import { wordsIn } from "../words.ts";

const { t, tn } = wordsIn("en");
const text = (page: Page) => page.evaluate(() => document.body.innerText);

/** Where Firefox looks in the home of a person, by system. Windows asks the registry, which no test may write to. */
const FOLDERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [".mozilla", "managed-storage"],
  darwin: ["Library", "Application Support", "Mozilla", "ManagedStorage"],
};
const folder = FOLDERS[process.platform];

describe.skipIf(findFirefox() === null || folder === undefined)(
  "Firefox with a manifest of an administrator (needs it, on Linux or macOS)",
  { timeout: 240_000 },
  () => {
    const usual = process.env.HOME;
    let home: string;
    let firefox: Firefox;

    beforeAll(async () => {
      // A home of its own: nothing of this machine is changed, and no other Firefox sees it.
      home = await mkdtemp(join(tmpdir(), "countersign-home-"));
      const manifests = join(home, ...(folder ?? []));
      await mkdir(manifests, { recursive: true });
      const data = {
        passphraseRequired: 1,
        longestAutoLockMinutes: "20",
        exportForbidden: true,
        exportForbiden: true,
        serverAddress: "https://codes.example.com/team",
      };
      const manifest = { name: GECKO_ID, description: "Countersign", type: "storage", data };
      await writeFile(join(manifests, `${GECKO_ID}.json`), JSON.stringify(manifest));
      process.env.HOME = home;
      firefox = await launchFirefox();
      await firefox.loadTemporarily();
    });
    afterAll(async () => {
      await firefox?.close();
      if (usual === undefined) delete process.env.HOME;
      else process.env.HOME = usual;
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    });

    test("heeds it, and names what it can't heed", async () => {
      const page = await firefox.openExtensionPage("page.html#/settings");
      await eventually(() => text(page)).toContain(t("policy.title"));
      const shown = await text(page);
      expect(shown).toContain(t("policy.server-unused", { address: "https://codes.example.com/team" }));
      expect(shown).toContain(t("policy.passphrase-fact"));
      expect(shown).toContain(t("policy.export-fact"));
      expect(shown).toContain(tn("policy.unread", 2, { names: "longestAutoLockMinutes and exportForbiden" }));
      expect(shown).toContain(t("policy.passphrase-required"));
      expect(shown).not.toContain(t("protect.later"));
      expect(firefox.networkLog.requests.filter(({ url }) => url.includes("codes.example"))).toEqual([]);
    });
  },
);
