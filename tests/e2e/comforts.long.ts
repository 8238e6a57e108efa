import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ALL_THEMES, expectAccessible } from "./axe.ts";
import { pastedText } from "./steps/clipboard.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { fillByEnter, pressEnterOn, toastOf } from "./steps/fill.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolQuietly, keepTyped } from "./steps/type-in.ts";

/** What makes the second time easier than the first, on the practice site. */
const [ALICE, BOB] = ["alice@example.com", "bob@example.com"];
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  const page = await stage.openSignIn("single", ALICE);
  for (const account of [ALICE, BOB])
    await keepTyped(stage.browser, page, (await enrolQuietly(stage.site, { account })).uri);
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

async function firstRowOn(page: Page): Promise<string> {
  const popup = await stage.browser.pressAction(page);
  await popup.locator(".row .code").first().waitFor();
  const account = await popup.locator(".row-account").first().innerText();
  await popup.close();
  return account;
}

test("of two accounts at one site the one used there last comes first", async () => {
  for (const account of [BOB, ALICE, BOB]) {
    const page = await stage.openSignIn("single", account);
    await fillByEnter(stage.browser, page, account);
    await page.reload();
    expect(await firstRowOn(page)).toBe(account);
    await page.close();
  }
});

test("a code is copied as well when it is filled in, once that is asked for", async () => {
  const settings = await stage.browser.openExtensionPage("page.html#/settings");
  const copying = settings.getByLabel("Copy a code as well when it is filled in");
  expect(await copying.isChecked()).toBe(false);
  await copying.check();
  const page = await stage.openSignIn("single", ALICE);
  await fillByEnter(stage.browser, page, ALICE);
  expect(expectedCodes(stage.site, ALICE)).toContain(await pastedText(stage.browser.context));
  await settings.bringToFront();
  await copying.uncheck();
});

test("where nothing could be filled, a description without names is there to be read and copied", async () => {
  const page = await stage.browser.openPage(`${stage.site.origin}/`);
  const popup = await pressEnterOn(stage.browser, page, ALICE);
  expect(await toastOf(popup)).toContain("No field for a code was found");
  await popup.getByRole("button", { name: "Describe it" }).click();
  const description = await popup.locator("pre").innerText();
  expect(description).toContain("Did not work: fill, no-field\nPage: http, web");
  expect(description).toMatch(/Window: \d+ × \d+\nFrames looked into: 1\n/);
  for (const name of ["127.0.0.1", "localhost", "alice", new URL(stage.site.origin).port])
    expect(description).not.toContain(name);
  await expectAccessible(stage.browser, popup, "failure-report", "en", ALL_THEMES);
  await popup.getByRole("button", { name: "Copy the description" }).click();
  await popup.getByText("The description is copied.").first().waitFor();
  expect(await pastedText(stage.browser.context)).toBe(description);
});

test("where a scan found nothing, it can be described too", async () => {
  const page = await stage.browser.openPage(`${stage.site.origin}/`);
  const popup = await stage.browser.pressAction(page);
  await popup.locator(".row .code").first().waitFor();
  await popup.keyboard.press("Alt+n");
  await popup.getByRole("button", { name: "Scan this page" }).click();
  await popup.getByRole("button", { name: "It did not work here" }).click();
  expect(await popup.locator("pre").innerText()).toContain(
    "Did not work: scan, nothing-found\nPage: http, web",
  );
});
