import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { ARCHIVE_PASSWORD, packedList, plainList } from "./steps/export-files.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Everything that comes in by files: looked at, chosen from, kept at once, taken back. */
const { t, tn } = wordsIn("en");

const harbour = steps.entryOf({ issuer: "Harbour", account: "alice@example.com", period: 86_400 });
const tower = steps.entryOf({ issuer: "Lighthouse", account: "bob@example.com", period: 86_400 });

let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, [harbour, tower], steps.PASSPHRASE);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  page = await browser.openExtensionPage("page.html#/backup");
  await page.getByRole("link", { name: t("backup.import-go"), exact: true }).click();
  await page.locator(".drop").waitFor();
});
afterEach(() => page.close());

const button = (name: string) => page.getByRole("button", { name, exact: true });
const choose = (...files: steps.HandedFile[]) => page.locator("input[type=file]").setInputFiles(files);
const row = (name: string) => page.locator(".import-list > li").filter({ hasText: name });

test("an encrypted file is opened, looked at, edited, imported in one go, and taken back", async () => {
  const news = ["Anchor", "Buoy", "Compass"].map((issuer) =>
    steps.entryOf({ issuer, account: "alice@example.com", period: 86_400 }),
  );
  const uris = [
    formatOtpauthUri(harbour),
    formatOtpauthUri({ ...tower, account: "robert@example.com" }),
    ...news.map(formatOtpauthUri),
    "otpauth://totp/Old:alice?secret=JBSWY3DPEHPK3PXP&issuer=Old&algorithm=GOST",
    "otpauth://totp/Zero:alice?secret=JBSWY3DPEHPK3PXP&issuer=Zero&period=0",
  ];
  await choose(await packedList(uris));
  await page.getByLabel(t("import.password", { file: "accounts.zip" })).fill("not the password");
  await button(t("import.open")).click();
  await page.getByText(t("file.wrong-passphrase")).waitFor();
  await page.getByLabel(t("import.password", { file: "accounts.zip" })).fill(ARCHIVE_PASSWORD);
  await button(t("import.open")).click();

  await page.getByText(tn("import.found", 7, { from: t("import.a-file") })).waitFor();
  for (const entry of news)
    await eventually(() => row(entry.issuer).locator("[data-code]").getAttribute("data-code")).toBe(
      steps.expectedCode(entry, Date.now()),
    );
  await row("Harbour").getByText(t("import.same"), { exact: true }).waitFor();
  await row("Old")
    .getByText(t("uri.unknown-algorithm", { detail: "GOST" }))
    .waitFor();
  const differs = row("robert@example.com");
  await differs.getByText(t("import.differs", { fields: t("form.account") })).waitFor();
  expect(await differs.locator("[data-code]").count()).toBe(2);

  // Only what differs, and both kept; one new one less; one corrected; one renamed.
  await button(`${t("import.filter.differs")} 1`).click();
  await eventually(() => page.locator(".import-list > li").count()).toBe(1);
  await differs.getByRole("combobox").selectOption("take");
  await button(`${t("import.filter.all")} 7`).click();
  await row("Buoy").getByRole("checkbox").uncheck();
  await row("Zero")
    .getByRole("button", { name: t("uri.take-period", { seconds: 30 }) })
    .click();
  await row("Zero").locator("[data-code]").waitFor();
  await button(t("import.edit", { name: "Compass" })).click();
  await page.getByLabel(t("form.issuer")).fill("Compass rose");
  await button(t("import.edit-done")).click();
  await row("Compass rose").waitFor();
  await browser.picture(page, "import-preview");
  await button(tn("import.action", 4)).click();
  await page.getByText(tn("import.done", 4)).first().waitFor();

  const popup = await steps.openPopupTab(browser);
  await eventually(async () => (await steps.drawnRows(popup)).map(({ name }) => name).sort()).toEqual(
    ["Anchor", "Compass rose", "Harbour", "Lighthouse", "Zero"].sort(),
  );
  await popup.getByText("robert@example.com").waitFor();
  // What is edited afterwards is not taken back.
  await popup.getByRole("combobox").fill("anchor");
  await popup.keyboard.press("Alt+e");
  await popup.getByLabel(t("form.note")).fill("edited since");
  await popup.getByRole("button", { name: t("action.save"), exact: true }).click();
  await popup.getByText(t("edit.saved")).first().waitFor();

  await page.bringToFront();
  await page.locator(".plain-list").getByText(t("action.undo")).click();
  const question = page.getByRole("group", { name: t("import.undo-sure") });
  await question
    .getByText(
      [tn("import.undo-added", 2), tn("import.undo-changed", 1), tn("import.undo-since", 1)].join(" "),
    )
    .waitFor();
  await question.getByRole("button", { name: t("import.undo-sure") }).click();
  await page
    .getByText(`${tn("import.undone", 3)} ${tn("import.undo-since", 1)}`)
    .first()
    .waitFor();
  await popup.getByRole("combobox").fill("");
  await eventually(async () => (await steps.drawnRows(popup)).map(({ name }) => name).sort()).toEqual(
    ["Anchor", "Harbour", "Lighthouse"].sort(),
  );
  await popup.close();
});

test("a table that Excel saved in China is read with its names, and the guess is said", async () => {
  // 中国银行 in GBK.
  const table = "issuer,account,secret\r\n\xd6\xd0\xb9\xfa\xd2\xf8\xd0\xd0,alice,JBSWY3DPEHPK3PXP\r\n";
  await choose({ name: "codes.csv", mimeType: "text/csv", buffer: Buffer.from(table, "latin1") });
  await row("中国银行").locator("[data-code]").waitFor();
  await page.getByText(t("import.code-page", { page: "GB 18030 (GBK)" })).waitFor();
  await browser.picture(page, "import-code-page");
  await page.setViewportSize({ width: 360, height: 800 });
  await browser.picture(page, "import-code-page-narrow");
});

test("what the person left half done is gone when the vault locks, and that is said", async () => {
  const some = ["Delta", "Echo"].map((issuer) => steps.entryOf({ issuer, account: "eve" }));
  await choose(plainList(some.map(formatOtpauthUri)));
  await row("Delta").waitFor();
  const popup = await steps.openPopupTab(browser);
  await popup.getByRole("button", { name: t("list.lock") }).click();
  await popup.close();
  await page.bringToFront();
  await steps.unlockWith(page, steps.PASSPHRASE);
  await page.getByText(t("import.closed-unfinished")).waitFor();
  await choose(plainList(some.map(formatOtpauthUri)));
  await page.getByText(tn("import.found", 2, { from: t("import.a-file") })).waitFor();
  await button(t("action.cancel")).click();
});

test("five thousand accounts are looked at and imported, and the whole import is taken back", async () => {
  const many = Array.from({ length: 5_000 }, (_, at) =>
    steps.entryOf({ issuer: `Service ${at}`, account: "alice@example.com" }),
  );
  await choose(plainList(many.map(formatOtpauthUri)));
  await page.getByText(tn("import.found", 5_000, { from: t("import.a-file") })).waitFor();
  expect(await page.locator(".import-list > li").count()).toBeLessThan(60);
  await button(tn("import.action", 5_000)).click();
  await page.getByText(tn("import.done", 5_000)).first().waitFor();
  await page
    .locator(".toast")
    .getByRole("button", { name: t("action.undo"), exact: true })
    .click();
  await page.getByText(tn("import.undone", 5_000)).first().waitFor();
});
