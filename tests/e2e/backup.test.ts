import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { thoroughTest } from "../support/thorough.ts";
import { eventually } from "./eventually.ts";
import { dumpDatabases } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** A backup goes out of one profile and into another, through the screens and the browser's own downloads. */
const { t, tn } = wordsIn("en");
const entries = [
  { issuer: "Harbour", account: "alice@example.com", tags: ["work"], sites: ["harbour.example"] },
  { issuer: "Lighthouse", account: "bob@example.com", digits: 8, algorithm: "SHA256" as const },
  { issuer: "灯塔", account: "爱丽丝", note: "备用" },
  { issuer: "Counter", account: "eve", type: "hotp" as const, period: null, counter: 41 },
].map((entry) => steps.entryOf({ period: 86_400, ...entry }));

let first: ExtensionBrowser;
let second: ExtensionBrowser;
let file: { name: string; mimeType: string; buffer: Buffer };

beforeAll(async () => {
  first = await steps.launch();
  await steps.restoreInto(first, entries, steps.PASSPHRASE);
});
afterAll(async () => {
  await first?.close();
  await second?.close();
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Presses a button that ends in a download, and reads the file. */
async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; buffer: Buffer }> {
  const download = page.waitForEvent("download");
  await press();
  const saved = await download;
  return { name: saved.suggestedFilename(), buffer: await readFile(await saved.path()) };
}

test("a backup asks for the vault's passphrase again, then for its own, and is an age file", async () => {
  const page = await first.openExtensionPage("page.html#/backup");
  await button(page, t("backup.write-action")).click();
  await page.getByLabel(t("backup.ask-own")).fill("not the passphrase");
  await button(page, t("action.continue")).click();
  await page.getByText(t("unlock.wrong-passphrase")).waitFor();
  await page.getByLabel(t("backup.ask-own")).fill(steps.PASSPHRASE);
  await button(page, t("action.continue")).click();
  await page.getByLabel(t("backup.passphrase")).fill("short");
  await button(page, t("backup.write-action")).click();
  await page.getByText(t("passphrase.too-short", { count: 8 })).waitFor();
  await page.getByLabel(t("backup.passphrase")).fill(steps.BACKUP_PASSPHRASE);
  await page.getByLabel(t("passphrase.repeat")).fill("something else");
  await button(page, t("backup.write-action")).click();
  await page.getByText(t("passphrase.differ")).waitFor();
  await page.getByLabel(t("passphrase.repeat")).fill(steps.BACKUP_PASSPHRASE);
  const written = await downloaded(page, () => button(page, t("backup.write-action")).click());
  await page
    .getByText(tn("backup.written", entries.length, { file: written.name }))
    .first()
    .waitFor();
  expect(written.name).toMatch(/^countersign-\d{4}-\d\d-\d\d\.age$/);
  expect(written.buffer.subarray(0, 21).toString()).toBe("age-encryption.org/v1");
  file = { ...written, mimeType: "application/octet-stream" };
  await page.close();
});

test("a new profile shows what is in it with live codes, and restores what is ticked", async () => {
  second = await steps.launch();
  const page = await second.openExtensionPage("page.html#/backup");
  await steps.openBackup(page, file, "not the words of the backup");
  await page.getByText(t("restore.refused.wrong-passphrase")).waitFor();
  await page.getByLabel(t("restore.passphrase", { file: file.name })).fill(steps.BACKUP_PASSPHRASE);
  await button(page, t("restore.open")).click();
  await steps.protect(page, steps.PASSPHRASE);
  const rows = page.locator("tbody tr");
  await rows.nth(entries.length - 1).waitFor();
  for (const [at, entry] of entries.entries()) {
    await eventually(() => rows.nth(at).locator("[data-code]").getAttribute("data-code")).toBe(
      steps.expectedCode(entry, Date.now()),
    );
  }
  await page.getByLabel("Lighthouse").uncheck();
  await button(page, tn("restore.action", 3)).click();
  await page.getByText(tn("restore.done", 3)).first().waitFor();
  await page.close();

  const popup = await steps.openPopupTab(second);
  await popup.locator("[data-code]").nth(1).waitFor();
  const [harbour, , tower, counter] = entries;
  expect(await steps.drawnRows(popup)).toEqual([
    { name: "Harbour", code: harbour && steps.expectedCode(harbour, Date.now()) },
    { name: "灯塔", code: tower && steps.expectedCode(tower, Date.now()) },
    { name: "Counter", code: null },
  ]);
  await popup.getByRole("combobox").fill("counter");
  await popup.keyboard.press("Control+c");
  await eventually(async () => (await steps.drawnRows(popup))[0]?.code).toBe(
    counter && steps.expectedCode(counter, 0),
  );
  await popup.close();
});

test("restoring again names what is here, what differs and what is new", async () => {
  const popup = await steps.openPopupTab(second);
  await popup.getByRole("combobox").fill("灯塔");
  await popup.keyboard.press("Alt+e");
  await popup.getByLabel(t("form.account")).fill("爱丽丝二号");
  await popup.keyboard.press("Enter");
  await popup.getByText("爱丽丝二号").waitFor();
  await popup.close();
  const page = await second.openExtensionPage("page.html#/backup");
  await steps.openBackup(page, file);
  const states = () => page.locator("tbody tr td:last-child").allInnerTexts();
  await eventually(states).toEqual([
    t("restore.same"),
    t("restore.new"),
    t("restore.differs", { fields: t("form.account") }),
    // Its counter has gone on here, and is never set back.
    t("restore.same"),
  ]);
  expect(await page.getByLabel("灯塔").isChecked(), "nothing is replaced unless somebody says so").toBe(
    false,
  );
  expect(await page.getByLabel("Harbour").isDisabled()).toBe(true);
  const before = await dumpDatabases(page);
  await button(page, t("action.cancel")).click();
  expect(await dumpDatabases(page)).toBe(before);
  await page.close();
});

test("the last restore can be undone", async () => {
  const page = await second.openExtensionPage("page.html#/backup");
  await steps.openBackup(page, file);
  await button(page, tn("restore.action", 1)).click();
  await page.getByText(tn("restore.done", 1)).first().waitFor();
  const popup = await steps.openPopupTab(second);
  await popup.getByText("Lighthouse").waitFor();
  await page.bringToFront();
  await button(page, t("restore.undo")).click();
  await page.getByText(tn("restore.undone", 1)).first().waitFor();
  await popup.bringToFront();
  await eventually(() => popup.getByText("Lighthouse").count()).toBe(0);
  expect(await popup.locator(".row").count()).toBe(3);
  await popup.close();
  await page.close();
});

thoroughTest("files that are no backup, or a broken one, are told apart and change nothing", async () => {
  const page = await second.openExtensionPage("page.html#/backup");
  await page.getByRole("button", { name: t("restore.choose") }).waitFor();
  const before = await dumpDatabases(page);
  const broken = Buffer.from(file.buffer);
  broken.writeUInt8((broken.at(-20) ?? 0) ^ 1, broken.length - 20);
  // What begins as none is refused before anybody is asked for its passphrase.
  for (const text of ["just some text", "", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP\n"]) {
    await page.getByLabel(t("restore.file")).setInputFiles({ ...file, buffer: Buffer.from(text) });
    await eventually(() => page.getByRole("alert").allInnerTexts()).toEqual([
      t("restore.refused.not-a-backup"),
    ]);
    expect(await button(page, t("restore.choose")).isVisible()).toBe(true);
    await page.reload();
  }
  const cases: [Buffer, string][] = [
    [broken, t("restore.refused.corrupt")],
    [file.buffer.subarray(0, file.buffer.length - 100), t("restore.refused.corrupt")],
    [(await steps.sealedText('{"format":"something else"}')).buffer, t("restore.refused.not-a-backup")],
    [
      (await steps.sealedText('{"format":"countersign-backup","version":2,"createdAt":1,"entries":[]}'))
        .buffer,
      t("restore.refused.newer-version"),
    ],
  ];
  for (const [buffer, sentence] of cases) {
    await steps.openBackup(page, { ...file, buffer });
    await eventually(() => page.getByRole("alert").allInnerTexts()).toEqual([sentence]);
    await button(page, t("action.cancel")).click();
  }
  expect(await dumpDatabases(page)).toBe(before);
  await page.close();
});
