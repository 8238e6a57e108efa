import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isThorough } from "../support/thorough.ts";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { chooseOurMenu, middleOf } from "./steps/context-menu.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { keepFound } from "./steps/keep.ts";
import { scanEnded, shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";

const PASSPHRASE = "four harbours under rain";
/** Beside the card of every practice page, below its head. */
const BARE_PLACE = { x: 30, y: 300 };

describe.skipIf(!hasXvfb())("scanning by menu and key, in a real window (needs xvfb and xdotool)", () => {
  let screen: Screen;
  let stage: Stage;

  beforeAll(async () => {
    screen = await startXvfb();
    stage = await openStage({ screen });
  });
  afterEach(() => stage.clearTabs());
  afterAll(async () => {
    await stage?.close();
    await screen?.stop();
  });

  /** Opens an enrolment page in front; the worker is dead before anything is asked of it. */
  async function openWithoutWorker(variant: string, account: string): Promise<Page> {
    const page = await stage.openEnrolment(variant, { account });
    await screen.focusWindow();
    await stage.browser.killWorker();
    return page;
  }

  async function expectFound(account: string): Promise<Page> {
    const popup = await stage.browser.waitForPopup();
    await scanEnded(popup);
    const drafts = await shownDrafts(popup);
    expect(drafts.map((draft) => draft.account)).toEqual([account]);
    expect(expectedCodes(stage.site, account)).toContain(drafts[0]?.code);
    return popup;
  }

  test("the menu of the page", async () => {
    const page = await openWithoutWorker("css-background", "alice+page@example.com");
    await chooseOurMenu(screen, page, BARE_PLACE, "page");
    await expectFound("alice+page@example.com");
  });

  test("the menu of an image", async () => {
    const page = await openWithoutWorker("image-file", "alice+image@example.com");
    await chooseOurMenu(screen, page, await middleOf(page.locator("img.qr")), "image");
    await expectFound("alice+image@example.com");
  });

  if (isThorough)
    test("the menu of an image means that image, where there are two", async () => {
      const page = await stage.openEnrolment("two-codes", {
        account: "alice+two@example.com",
        account2: "bob+two@example.com",
      });
      await screen.focusWindow();
      await chooseOurMenu(screen, page, await middleOf(page.locator("img.qr").last()), "image");
      await expectFound("bob+two@example.com");
    });

  test.each(isThorough ? ["same-origin-frame", "cross-origin-frame"] : ["cross-origin-frame"])(
    "the menu of a %s",
    async (variant) => {
      const account = `alice+${variant}@example.com`;
      const page = await openWithoutWorker(variant, account);
      await chooseOurMenu(screen, page, await middleOf(page.locator("iframe")), "image");
      await expectFound(account);
    },
  );

  test("a page without a code: the popup says so, though nobody opened it", async () => {
    const page = await openWithoutWorker("no-code", "nobody");
    await chooseOurMenu(screen, page, BARE_PLACE, "page");
    const popup = await stage.browser.waitForPopup();
    await scanEnded(popup);
    expect(await popup.getByRole("alert").innerText()).toContain("Nothing here looks like a QR code.");
  });

  test("the key alone scans, and Return keeps; the worker may die in between", async () => {
    const account = "alice+key@example.com";
    await openWithoutWorker("png", account);
    await screen.pressKeys("alt+shift+s");
    const popup = await expectFound(account);
    const worker = await stage.browser.serviceWorker();
    expect(
      await worker.evaluate(() =>
        (
          globalThis as unknown as { chrome: { action: { getBadgeText(details: object): Promise<string> } } }
        ).chrome.action.getBadgeText({}),
      ),
    ).toBe("✓");
    await stage.browser.killWorker();
    await screen.pressKeys("Return");
    await popup.getByLabel("New passphrase").waitFor();
    await screen.typeText(PASSPHRASE);
    await screen.pressKeys("Tab");
    await screen.typeText(PASSPHRASE);
    await screen.pressKeys("Return");
    await popup.getByRole("grid").waitFor({ timeout: 30_000 });
    await popup.locator(".row", { hasText: account }).waitFor();
  });

  test("a locked vault is said, and the scan goes on after unlocking", async () => {
    const account = "alice+locked@example.com";
    const page = await stage.openEnrolment("png", { account });
    await screen.focusWindow();
    const first = await stage.browser.pressAction(page);
    await first.getByRole("grid").waitFor();
    await screen.pressKeys("alt+l");
    await first.getByText("You locked it.").waitFor();
    await screen.pressKeys("Escape");
    await expect.poll(() => stage.browser.isPopupOpen()).toBe(false);

    await stage.browser.killWorker();
    await screen.pressKeys("alt+shift+s");
    const popup = await stage.browser.waitForPopup();
    await popup.getByText("The page is scanned as soon as you unlock.").waitFor();
    await screen.typeText(PASSPHRASE);
    await screen.pressKeys("Return");
    await scanEnded(popup);
    expect((await shownDrafts(popup)).map((draft) => draft.account)).toEqual([account]);
    await keepFound(popup);
  });

  test("the popup has its size and no scrollbars, from the list to the ways in", async () => {
    const page = await stage.openEnrolment("png", { account: "alice+size@example.com" });
    await screen.focusWindow();
    const popup = await stage.browser.pressAction(page);
    await popup.getByRole("grid").waitFor();
    await expectNoScrollbars(popup);
    await screen.pressKeys("alt+n");
    await popup.getByRole("button", { name: "Scan this page" }).waitFor();
    await expectNoScrollbars(popup);
    await screen.pressKeys("Return");
    await scanEnded(popup);
    await expectNoScrollbars(popup);
  });
});

async function expectNoScrollbars(popup: Page): Promise<void> {
  const size = await popup.evaluate(() => ({
    width: innerWidth,
    height: innerHeight,
    // A scrollbar would take its width from these.
    clientWidth: document.documentElement.clientWidth,
    clientHeight: document.documentElement.clientHeight,
    scrolling: [...document.querySelectorAll("*")]
      .filter(
        (element) =>
          element.scrollHeight > element.clientHeight + 1 &&
          /auto|scroll/.test(getComputedStyle(element).overflowY),
      )
      .map((element) => element.className),
  }));
  expect(size).toEqual({ width: 380, height: 560, clientWidth: 380, clientHeight: 560, scrolling: [] });
}
