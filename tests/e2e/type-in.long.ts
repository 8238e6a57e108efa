import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { answerProtection } from "./steps/keep.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Typing an account in: what is wrong is said where it is, and nothing typed is lost. */
const { t } = wordsIn("en");
const KEY = "JBSWY3DPEHPK3PXP";

let browser: ExtensionBrowser;
let popup: Page;

beforeAll(async () => {
  browser = await steps.launch();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  popup = await steps.openPopupTab(browser);
  await openForm();
});

async function openForm(): Promise<void> {
  const typeIn = popup.getByRole("button", { name: t("add.type") });
  await typeIn.or(popup.getByRole("combobox")).first().waitFor();
  if (!(await typeIn.isVisible())) await popup.keyboard.press("Alt+n");
  await typeIn.click();
  await field("form.issuer").waitFor();
}
const field = (label: Parameters<typeof t>[0]) => popup.getByLabel(t(label), { exact: true });
const named = (name: string) => popup.getByLabel(name);
const focusedLabel = () =>
  popup.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.firstChild?.textContent);

describe("a form that can't be kept yet", () => {
  test("leads to the field that is wrong, and says there what is wrong with it", async () => {
    await field("form.issuer").fill("Harbour");
    await field("form.issuer").press("Enter");
    await eventually(focusedLabel).toBe(t("form.secret"));
    expect(await popup.getByRole("alert").innerText()).toBe(t("form.problem.secret-missing"));
    expect(await popup.getByRole("alert").isVisible()).toBe(true);
    await popup.keyboard.type(KEY);
    await popup.getByText(t("form.advanced")).click();
    await named(t("form.digits", { min: 5, max: 10 })).fill("11");
    await popup.getByText(t("form.advanced")).click();
    await field("form.issuer").press("Enter");
    await eventually(focusedLabel).toBe(t("form.digits", { min: 5, max: 10 }));
    expect(await popup.getByRole("alert").innerText()).toBe(t("form.problem.digits-out-of-range"));
    await popup.getByRole("button", { name: t("action.cancel") }).click();
  });
});

describe("what was typed half-way", () => {
  test("is there again after the popup was closed, with its worker killed, and forgotten by Cancel", async () => {
    await field("form.issuer").fill("Harbour");
    await field("form.secret").fill(KEY);
    await field("form.note").fill("from the old phone");
    await popup.close();
    await browser.killWorker();
    popup = await steps.openPopupTab(browser);
    await openForm();
    await eventually(() => field("form.secret").inputValue()).toBe(KEY);
    expect(await field("form.note").inputValue()).toBe("from the old phone");
    await popup.getByRole("button", { name: t("action.cancel") }).click();
    await openForm();
    expect(await field("form.secret").inputValue()).toBe("");
  });

  test("is forgotten once it is kept, and when the vault is locked", async () => {
    await field("form.issuer").fill("Harbour");
    await field("form.secret").fill(KEY);
    await popup.getByRole("button", { name: t("keep.action") }).click();
    await answerProtection(popup, { passphrase: steps.PASSPHRASE });
    await popup.getByRole("grid").waitFor({ timeout: 30_000 });
    await openForm();
    expect(await field("form.issuer").inputValue()).toBe("");
    await field("form.secret").fill(KEY);
    const worker = await browser.serviceWorker();
    const stored = () =>
      worker.evaluate(async () =>
        JSON.stringify(await (globalThis as never as Chrome).chrome.storage.session.get()),
      );
    await eventually(stored).toContain(KEY);
    await popup.keyboard.press("Escape");
    await popup.getByRole("combobox").waitFor();
    await popup.keyboard.press("Alt+l");
    await popup.getByLabel(t("passphrase.label")).waitFor();
    await eventually(stored).not.toContain(KEY);
  });
});

type Chrome = { chrome: { storage: { session: { get(): Promise<unknown> } } } };
