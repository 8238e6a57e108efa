import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { type DownloadStage, openDownloadStage } from "./steps/downloads.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

describe.for(LANGUAGES)("in %s, axe finds nothing on automatic backups", (language) => {
  let stage: DownloadStage;
  const here = ["GitHub", "Lighthouse"].map((issuer) => steps.entryOf({ issuer, account: "alice" }));

  beforeAll(async () => {
    stage = await openDownloadStage(language);
    await steps.restoreInto(stage.browser, here, steps.PASSPHRASE);
  });
  afterAll(() => stage?.close());

  /** Looks at a screen in every theme, then narrow, where nothing may stick out. */
  async function check(page: Page, screen: string): Promise<void> {
    await page.setViewportSize({ width: 1000, height: 900 });
    await expectAccessible(stage.browser, page, screen, language, ALL_THEMES);
    await page.setViewportSize({ width: 360, height: 900 });
    await stage.browser.picture(page, `${screen}-${language}-narrow`);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), screen).toBe(360);
    await page.setViewportSize({ width: 1000, height: 900 });
  }

  test("from setting up to a try, and to what can be gone back to", async () => {
    const page = await stage.browser.openExtensionPage("page.html#/backup");
    const { t, tn } = await wordsOf(page);
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    await button(t("automatic.set-up")).waitFor();
    await check(page, "automatic-off");
    await button(t("automatic.set-up")).click();
    await page.getByLabel(t("automatic.ask-own")).fill(steps.PASSPHRASE);
    await button(t("action.continue")).click();
    await page.getByRole("textbox", { name: t("automatic.passphrase") }).waitFor();
    await check(page, "automatic-passphrase");
    await page.getByLabel(t("automatic.lock.recipient")).check();
    await page.getByLabel(t("automatic.recipient")).fill("AGE-SECRET-KEY-1");
    await button(t("action.continue")).click();
    await page.getByRole("alert").waitFor();
    await check(page, "automatic-recipient");
    await page.getByLabel(t("automatic.lock.passphrase")).check();
    await page.getByRole("textbox", { name: t("automatic.passphrase") }).fill(steps.BACKUP_PASSPHRASE);
    await page.getByLabel(t("passphrase.repeat")).fill(steps.BACKUP_PASSPHRASE);
    await button(t("action.continue")).click();
    await button(t("automatic.switch-on")).waitFor();
    await check(page, "automatic-place");
    await button(t("automatic.switch-on")).click();
    await page.getByText(t("trial.never")).waitFor();
    await check(page, "automatic-on");
    await button(t("trial.action")).click();
    const [file = ""] = stage.files();
    await page.getByLabel(t("restore.file")).first().waitFor({ state: "attached" });
    await check(page, "automatic-hand-over");
    await page.getByLabel(t("restore.file")).first().setInputFiles(join(stage.folder, file));
    await page.getByText(tn("trial.all-right", 2)).first().waitFor();
    await check(page, "automatic-tried");

    const popup = await steps.openPopupTab(stage.browser);
    await popup.locator(".row-more").first().click();
    await popup.getByRole("menuitem", { name: t("row.trash") }).click();
    await popup.locator(".toast").waitFor();
    await popup.close();
    await page.goto(page.url().replace(/#.*/, "#/trash"));
    await button(t("trash.empty-all")).click();
    await check(page, "trash-question");
    await button(t("trash.empty-all")).click();
    await page.getByText(t("trash.empty")).waitFor();
    await page.goto(page.url().replace(/#.*/, "#/data"));
    const look = page.getByRole("listitem").filter({ hasText: t("ways-back.look") });
    await look.first().getByRole("button").click();
    await look.first().scrollIntoViewIfNeeded();
    await check(page, "ways-back");
    await button(t("ways-back.go")).click();
    await page.getByText(tn("ways-back.done", 1)).first().waitFor();
    await page.close();
  });
});
