import { afterEach, beforeEach, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { chooseForm } from "./steps/export.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Without a mouse, on the full page: whatever is pressed and goes away, the keyboard stays where the work is. */
const { t, tn } = wordsIn("en");
let browser: ExtensionBrowser;

beforeEach(async () => {
  browser = await steps.launch();
});
afterEach(() => browser?.close());

test("nothing that goes away leaves the focus on nothing", async () => {
  const twin = { issuer: "Twin", account: "bob", secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" };
  const names = ["Anchor", "Berth", "Compass", "Dock"];
  const singles = names.map((issuer) => steps.entryOf({ issuer, account: "alice@example.com" }));
  await steps.restoreInto(browser, [...singles, steps.entryOf(twin), steps.entryOf(twin)], null);
  const page = await browser.openExtensionPage("page.html#/codes");
  await page.locator(".row [data-code]").nth(5).waitFor();
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const press = async (name: string) => {
    await button(name).and(page.locator(":enabled")).focus();
    await page.keyboard.press("Enter");
  };
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      const label = element?.getAttribute("aria-label");
      return label ?? (element as HTMLInputElement | null)?.labels?.[0]?.innerText ?? element?.textContent;
    });
  const goTo = async (section: string) => {
    await page.evaluate((to) => location.assign(`#/${to}`), section);
    await eventually(() => page.url()).toContain(section);
  };

  for (const name of names) await page.getByLabel(t("row.choose", { name })).click();
  await press(t("many.trash"));
  await eventually(focused).toBe(t("list.codes"));
  await eventually(() => page.locator(".row").count()).toBe(2);
  await press(t("action.undo"));
  await eventually(() => page.locator(".row").count()).toBe(6);
  await eventually(focused).toBe(t("list.codes"));
  for (const name of names) await page.getByLabel(t("row.choose", { name })).click();
  await press(t("many.trash"));
  await eventually(() => page.locator(".row").count()).toBe(2);

  await goTo("trash");
  await page.locator("tbody tr").nth(3).waitFor();
  const rows = await page.locator("tbody .row-issuer").allInnerTexts();
  const [first = "", second = "", third = "", last = ""] = rows;
  await press(t("trash.restore-named", { name: first }));
  await eventually(focused).toBe(t("trash.restore-named", { name: second }));
  await page
    .locator("tbody tr")
    .first()
    .getByRole("button", { name: t("trash.delete") })
    .focus();
  await page.keyboard.press("Enter");
  await eventually(focused).toBe(t("trash.delete-sure", { name: second }));
  await page.keyboard.press("Enter");
  await eventually(() => page.locator("tbody tr").count()).toBe(2);
  await eventually(focused).toBe(t("trash.delete"));
  await page.getByRole("checkbox", { name: third }).check();
  await press(t("trash.restore-chosen"));
  await eventually(() => page.locator("tbody .row-issuer").allInnerTexts()).toEqual([last]);
  await eventually(focused).toBe(t("page.trash"));
  await press(t("trash.empty-all"));
  await eventually(focused).toBe(t("trash.no-way-back"));
  await press(t("action.cancel"));
  await eventually(focused).toBe(t("trash.empty-all"));
  await page.keyboard.press("Enter");
  await eventually(focused).toBe(t("trash.no-way-back"));
  await page.keyboard.press("Space");
  await press(tn("trash.empty-sure", 1));
  await page.getByText(t("trash.empty")).waitFor();
  await eventually(focused).toBe(t("page.trash"));

  await goTo("duplicates");
  await press(t("duplicates.preview"));
  await eventually(focused).toBe(t("duplicates.merge"));
  await press(t("action.cancel"));
  await eventually(focused).toBe(t("duplicates.preview"));
  await page.keyboard.press("Enter");
  await eventually(focused).toBe(t("duplicates.merge"));
  await page.keyboard.press("Enter");
  await page.getByText(t("duplicates.none")).waitFor();
  await eventually(focused).toBe(t("page.duplicates"));

  await goTo("export");
  await chooseForm(page, "encrypted", "Aegis");
  await press(t("export.write"));
  await page.getByLabel(t("export.passphrase")).waitFor();
  await press(t("action.cancel"));
  await eventually(focused).toBe(t("export.write"));

  await goTo("data");
  await press(t("delete-all.open"));
  await eventually(focused).toBe(t("backup.write-action"));
  await press(t("action.cancel"));
  await eventually(focused).toBe(t("delete-all.open"));
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox").check();
  await press(tn("delete-all.action", 4));
  await page.getByText(tn("delete-all.done", 4)).first().waitFor();
  await eventually(focused).toBe(t("page.data"));
});
