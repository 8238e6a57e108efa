import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { dumpDatabases } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Where old entries go. */
const { t } = wordsIn("en");
const entries = Array.from({ length: 6 }, (_, at) =>
  steps.entryOf({ issuer: `Berth ${at}`, account: "alice@example.com" }),
);

let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, null);
});
afterAll(() => browser?.close());

test("the trash keeps what is deleted, gives it back with its pin, and deletes for ever only when asked twice", async () => {
  const popup = await steps.openPopupTab(browser);
  const search = popup.getByRole("combobox");
  await search.fill("Berth 3");
  await popup.keyboard.press("Alt+p");
  await popup.getByText(t("list.pinned-mark")).waitFor();
  for (const name of ["Berth 3", "Berth 4"]) {
    await search.fill(name);
    await popup.locator(".row-more").click();
    await popup.getByRole("menuitem", { name: t("row.trash") }).click();
    await eventually(() => steps.drawnRows(popup)).toEqual([]);
  }
  await search.fill("");

  const page = await browser.openExtensionPage("page.html#/trash");
  const rows = page.locator("tbody tr");
  await rows.nth(1).waitFor();
  expect((await rows.locator(".row-issuer").allInnerTexts()).sort()).toEqual(["Berth 3", "Berth 4"]);
  await page.getByRole("button", { name: t("trash.restore-named", { name: "Berth 3" }) }).click();
  await eventually(() => rows.count()).toBe(1);
  await page.getByRole("button", { name: t("trash.delete"), exact: true }).click();
  const sure = page.getByRole("button", { name: t("trash.delete-sure", { name: "Berth 4" }) });
  await sure.waitFor();
  expect(JSON.parse(await dumpDatabases(page))["countersign/entries"].keys).toHaveLength(6);
  await sure.click();
  await page.getByText(t("trash.empty")).waitFor();
  expect(JSON.parse(await dumpDatabases(page))["countersign/entries"].keys).toHaveLength(5);
  await page.close();

  await popup.bringToFront();
  await eventually(async () => (await steps.drawnRows(popup))[0]?.name).toBe("Berth 3");
  await search.fill("Berth 4");
  await popup
    .getByText(t("list.no-match", { query: "Berth 4" }))
    .first()
    .waitFor();
});
