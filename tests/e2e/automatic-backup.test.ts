import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAgeFile } from "../../extension/backup/age-file.ts";
import { utf8Decode } from "../../shared/bytes.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { thoroughTest } from "../support/thorough.ts";
import { eventually } from "./eventually.ts";
import { type DownloadStage, openDownloadStage } from "./steps/downloads.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Backups that are made by themselves, among the browser's real downloads, in the built extension. */
const { t, tn } = wordsIn("en");
const entries = ["Harbour", "Lighthouse", "Pier"].map((issuer) =>
  steps.entryOf({ issuer, account: "alice@example.com" }),
);
const SECRET = "the words of all backups";

let stage: DownloadStage;
let browser: ExtensionBrowser;
let folder: string;

beforeAll(async () => {
  stage = await openDownloadStage();
  ({ browser, folder } = stage);
  await steps.restoreInto(browser, entries, null);
});
afterAll(() => stage?.close());

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const files = () => stage.files();
const newestFile = () => join(folder, files().at(-1) ?? "");
const openBackups = () => browser.openExtensionPage("page.html#/backup");

test("are set up with a passphrase of their own, and the first is there, opens and is whole", async () => {
  const page = await openBackups();
  await button(page, t("automatic.set-up")).click();
  await page.getByRole("textbox", { name: t("automatic.passphrase") }).fill(SECRET);
  await page.getByLabel(t("passphrase.repeat")).fill(SECRET);
  await button(page, t("action.continue")).click();
  await page.getByLabel(t("automatic.keep")).selectOption("3");
  await button(page, t("automatic.switch-on")).click();
  await page.getByText(t("trial.never")).waitFor();
  expect(files()).toHaveLength(1);
  const opened = await openAgeFile(readFileSync(newestFile()), SECRET);
  const text = opened.ok ? utf8Decode(opened.value) : opened;
  for (const { secret } of entries) expect(text.ok && text.value).toContain(secret);
  await browser.picture(page, "automatic-backup-on");
  await page.close();
});

test("are tried by handing the newest over, which names the accounts that came after it", async () => {
  const page = await openBackups();
  await button(page, t("trial.action")).click();
  await page.getByText(t("trial.choose.ask", { file: files()[0]?.split("/").at(-1) ?? "" })).waitFor();
  await page.getByLabel(t("restore.file")).first().setInputFiles(newestFile());
  await page.getByText(tn("trial.all-right", 3)).first().waitFor();
  await browser.picture(page, "automatic-backup-tried");
  await button(page, t("action.close")).click();
  await eventually(() => page.getByText(t("trial.never")).count()).toBe(0);
  await page.close();
});

test("that are due survive a popup that closes in the middle: nothing is half, and the next one makes it", async () => {
  const page = await openBackups();
  const more = await steps.backupFile([steps.entryOf({ issuer: "Dock", account: "bob@example.com" })]);
  await steps.openBackup(page, more);
  await button(page, tn("restore.action", 1)).click();
  await page.getByText(tn("restore.done", 1)).first().waitFor();
  await page.close();
  const before = files();
  // Two days later, by the clock of our pages.
  await browser.context.addInitScript(() => {
    const real = Date.now;
    Date.now = () => real() + 2 * 24 * 60 * 60 * 1000;
  });
  const first = await steps.openPopupTab(browser);
  await first.locator("[data-code]").first().waitFor();
  await first.waitForTimeout(700);
  await first.close();
  expect(files()).toEqual(before);
  const second = await steps.openPopupTab(browser);
  await eventually(files).toHaveLength(before.length + 1);
  const opened = await openAgeFile(readFileSync(newestFile()), SECRET);
  expect(opened.ok).toBe(true);
  await second.close();
});

thoroughTest("stay as many as were asked for, and no file of somebody else goes", async () => {
  const foreign = join(folder, "Countersign", "countersign-2020-01-01.age");
  writeFileSync(foreign, "somebody else's");
  const page = await openBackups();
  for (let time = 0; time < 3; time++) {
    await button(page, t("automatic.make-now")).click();
    await eventually(() => button(page, t("automatic.make-now")).isEnabled()).toBe(true);
  }
  await page.getByText(t("automatic.kept-of", { count: 3, keep: 3 })).waitFor();
  await eventually(() => files().filter((name) => !name.includes("2020"))).toHaveLength(3);
  expect(readFileSync(foreign, "utf8")).toBe("somebody else's");
  rmSync(foreign);
  await page.close();
});

thoroughTest("for a key of the age tool are opened by it, and tried with the identity here", async () => {
  const page = await openBackups();
  const identity = await generateX25519Identity();
  await button(page, t("automatic.change-lock")).click();
  await page.getByLabel(t("automatic.lock.recipient")).check();
  await page.getByLabel(t("automatic.recipient")).fill(identity);
  await button(page, t("action.continue")).click();
  await page.getByText(t("automatic.recipient.secret-half")).waitFor();
  await page.getByLabel(t("automatic.recipient")).fill(await identityToRecipient(identity));
  const before = new Set(files());
  await button(page, t("action.continue")).click();
  await eventually(() => files().filter((name) => !before.has(name))).toHaveLength(1);
  await page.getByText(t("trial.never")).waitFor();
  await browser.picture(page, "automatic-backup-recipient");
  const [file = ""] = files().filter((name) => !before.has(name));
  await button(page, t("trial.action")).click();
  await page.getByLabel(t("restore.file")).first().setInputFiles(join(folder, file));
  await page
    .getByLabel(t("restore.identity", { file: file.split("/").at(-1) ?? "" }))
    .fill(await generateX25519Identity());
  // The toast may lie over the button.
  await page.keyboard.press("Enter");
  await page.getByText(t("restore.refused.wrong-identity")).waitFor();
  const keyFile = {
    name: "key.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(`# public\n${identity}\n`),
  };
  await page.getByLabel(t("restore.identity-file")).setInputFiles(keyFile);
  await page.getByText(tn("trial.all-right", 4)).first().waitFor();
  await page.close();
  if (spawnSync("which", ["age"]).status !== 0)
    return console.log("skipped in part: age is not installed (apt-get install age)");
  const key = join(folder, "key.txt");
  writeFileSync(key, `${identity}\n`);
  const { stdout, status } = spawnSync("age", ["-d", "-i", key, join(folder, file)], { encoding: "utf8" });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ format: "countersign-backup", entries: { length: 4 } });
});
