import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base32Decode } from "../../shared/bytes.ts";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { fillByEnter } from "./steps/fill.ts";
import { closePopup, scanAndKeep } from "./steps/keep.ts";
import { dumpDatabases, dumpStorage } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** One whole main job, and then everything it has left behind is searched. The tests build on each other. */
const { t } = wordsIn("en");
const ISSUER = "Planted-Issuer-9b1d";
const ACCOUNT = "planted-account-4c7e@example.com";

let profile: string;
let site: PracticeSite;
let browser: ExtensionBrowser;
/** What must not be found: the secret in every spelling, and the names, as text. */
let planted: string[];
/** What the browser has said against a page of ours or a page we were used on. */
const violations: string[] = [];

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), "countersign-privacy-"));
  site = await startPracticeSite();
  browser = await steps.launch({ userDataDir: profile });
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await rm(profile, { recursive: true, maxRetries: 5 });
});

const open = (path: string, query: Record<string, string> = {}) =>
  browser.openPage(`${site.origin}${path}?${new URLSearchParams(query)}`);

/** The reports of a page that broke its content security policy, also those from before anyone listened. */
function policyReports(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const reports: string[] = [];
    const observer = new ReportingObserver(
      (seen) => reports.push(...seen.map((each) => JSON.stringify(each))),
      {
        types: ["csp-violation"],
        buffered: true,
      },
    );
    observer.observe();
    await new Promise((resolve) => setTimeout(resolve, 50));
    observer.disconnect();
    return reports;
  });
}

test("no request leaves during first run, scan, keep, fill and backup", async () => {
  const enrolment = await open("/enroll/png", { issuer: ISSUER, account: ACCOUNT });
  await scanAndKeep(browser, enrolment, { passphrase: steps.PASSPHRASE });
  const secret = site.enrolmentOf(ACCOUNT)?.secret ?? "";
  const bytes = base32Decode(secret);
  if (!bytes.ok) throw Error("the site's own secret is not base32");
  const raw = Buffer.from(bytes.value);
  planted = [secret, secret.toLowerCase(), raw.toString("base64"), raw.toString("latin1"), ISSUER, ACCOUNT];

  const signIn = await open("/sign-in/single", { account: ACCOUNT });
  const elementsBefore = await signIn.locator("*").count();
  await fillByEnter(browser, signIn, ACCOUNT);
  expect(await signIn.locator("*").count(), "nothing is drawn into the page").toBe(elementsBefore);

  const page = await browser.openExtensionPage("page.html#/backup");
  await page.getByRole("button", { name: t("backup.write-action"), exact: true }).click();
  await page.getByLabel(t("backup.ask-own")).fill(steps.PASSPHRASE);
  await page.getByRole("button", { name: t("action.continue") }).click();
  await page.getByLabel(t("backup.passphrase")).fill(steps.BACKUP_PASSPHRASE);
  await page.getByLabel(t("passphrase.repeat")).fill(steps.BACKUP_PASSPHRASE);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: t("backup.write-action"), exact: true }).click();
  await (await download).saveAs(join(profile, "backup.age"));
  violations.push(...(await policyReports(page)));

  expect(browser.networkLog.requestsBeyond([site.origin])).toEqual([]);
  const fromExtension = browser.networkLog.requests.filter(({ origin }) =>
    origin?.startsWith("chrome-extension"),
  );
  expect(fromExtension).toEqual([]);
});

test("no page of ours breaks its own content security policy, and one that did would be seen", async () => {
  for (const path of ["image", "backup", "trash", "settings"]) {
    const page = await browser.openExtensionPage(`page.html#/${path}`);
    await page.locator("h1").waitFor();
    violations.push(...(await policyReports(page)));
    await page.close();
  }
  const popup = await browser.pressAction(await open("/sign-in/single", { account: ACCOUNT }));
  await popup.locator("[data-code]").first().waitFor();
  violations.push(...(await policyReports(popup)));
  expect(violations).toEqual([]);

  await popup.evaluate(() => fetch("http://example.com/").catch(() => null));
  expect((await policyReports(popup)).join()).toContain("example.com");
  await closePopup(popup);
});

test("the secret and the names stand nowhere in clear", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").first().waitFor();
  const databases = await dumpDatabases(popup);
  const stored = JSON.stringify([await dumpStorage(popup, "local"), await dumpStorage(popup, "session")]);
  const addresses = await Promise.all(
    browser.context.pages().map(async (page) => `${page.url()} ${await page.title()}`),
  );
  for (const text of planted) {
    const hex = [Buffer.from(text, "utf8"), Buffer.from(text, "latin1")].map((bytes) =>
      bytes.toString("hex"),
    );
    for (const spelling of [text, ...hex]) {
      expect(databases).not.toContain(spelling);
      expect(stored).not.toContain(spelling);
    }
    const ours = addresses.filter((address) => address.startsWith("chrome-extension:")).join();
    expect(ours).not.toContain(text);
  }
  expect(JSON.parse(databases)["countersign/entries"].rows).toHaveLength(1);
  await popup.close();
});

test("storage.local holds only how things look and when they were last looked at", async () => {
  const page = await browser.openExtensionPage("page.html#/settings");
  await page.getByLabel(t("settings.theme")).selectOption({ label: t("settings.theme.dark") });
  const preferences = { theme: "dark", language: "system", sortBy: "usage", copyAfterFilling: false };
  await eventually(() => dumpStorage(page, "local")).toEqual({
    preferences,
    "last-seen": { at: expect.any(Number), jump: null },
  });
  await page.close();
});

test("a locked vault leaves no key in memory that scripts can read", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").first().waitFor();
  const { "vault-key": before } = (await dumpStorage(popup, "session")) as { "vault-key": { key: string } };
  expect(before.key.length).toBeGreaterThan(40);
  await popup.keyboard.press("Alt+l");
  await popup.getByText(t("locked.by-hand")).waitFor();
  const session = await dumpStorage(popup, "session");
  expect(JSON.stringify(session)).not.toContain(before.key);
  expect(Object.keys(session)).toEqual(["vault-locked"]);
  expect(await popup.locator("html").innerHTML()).not.toContain(ISSUER);
  await popup.close();
});

// The last test: it closes the browser, so that all is written to disk.
test("the files of the profile hold the secret and the names only as ciphertext", async () => {
  await browser.close();
  const folders = (await readdir(join(profile, "Default"), { withFileTypes: true })).map(({ name }) => name);
  expect(folders).toContain("IndexedDB");
  let searched = 0;
  for (const folder of folders.filter((name) =>
    /^(IndexedDB|.*Extension.*|Local Storage|Service Worker)$/.test(name),
  )) {
    for (const file of await readdir(join(profile, "Default", folder), {
      recursive: true,
      withFileTypes: true,
    })) {
      // The practice site's own databases would be in folders named after it.
      if (!file.isFile()) continue;
      const bytes = await readFile(join(file.parentPath, file.name));
      searched += bytes.length;
      for (const text of planted)
        for (const encoding of ["latin1", "utf8", "utf16le"] as const)
          expect(bytes.includes(Buffer.from(text, encoding)), `${file.name} as ${encoding}`).toBe(false);
    }
  }
  expect(searched).toBeGreaterThan(10_000);
});
