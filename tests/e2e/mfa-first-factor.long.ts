import { expect, test } from "vitest";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

test.each(LANGUAGES)(
  "in %s, who registers where a second factor is wanted sets one up on the way in",
  async (language) => {
    const server = await startTeamServer(undefined, { required: "everybody", graceDays: 0 });
    const browser = await steps.launch({ language });
    try {
      await protectProfile(browser, steps.PASSPHRASE);
      const page = await browser.openExtensionPage("page.html#/teams");
      page.setDefaultTimeout(20_000);
      const { t } = await wordsOf(page);
      const button = (name: string) => page.getByRole("button", { name, exact: true });
      const check = async (screen: string) => {
        await expectAccessible(browser, page, screen, language, ALL_THEMES);
        expect.soft(await cutOff(page), screen).toEqual([]);
      };
      const kind = language === "en" ? "Authenticator" : "身份验证器";
      await contact(page, server.code);
      await register(page, "alice@example.com", steps.PASSPHRASE);
      await button(t("factors.set-up.named", { kind })).waitFor();
      await check("mfa-first-kinds");
      await button(t("factors.set-up.named", { kind })).click();
      const secret = await page.locator(".factor-secret .invitation-text").innerText();
      await check("mfa-first-secret");
      expect(secret.replaceAll(" ", "")).toMatch(/^[A-Z2-7]{32}$/);
      await button(t("factors.keep.action")).click();
      await button(t("factors.keep.fill")).click();
      await button(t("factors.set-up.prove")).click();
      await button(t("teams.sign-out")).waitFor();
      await page.getByText(t("factors.locked-in.title", { host: new URL(server.origin).host })).waitFor();
      await check("mfa-first-card");
    } finally {
      await browser.close();
      await server.stop();
    }
  },
);
