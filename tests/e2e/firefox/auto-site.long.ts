import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../../practice-site/server.ts";
import { findFirefox } from "../../support/find-firefox.ts";
import { type Firefox, launchFirefox } from "../../support/firefox.ts";
import { eventually } from "../eventually.ts";
import { enrolQuietly } from "../steps/type-in.ts";
import { wordsIn } from "../words.ts";
import { fill, press, pressByKey, text } from "./own-page.ts";
import { typedCode, verdict } from "./sign-in.ts";

const { t } = wordsIn("en");
const ALICE = "alice@example.com";

type ExtensionApi = {
  permissions: { getAll(): Promise<{ origins: string[] }> };
  scripting: { getRegisteredContentScripts(): Promise<{ matches: string[] }[]> };
};

/** What the settings switch on and take away, where the browser's question is answered with yes by a preference. */
describe.skipIf(findFirefox() === null)("a site that fills by itself in Firefox (needs it)", () => {
  let site: PracticeSite;
  let firefox: Firefox;
  let settings: Page;
  let host: string;

  beforeAll(async () => {
    site = await startPracticeSite();
    host = new URL(site.origin).host;
    firefox = await launchFirefox({ questions: "yes" });
    await firefox.loadTemporarily();
  });
  afterAll(async () => {
    await firefox?.close();
    await site?.close();
  });

  async function keepAccount(): Promise<void> {
    const { uri } = await enrolQuietly(site, { account: ALICE });
    const form = await firefox.openExtensionPage("popup.html?window");
    await press(form, t("add.type"));
    await fill(form, t("form.issuer"), "Harbour");
    await fill(form, t("form.secret"), new URL(uri).searchParams.get("secret") ?? "");
    await fill(form, t("form.site-add"), host);
    await form.keyboard.press("Enter");
    await eventually(() => text(form)).toContain(host);
    await press(form, t("keep.action"));
    await press(form, t("protect.later"));
    await eventually(() => text(form)).toContain(t("keep.done", { name: "Harbour" }));
    await form.close();
  }

  const traces = () =>
    settings.evaluate(async () => {
      const { browser } = globalThis as unknown as { browser: ExtensionApi };
      const scripts = await browser.scripting.getRegisteredContentScripts();
      const { origins } = await browser.permissions.getAll();
      return { registered: scripts.flatMap(({ matches }) => matches), permitted: origins };
    });

  test("switched on, the code is there when its field appears, and is not sent off", async () => {
    await keepAccount();
    settings = await firefox.openExtensionPage("page.html#/settings");
    await pressByKey(settings, t("auto.action"));
    await eventually(() => text(settings)).toContain(t("auto.on", { host }));
    await eventually(traces).toEqual({
      registered: ["http://127.0.0.1/*"],
      permitted: ["http://127.0.0.1/*"],
    });

    const page = await firefox.openPage(`${site.origin}/sign-in/late?account=${ALICE}`);
    await page.click("[data-continue]");
    await page.waitForSelector("#code");
    await eventually(() => typedCode(page)).toMatch(/^\d{6}$/);
    expect(await page.evaluate(() => document.body.dataset.submissions ?? "0")).toBe("0");
    expect(await verdict(page)).toBe("accepted");
  });

  test("it goes on as often as its page is loaded in one tab", async () => {
    const page = await firefox.openPage(`${site.origin}/sign-in/single?account=${ALICE}`);
    for (let loads = 0; loads < 5; loads += 1) {
      await eventually(() => typedCode(page)).toMatch(/^\d{6}$/);
      await page.reload();
    }
    await eventually(() => typedCode(page)).toMatch(/^\d{6}$/);
  });

  test("taken away again, nothing is left and nothing is filled", async () => {
    await settings.bringToFront();
    await press(settings, t("settings.auto-remove"));
    await eventually(traces).toEqual({ registered: [], permitted: [] });
    const page = await firefox.openPage(`${site.origin}/sign-in/single?account=${ALICE}`);
    await new Promise((done) => setTimeout(done, 3_000));
    expect(await typedCode(page)).toBe("");
  });
});
