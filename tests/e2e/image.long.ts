import type { Page } from "playwright-core";
import QRCode from "qrcode";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Entry } from "../../shared/otp/entry.ts";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { formatMigrationUris } from "../support/format-migration-uris.ts";
import { eventually } from "./eventually.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Pictures of codes come in by a file dialog, by pasting and by dropping: in a window, since a popup would be gone. */
const { t, tn } = wordsIn("en");

let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(
    browser,
    [steps.entryOf({ issuer: "Harbour", account: "alice" })],
    steps.PASSPHRASE,
  );
});
afterAll(() => browser?.close());
beforeEach(async () => {
  page = await browser.openExtensionPage("page.html#/image");
  await page.locator(".drop").waitFor();
});
afterEach(() => page.close());

const account = (issuer: string, patch: Partial<Entry> = {}): Entry =>
  steps.entryOf({ issuer, account: "alice@example.com", ...patch });

async function picture(text: string, name: string): Promise<steps.HandedFile> {
  const buffer = await QRCode.toBuffer(text, { errorCorrectionLevel: "M", margin: 4, scale: 6 });
  return { name, mimeType: "image/png", buffer };
}

const choose = (files: steps.HandedFile[]) => page.locator("input[type=file]").setInputFiles(files);

/** Copies a picture and presses Ctrl+V: the browser itself hands it to the page. */
async function paste({ buffer }: steps.HandedFile): Promise<void> {
  await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    await navigator.clipboard.write([
      new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) }),
    ]);
  }, buffer.toString("base64"));
  await page.keyboard.press("Control+v");
}

/** Drops a file on the page, in the event that the browser makes of it. */
function drop({ name, mimeType, buffer }: steps.HandedFile): Promise<void> {
  return page.evaluate(
    (file) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(file.text), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], file.name, { type: file.mimeType }));
      const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector(".drop")?.dispatchEvent(event);
    },
    { name, mimeType, text: buffer.toString("base64") },
  );
}

const drafts = () => page.locator(".draft .row-issuer").allInnerTexts();

test("a picture is chosen, shown with its live code, and kept", async () => {
  const entry = account("Lighthouse", { digits: 8, period: 86_400, algorithm: "SHA256" });
  await choose([await picture(formatOtpauthUri(entry), "lighthouse.png")]);
  await eventually(drafts).toEqual(["Lighthouse"]);
  expect(await page.locator(".draft [data-code]").getAttribute("data-code")).toBe(
    steps.expectedCode(entry, Date.now()),
  );
  await page.getByRole("button", { name: t("keep.action"), exact: true }).click();
  await page
    .getByText(t("keep.done", { name: "Lighthouse" }))
    .first()
    .waitFor();

  const popup = await steps.openPopupTab(browser);
  await popup.getByRole("combobox").fill("lighthouse");
  await eventually(() => steps.drawnRows(popup)).toEqual([
    { name: "Lighthouse", code: steps.expectedCode(entry, Date.now()) },
  ]);
  await popup.close();
});

test("what was found stays, whatever is pasted while it is looked at", async () => {
  await choose([await picture(formatOtpauthUri(account("Stays")), "stays.png")]);
  await eventually(drafts).toEqual(["Stays"]);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "a passphrase from a password manager");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  });
  await page.getByRole("button", { name: t("keep.action"), exact: true }).click();
  await page
    .getByText(t("keep.done", { name: "Stays" }))
    .first()
    .waitFor();
});

test("a picture is pasted, another is dropped", async () => {
  await paste(await picture(formatOtpauthUri(account("Pasted")), "image.png"));
  await eventually(drafts).toEqual(["Pasted"]);
  await page.getByRole("button", { name: t("action.cancel"), exact: true }).click();
  await page.locator(".drop").waitFor();
  await drop(await picture(formatOtpauthUri(account("Dropped")), "image.png"));
  await eventually(drafts).toEqual(["Dropped"]);
});

const rows = () => page.locator(".import-list .import-names .row-issuer").allInnerTexts();

test("several pictures become a list with ticks; what is here already is named and not ticked", async () => {
  const uris = [account("Anchor"), steps.entryOf({ issuer: "Harbour", account: "alice" })].map(
    formatOtpauthUri,
  );
  await choose(await Promise.all(uris.map((uri, at) => picture(uri, `code-${at}.png`))));
  await eventually(rows).toEqual(["Anchor", "Harbour"]);
  await page.getByText(t("import.same"), { exact: true }).waitFor();
  const ticks = page.locator(".import-list").getByRole("checkbox");
  expect([await ticks.nth(0).isChecked(), await ticks.nth(1).isChecked()]).toEqual([true, false]);
  await page.getByRole("button", { name: tn("import.action", 1), exact: true }).click();
  await page.getByText(tn("import.done", 1)).first().waitFor();
});

test("the pictures of one Google export are collected, whichever comes when, and what is missing is named", async () => {
  const exported = Array.from({ length: 25 }, (_, at) => account(`Export ${at}`));
  // Ten fit into one code.
  const { uris } = formatMigrationUris(exported, 4711);
  const [first, second, third] = await Promise.all(uris.map((uri, at) => picture(uri, `part-${at + 1}.png`)));
  if (!first || !second || !third) throw Error("the export has three parts");
  await choose([third, first]);
  await page.getByText(tn("import.found", 15, { from: "Google Authenticator" })).waitFor();
  await page.getByText(t("migration.missing", { missing: "2", size: 3 })).waitFor();
  await page.getByRole("button", { name: t("action.cancel"), exact: true }).click();
  await choose([second]);
  await page.getByText(tn("import.found", 25, { from: "Google Authenticator" })).waitFor();
  await page.getByRole("button", { name: tn("import.action", 25), exact: true }).click();
  await page.getByText(tn("import.done", 25)).first().waitFor();
});

test("what holds no account says which file it is, and why", async () => {
  await choose([{ name: "holiday.png", mimeType: "image/png", buffer: Buffer.from("not a picture at all") }]);
  await page.getByText(t("scan.not-an-image")).waitFor();
  await choose([await picture("https://www.example.com/app", "link.png")]);
  await page.getByText(t("scan.web-link")).waitFor();
  await choose([await picture("phonefactor://activate_account?code=1&url=https://example.com", "push.png")]);
  await page.getByText(t("scan.microsoft-push")).waitFor();
  await choose([await picture("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=0", "zero.png")]);
  await page.getByText(t("uri.period-zero")).waitFor();
  await page.getByRole("button", { name: t("uri.take-period", { seconds: 30 }) }).click();
  await page.locator(".draft [data-code]").waitFor();
});

test("one bad file among good ones is named and stops nothing", async () => {
  await choose([
    { name: "holiday.png", mimeType: "image/png", buffer: Buffer.from("not a picture at all") },
    await picture(formatOtpauthUri(account("Still here")), "good.png"),
  ]);
  await eventually(drafts).toEqual(["Still here"]);
  await page.getByText(t("image.nothing-in", { file: "holiday.png" })).waitFor();
});
