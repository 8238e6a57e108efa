import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { sealAgeFile } from "../../extension/backup/age-file.ts";
import { utf8 } from "../../shared/bytes.ts";
import { formatBackup } from "../../shared/formats/backup.ts";
import { draftToEntry, type Entry } from "../../shared/otp/entry.ts";
import { type Algorithm, hotpCode, timeStep, toBase32 } from "../practice-site/expected-code.ts";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import type { LaunchOptions } from "../support/launch-browser.ts";
import { wordsOf } from "./words.ts";

/** What tests of the vault do again and again, in the real browser and through the real screens. */
export const PASSPHRASE = "alice keeps four random words";
export const BACKUP_PASSPHRASE = "the words of the backup file";

/** The popup's own size in CSS pixels. */
export const POPUP = { width: 380, height: 560 };

type Names = { readonly issuer: string; readonly account: string };

/** Starts a browser; EXTENSION_PATH names another build than the usual one. */
export function launch(options: LaunchOptions = {}): Promise<ExtensionBrowser> {
  const { EXTENSION_PATH } = process.env;
  return launchExtension({ ...options, ...(EXTENSION_PATH && { extensionPath: EXTENSION_PATH }) });
}

/** Opens the popup's page in a tab of the popup's size: it lives as long as the test wants, and is attached to at once. */
export async function openPopupTab(browser: ExtensionBrowser): Promise<Page> {
  const page = await browser.openExtensionPage("popup.html");
  await page.setViewportSize(POPUP);
  return page;
}

/** The bytes of a secret that is another one for every name, and the same in every run. */
export function secretOf(name: string): Buffer {
  return createHash("sha1").update(name).digest();
}

/** An entry as a backup holds it; its secret follows from its names. */
export function entryOf(patch: Partial<Entry> & Names): Entry {
  const base = {
    type: "totp" as const,
    secret: toBase32(secretOf(`${patch.issuer}/${patch.account}`)),
    algorithm: "SHA1" as const,
    digits: 6,
    period: 30,
    counter: null,
    pin: null,
  };
  return { ...draftToEntry({ ...base, ...patch }, Date.now()), ...patch };
}

/** The code that a site would expect of that entry at a time, computed by other code than the extension's. */
export function expectedCode(entry: Entry, timeMs: number): string {
  const counter = entry.counter ?? timeStep(timeMs, entry.period ?? 30);
  const secret = secretOf(`${entry.issuer}/${entry.account}`);
  return hotpCode(secret, counter, entry.algorithm as Algorithm, entry.digits);
}

/** A file as a person hands it to a page. */
export type HandedFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** A backup file as the extension writes it, only cheaper to open: the cost stands in the file. */
export function backupFile(entries: readonly Entry[], passphrase = BACKUP_PASSPHRASE): Promise<HandedFile> {
  const items = entries.map((entry, order) => ({ id: crypto.randomUUID(), pinned: false, order, entry }));
  return sealedText(formatBackup(items, Date.now()), passphrase);
}

/** Any text in an age file under a passphrase. */
export async function sealedText(text: string, passphrase = BACKUP_PASSPHRASE): Promise<HandedFile> {
  const bytes = await sealAgeFile(utf8(text), passphrase, 10);
  return { name: "countersign-test.age", mimeType: "application/octet-stream", buffer: Buffer.from(bytes) };
}

/** Opens a backup file on the restore screen, up to the preview (or the question for a first passphrase before it). */
export async function openBackup(
  page: Page,
  file: HandedFile,
  passphrase = BACKUP_PASSPHRASE,
): Promise<void> {
  const { t } = await wordsOf(page);
  await page.getByLabel(t("restore.file")).setInputFiles(file);
  await page.getByLabel(t("restore.passphrase", { file: file.name })).fill(passphrase);
  await page.getByRole("button", { name: t("restore.open"), exact: true }).click();
}

/** Answers the question for the first passphrase; null puts it off. */
export async function protect(page: Page, passphrase: string | null): Promise<void> {
  const { t } = await wordsOf(page);
  if (passphrase === null) return page.getByRole("button", { name: t("protect.later"), exact: true }).click();
  await page.getByLabel(t("passphrase.new")).fill(passphrase);
  await page.getByLabel(t("passphrase.repeat")).fill(passphrase);
  await page.getByRole("button", { name: t("protect.action"), exact: true }).click();
}

/** Fills an empty profile with entries, the way a person would who comes from another computer. */
export async function restoreInto(
  browser: ExtensionBrowser,
  entries: readonly Entry[],
  passphrase: string | null,
): Promise<void> {
  const page = await browser.openExtensionPage("page.html#/backup");
  const { tn } = await wordsOf(page);
  await openBackup(page, await backupFile(entries));
  await protect(page, passphrase);
  await page.getByRole("button", { name: tn("restore.action", entries.length), exact: true }).click();
  await page.getByText(tn("restore.done", entries.length)).first().waitFor();
  await page.close();
}

/** Unlocks whichever page of ours asks for the passphrase. */
export async function unlockWith(page: Page, passphrase: string): Promise<void> {
  const { t } = await wordsOf(page);
  await page.getByLabel(t("passphrase.label"), { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: t("locked.unlock"), exact: true }).click();
}

/** The rows of the popup's list that are drawn, from top to bottom, as "issuer code". */
export async function drawnRows(page: Page): Promise<{ name: string; code: string | null }[]> {
  return page.locator(".row").evaluateAll((rows) =>
    rows
      .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((row) => ({
        name: row.querySelector(".row-issuer")?.firstChild?.textContent ?? "",
        code: row.querySelector("[data-code]")?.getAttribute("data-code") ?? null,
      })),
  );
}
