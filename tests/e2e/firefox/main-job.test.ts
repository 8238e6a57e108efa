import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../../practice-site/server.ts";
import { findFirefox } from "../../support/find-firefox.ts";
import { type Firefox, launchFirefox, popupHasFocus, popupSize, popupText } from "../../support/firefox.ts";
import { hasXvfb, type Screen, startXvfb } from "../../support/xvfb.ts";
import { eventually } from "../eventually.ts";
import { expectedCodes } from "../steps/expected-code.ts";
import { wordsIn } from "../words.ts";
import { typedCode, verdict } from "./sign-in.ts";

const { t } = wordsIn("en");
const PASSPHRASE = "alice keeps four random words";
const ALICE = "alice@example.com";

/**
 * The main job in a real window of Firefox, by its real keys; the tests build on each other. Another page of the
 * extension, in a tab behind, reads what the popup says: to whoever drives Firefox from outside a popup does not exist.
 */
describe.skipIf(!hasXvfb() || findFirefox() === null)("in Firefox (needs it, xvfb and xdotool)", () => {
  let screen: Screen;
  let site: PracticeSite;
  let firefox: Firefox;
  let observer: Page;
  let page: Page;

  beforeAll(async () => {
    screen = await startXvfb();
    site = await startPracticeSite();
    firefox = await launchFirefox({ display: screen.display });
    await firefox.loadTemporarily();
    observer = await firefox.openExtensionPage("page.html#/trash");
    page = await firefox.openPage(`${site.origin}/enroll/png?${new URLSearchParams({ account: ALICE })}`);
    await screen.focusWindow();
  });
  afterAll(async () => {
    await firefox?.close();
    await site?.close();
    await screen?.stop();
  });

  const popup = () => eventually(() => popupText(observer));
  const badge = (): Promise<string> =>
    observer.evaluate(() =>
      (
        globalThis as unknown as {
          browser: { action: { getBadgeText(details: object): Promise<string> } };
        }
      ).browser.action.getBadgeText({}),
    );

  async function openSignIn(variant: string): Promise<void> {
    await page.goto(`${site.origin}/sign-in/${variant}?${new URLSearchParams({ account: ALICE })}`);
    await page.bringToFront();
    await eventually(() => page.evaluate(() => document.hasFocus())).toBe(true);
  }

  async function openPopup(): Promise<void> {
    await screen.pressKeys("alt+shift+o");
    await popupTakesKeys();
  }

  /** Once the popup is there: a key that comes sooner is lost. */
  async function popupTakesKeys(): Promise<void> {
    await eventually(() => popupHasFocus(observer)).toBe(true);
  }

  async function closePopup(): Promise<void> {
    await screen.pressKeys("Escape");
    await popup().toBeNull();
  }

  test("the first start says what a temporarily loaded extension loses, in a popup of full size", async () => {
    await openPopup();
    await popup().toContain(t("empty.temporary"));
    await eventually(() => popupSize(observer)).toEqual({ width: 380, height: 560 });
    await closePopup();
  });

  test("the key for scanning reads the page, and what it found is kept under a passphrase", async () => {
    await screen.pressKeys("alt+shift+q");
    await popup().toContain(t("keep.action"));
    await popupTakesKeys();
    const found = await popupText(observer);
    expect(found).toContain(ALICE);
    expect(found).toContain(new URL(site.origin).host);
    await screen.pressKeys("Return");
    await popup().toContain(t("passphrase.new"));
    await screen.typeText(PASSPHRASE);
    await screen.pressKeys("Tab");
    await screen.typeText(PASSPHRASE);
    await screen.pressKeys("Return");
    await popup().toContain(t("keep.done", { name: "Harbour" }));
    await closePopup();
  });

  test("the popup shows the code that the site expects", async () => {
    await openPopup();
    await popup().toContain(ALICE);
    await popup().toMatch(/\d{3}\s?\d{3}/);
    const shown = /(\d{3})\s?(\d{3})/.exec((await popupText(observer))?.split(ALICE)[1] ?? "");
    expect(expectedCodes(site, ALICE)).toContain(`${shown?.[1]}${shown?.[2]}`);
    await closePopup();
  });

  test("the key for filling puts it into the site's form, ticks the icon, and the site accepts it", async () => {
    await openSignIn("single");
    await screen.pressKeys("alt+shift+k");
    await eventually(() => typedCode(page)).toMatch(/^\d{6}$/);
    await eventually(badge).toBe("✓");
    expect(await popupText(observer)).toBeNull();
    expect(await verdict(page)).toBe("accepted");
  });

  test("Enter in the popup fills six boxes, one digit each", async () => {
    await openSignIn("six-boxes");
    await openPopup();
    await popup().toMatch(/\d{3}\s?\d{3}/);
    await screen.pressKeys("Return");
    await eventually(() => typedCode(page)).toMatch(/^\d{6}$/);
    expect(expectedCodes(site, ALICE)).toContain(await typedCode(page));
    await popup().toBeNull();
  });

  test("where no field waits for it, Enter copies the code", async () => {
    await page.goto(`${site.origin}/`);
    await openPopup();
    await popup().toMatch(/\d{3}\s?\d{3}/);
    await screen.pressKeys("Return");
    await popup().toContain(t("copy.done", { name: "Harbour" }));
    await closePopup();
    await openSignIn("single");
    await page.focus("#code");
    await screen.pressKeys("ctrl+v");
    await eventually(() => typedCode(page)).toMatch(/^\d{6}$/);
    expect(expectedCodes(site, ALICE)).toContain(await typedCode(page));
  });

  test("a locked vault fills nothing; the popup asks for the passphrase, refuses a wrong one and goes on with the right one", async () => {
    await openPopup();
    await popup().toMatch(/\d{3}\s?\d{3}/);
    await screen.pressKeys("alt+l");
    await popup().toContain(t("locked.by-hand"));
    expect(await popupText(observer)).not.toMatch(/\d{3}\s?\d{3}/);
    await screen.typeText("bob guesses");
    await screen.pressKeys("Return");
    await popup().toContain(t("unlock.wrong-passphrase"));
    await screen.pressKeys("ctrl+a");
    await screen.typeText(PASSPHRASE);
    await screen.pressKeys("Return");
    await popup().toMatch(/\d{3}\s?\d{3}/);
    await closePopup();
  });

  test("the extension has asked nobody for anything", () => {
    const own = firefox.networkLog.requests.filter(({ origin }) => origin?.startsWith("moz-extension:"));
    expect(own).toEqual([]);
  });
});
