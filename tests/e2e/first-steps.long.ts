import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import QRCode from "qrcode";
import { afterEach, beforeEach, expect, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { dumpStorage } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** The first steps, from an empty popup to a kept account and a backup that restores. */
const { t, tn } = wordsIn("en");
const harbour = steps.entryOf({ issuer: "Harbour", account: "alice@example.com", period: 86_400 });

let browser: ExtensionBrowser;

beforeEach(async () => {
  browser = await steps.launch();
});
afterEach(() => browser?.close());

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
/** The title that the focus is on, with what a screen reader says before it. */
const focusedTitle = (page: Page) => page.evaluate(() => document.activeElement?.textContent);
const titled = (number: number, title: string) => `${t("welcome.place", { number, count: 3 })} ${title}`;
const currentStep = (page: Page) => page.locator("[aria-current=step]").innerText();

async function openFirstSteps(): Promise<Page> {
  const page = await browser.openExtensionPage("page.html#/welcome");
  await page.getByRole("heading", { name: t("welcome.what-title") }).waitFor();
  return page;
}

async function keepByPicture(page: Page): Promise<void> {
  await button(page, `${t("add.image")} ${t("add.image-detail")}`).click();
  const buffer = await QRCode.toBuffer(formatOtpauthUri(harbour), { scale: 6 });
  await page.locator("input[type=file]").setInputFiles({ name: "code.png", mimeType: "image/png", buffer });
  await button(page, t("keep.action")).click();
}

test("the popup of somebody without accounts leads through all three, to an account and a backup that restores", async () => {
  const opened = browser.context.waitForEvent("page", (page) => page.url().includes("#/welcome"));
  const popup = await browser.pressAction(await browser.openPage("about:blank"));
  await button(popup, t("page.welcome")).click();
  const page = await opened;
  await page.getByRole("heading", { name: t("welcome.what-title") }).waitFor();
  expect(await currentStep(page)).toContain(t("welcome.name.what"));
  await page.getByText(t("welcome.what-key", { key: "Alt+Shift+O" })).waitFor();

  await button(page, t("action.continue")).click();
  await eventually(() => focusedTitle(page)).toBe(titled(2, t("welcome.account-title")));
  await keepByPicture(page);
  await steps.protect(page, null);
  await eventually(() => focusedTitle(page)).toBe(titled(2, t("welcome.kept-title")));
  await eventually(() => page.locator("[data-code]").first().getAttribute("data-code")).toBe(
    steps.expectedCode(harbour, Date.now()),
  );

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await eventually(() => focusedTitle(page)).toBe(titled(3, t("welcome.safety-title")));
  await button(page, t("protect.title")).click();
  await steps.protect(page, steps.PASSPHRASE);
  await page.getByText(t("data.by-passphrase")).waitFor();
  await eventually(() => focusedTitle(page)).toBe(titled(3, t("welcome.safety-title")));
  await eventually(() => page.getByRole("status").last().innerText()).toContain(t("protect.done"));

  await button(page, t("backup.write-action")).click();
  await page.getByLabel(t("backup.ask-own")).fill(steps.PASSPHRASE);
  await page.keyboard.press("Enter");
  await page.getByLabel(t("backup.passphrase")).fill(steps.BACKUP_PASSPHRASE);
  await page.getByLabel(t("passphrase.repeat")).fill(steps.BACKUP_PASSPHRASE);
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const saved = await download;
  const file = {
    name: saved.suggestedFilename(),
    mimeType: "application/octet-stream",
    buffer: await readFile(await saved.path()),
  };
  await eventually(() => focusedTitle(page)).toBe(titled(3, t("welcome.safety-done")));
  await page
    .getByText(tn("backup.written", 1, { file: file.name }))
    .first()
    .waitFor();
  await button(page, t("welcome.finish")).click();
  await eventually(async () => (await steps.drawnRows(page))[0]?.name).toBe("Harbour");
  expect(await dumpStorage(page, "local")).not.toHaveProperty("first-steps");

  const other = await steps.launch();
  try {
    const restored = await other.openExtensionPage("page.html#/welcome");
    await button(restored, t("action.continue")).click();
    await button(restored, `${t("add.restore")} ${t("add.restore-detail")}`).click();
    await steps.openBackup(restored, file);
    await steps.protect(restored, null);
    await button(restored, tn("restore.action", 1)).click();
    await restored.getByRole("heading", { name: t("welcome.kept-title") }).waitFor();
    await eventually(() => restored.locator("[data-code]").first().getAttribute("data-code")).toBe(
      steps.expectedCode(harbour, Date.now()),
    );
  } finally {
    await other.close();
  }
});

test("an account that is kept in the popup meanwhile lets the steps go on, and a closed tab takes nothing back", async () => {
  let page = await openFirstSteps();
  await button(page, t("action.continue")).click();
  await page.getByRole("heading", { name: t("welcome.account-title") }).waitFor();

  const popup = await steps.openPopupTab(browser);
  await popup.getByText(t("add.type"), { exact: true }).click();
  await popup.getByLabel(t("form.secret"), { exact: true }).fill(formatOtpauthUri(harbour));
  await button(popup, t("keep.action")).click();
  await steps.protect(popup, steps.PASSPHRASE);
  await popup.getByRole("grid").waitFor();
  await popup.close();
  await page.getByRole("heading", { name: t("welcome.kept-title") }).waitFor();
  await page.close();

  page = await browser.openExtensionPage("page.html#/help");
  await page.getByRole("link", { name: t("welcome.go-on") }).click();
  await page.getByRole("heading", { name: t("welcome.kept-title") }).waitFor();
  await button(page, t("action.continue")).click();
  // The passphrase was set on the way: only the backup is left.
  await page.getByText(t("data.by-passphrase")).waitFor();
  expect(await button(page, t("protect.title")).count()).toBe(0);
  await button(page, t("welcome.finish-without")).click();
  await eventually(async () => (await steps.drawnRows(page))[0]?.name).toBe("Harbour");

  // Nobody with accounts is shown them again.
  await page.goto(page.url().replace(/#.*/, "#/welcome"));
  await eventually(() => page.url()).toContain("#/codes");
  await page.goto(page.url().replace(/#.*/, "#/help"));
  await page.locator("[data-chord]").first().waitFor();
  expect(await page.getByRole("link", { name: t("welcome.go-on") }).count()).toBe(0);
  expect(await page.getByText(t("welcome.help")).count()).toBe(0);
});

test("every step can be skipped and gone back from, by button, by Escape and by the browser; nothing is kept", async () => {
  const page = await openFirstSteps();
  await page.keyboard.press("Escape");
  expect(await currentStep(page)).toContain(t("welcome.name.what"));
  await button(page, t("action.continue")).click();
  await button(page, `${t("add.type")} ${t("add.type-detail")}`).click();
  await page.getByLabel(t("form.issuer")).fill("Harb");
  await page.keyboard.press("Escape");
  await eventually(() => focusedTitle(page)).toBe(titled(2, t("welcome.account-title")));
  await page.keyboard.press("Escape");
  await eventually(() => focusedTitle(page)).toBe(titled(1, t("welcome.what-title")));
  await button(page, t("action.continue")).click();
  await button(page, `${t("add.type")} ${t("add.type-detail")}`).click();
  await eventually(() => page.getByLabel(t("form.issuer")).inputValue()).toBe("Harb");
  await button(page, t("action.back")).click();
  await button(page, t("welcome.skip")).click();
  await page.getByText(t("welcome.safety-nothing")).waitFor();
  await page.goBack();
  await eventually(() => focusedTitle(page)).toBe(titled(2, t("welcome.account-title")));

  await page.reload();
  await page.getByRole("heading", { name: t("welcome.account-title") }).waitFor();
  expect(await currentStep(page)).toContain(t("welcome.name.account"));
  await button(page, t("welcome.skip")).click();
  await button(page, t("welcome.finish")).click();
  await page.getByText(t("codes.empty")).waitFor();
  await page.getByRole("link", { name: t("page.welcome"), exact: true }).click();
  await page.getByRole("heading", { name: t("welcome.what-title") }).waitFor();
});
