import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { ARCHIVE_PASSWORD, packedList } from "./steps/export-files.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

describe.for(LANGUAGES)("in %s, axe finds nothing on importing", (language) => {
  let browser: ExtensionBrowser;
  const here = [
    steps.entryOf({ issuer: "GitHub", account: "alice@example.com" }),
    steps.entryOf({ issuer: "Lighthouse", account: "bob@example.com" }),
  ];

  beforeAll(async () => {
    browser = await steps.launch({ language });
    await steps.restoreInto(browser, here, steps.PASSPHRASE);
  });
  afterAll(() => browser?.close());

  /** Looks at a screen in every theme, then narrow, where nothing may stick out. */
  async function check(page: Page, screen: string): Promise<void> {
    await page.setViewportSize({ width: 1000, height: 900 });
    await expectAccessible(browser, page, screen, language, ALL_THEMES);
    await page.setViewportSize({ width: 360, height: 900 });
    await browser.picture(page, `${screen}-${language}-narrow`);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), screen).toBe(360);
    await page.setViewportSize({ width: 1000, height: 900 });
  }

  test("from choosing a file to taking the import back", async () => {
    const page = await browser.openExtensionPage("page.html#/image");
    const { t, tn } = await wordsOf(page);
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    await page.getByText(t("import.how"), { exact: true }).click();
    await check(page, "import-choose");
    const [first, second] = here;
    if (!first || !second) throw Error("there are two");
    const uris = [
      ...["Slack", "GitLab"].map((issuer) => formatOtpauthUri(steps.entryOf({ issuer, account: "alice" }))),
      "otpauth://hotp/Counter:eve?secret=JBSWY3DPEHPK3PXP&issuer=Counter",
      formatOtpauthUri({ ...second, account: "robert@example.com" }),
      "otpauth://totp/GitHub:alice@example.com?secret=GEZDGNBVGY3TQOJQ&issuer=GitHub&digits=8",
      formatOtpauthUri(first),
      "otpauth://totp/Zero:alice?secret=JBSWY3DPEHPK3PXP&issuer=Zero&period=0",
    ];
    await page.locator("input[type=file]").setInputFiles(await packedList(uris));
    await page.getByLabel(t("import.password", { file: "accounts.zip" })).fill("not the password");
    await button(t("import.open")).click();
    await page.getByRole("alert").waitFor();
    await check(page, "import-password");
    await page.getByLabel(t("import.password", { file: "accounts.zip" })).fill(ARCHIVE_PASSWORD);
    await button(t("import.open")).click();
    await page.locator(".import-list [data-code]").nth(5).waitFor();
    await check(page, "import-preview");
    await button(t("import.edit", { name: "Slack" })).click();
    await page.locator(".form-live [data-code]").waitFor();
    await check(page, "import-edit");
    await button(t("action.cancel")).click();
    await button(tn("import.action", 3)).click();
    await page.getByText(tn("import.done", 3)).first().waitFor();
    await page.locator(".plain-list").getByText(t("action.undo")).click();
    await check(page, "import-past");
    await page
      .getByRole("group", { name: t("import.undo-sure") })
      .getByRole("button")
      .click();
    await page.getByText(tn("import.undone", 3)).first().waitFor();
    await page.close();
  });
});
