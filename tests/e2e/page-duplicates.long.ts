import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** The same account twice, as restoring and scanning again leave it behind. The tests build on each other. */
const { t, tn } = wordsIn("en");
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const entries = [
  steps.entryOf({
    issuer: "Harbour",
    account: "alice",
    secret,
    sites: ["a.example"],
    tags: ["work"],
    note: "old phone",
  }),
  steps.entryOf({
    issuer: "Harbour Ltd",
    account: "",
    secret,
    sites: ["b.example"],
    note: "old phone\nspare",
  }),
  steps.entryOf({ issuer: "Lighthouse", account: "alice" }),
  steps.entryOf({ issuer: "Lighthouse", account: "alice", secret: "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK" }),
];

let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, null);
  page = await browser.openExtensionPage("page.html#/codes");
});
afterAll(() => browser?.close());

const button = (name: string) => page.getByRole("button", { name, exact: true });
const values = () => page.locator(".preview-value").allInnerTexts();

test("are told of above the list, and shown apart: one secret, and one name with two", async () => {
  await page.getByText(tn("codes.duplicates", 2)).waitFor();
  await page.getByRole("link", { name: t("codes.duplicates-look") }).click();
  await page.getByRole("heading", { name: t("duplicates.same-secret") }).waitFor();
  expect(await page.locator("[aria-labelledby=same-secret] .row-issuer").allInnerTexts()).toEqual([
    "1. Harbour",
    "2. Harbour Ltd",
  ]);
  const names = page.locator("[aria-labelledby=same-name]");
  expect(await names.locator(".row-issuer").allInnerTexts()).toEqual(["Lighthouse", "Lighthouse"]);
  expect(await names.getByRole("button").count(), "what can't be known is not merged").toBe(0);
});

test("show field by field what they become, and follow the choice of which is kept", async () => {
  await button(t("duplicates.preview")).click();
  await eventually(values).toEqual([
    "Harbour",
    "alice",
    "a.example and b.example",
    "work",
    "old phone\nspare",
  ]);
  await page.getByRole("radio").nth(1).check();
  await eventually(values).toEqual([
    "Harbour Ltd",
    "alice",
    "b.example and a.example",
    "work",
    "old phone\nspare",
  ]);
  await page.getByRole("radio").nth(0).check();
  await eventually(async () => (await values())[0]).toBe("Harbour");
});

test("are one after merging, with the other in the trash, and apart again after undo", async () => {
  await button(t("duplicates.merge")).click();
  await page
    .getByText(tn("duplicates.merged", 2, { name: "Harbour" }))
    .first()
    .waitFor();
  await eventually(() => page.getByRole("heading", { name: t("duplicates.same-secret") }).count()).toBe(0);
  const trash = await browser.openExtensionPage("page.html#/trash");
  await trash.getByText("Harbour Ltd").waitFor();
  await page.bringToFront();
  await button(t("action.undo")).click();
  await page.getByText(t("duplicates.undone")).first().waitFor();
  await page.getByRole("heading", { name: t("duplicates.same-secret") }).waitFor();
  await trash.bringToFront();
  await trash.getByText(t("trash.empty")).waitFor();
  await trash.close();
});
