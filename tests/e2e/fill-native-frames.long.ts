import type { Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { pastedText } from "./steps/clipboard.ts";
import { chooseOurMenu, middleOf } from "./steps/context-menu.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { submissionsOf, submit, toastOf } from "./steps/fill.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolQuietly, keepTyped } from "./steps/type-in.ts";

/** Each test has a browser of its own: a permission that was given stays given. */
describe.skipIf(!hasXvfb())("filling a field in a frame of another site (needs xvfb and xdotool)", () => {
  let screen: Screen;
  let stage: Stage;

  beforeAll(async () => {
    screen = await startXvfb();
  });
  beforeEach(async () => {
    stage = await openStage({ screen });
  });
  afterEach(() => stage?.close());
  afterAll(() => screen?.stop());

  /** Keeps an account for the site at that origin, without its enrolment page. */
  async function keep(account: string, origin: string): Promise<void> {
    const page = await stage.browser.openPage(`${origin}/sign-in/single`);
    const { uri } = await enrolQuietly(stage.site, { account });
    await keepTyped(stage.browser, page, uri);
  }

  async function openInFront(account: string): Promise<Page> {
    const page = await stage.openSignIn("cross-origin-frame", account);
    await screen.focusWindow();
    return page;
  }

  async function frameOf(page: Page): Promise<Frame> {
    const frame = page.frames().find((each) => each !== page.mainFrame());
    if (frame === undefined) throw Error("the page has no frame");
    await frame.getByLabel("Authentication code").waitFor();
    return frame;
  }

  /** Presses Return on the account; the browser's own question takes the popup's place. */
  async function pressReturnUntilAsked(page: Page): Promise<void> {
    const popup = await stage.browser.pressAction(page);
    await popup.locator(".row .code").first().waitFor();
    await stage.browser.letGoOf(popup);
    await screen.pressKeys("Return");
    await expect.poll(() => stage.browser.isPopupOpen()).toBe(false);
    // The question comes up with its first button, "Deny", in focus.
    await page.waitForTimeout(600);
  }

  test("it is filled once the browser's question was answered with yes, though the popup is gone", async () => {
    await keep("alice@example.com", stage.site.otherOrigin);
    const page = await openInFront("alice@example.com");
    const frame = await frameOf(page);
    await pressReturnUntilAsked(page);
    await stage.browser.killWorker();
    await screen.pressKeys("Tab", "Return");
    await expect.poll(() => frame.getByLabel("Authentication code").inputValue()).toMatch(/^\d{6}$/);
    expect(await submissionsOf(frame)).toBe(0);
    expect(await submit(frame)).toBe("accepted");
  });

  test("it gets nothing after a no; the code is copied, and the popup says why", async () => {
    await keep("alice@example.com", stage.site.otherOrigin);
    const page = await openInFront("alice@example.com");
    const frame = await frameOf(page);
    await pressReturnUntilAsked(page);
    await screen.pressKeys("Return");
    await page.waitForTimeout(500);
    expect(await frame.getByLabel("Authentication code").inputValue()).toBe("");
    expect(expectedCodes(stage.site, "alice@example.com")).toContain(await pastedText(stage.browser.context));
    await page.bringToFront();
    const popup = await stage.browser.pressAction(page);
    expect(await toastOf(popup)).toContain(`Without permission for ${new URL(stage.site.otherOrigin).host}`);
  });

  test("it is asked about from its own menu, and confirmed by name where no account belongs to it", async () => {
    await keep("alice@example.com", stage.site.origin);
    const page = await openInFront("alice@example.com");
    const frame = await frameOf(page);
    const field = frame.getByLabel("Authentication code");
    await chooseOurMenu(screen, page, await middleOf(field), "field of a frame");
    // Looking into the popup would count as a press in it: first it has to say that it waits for one.
    await expect.poll(() => stage.browser.isPopupOpen()).toBe(true);
    await page.waitForTimeout(2_000);
    const asking = await stage.browser.waitForPopup();
    const said = await toastOf(asking);
    expect(said).toContain("may be entered only with your permission");
    expect(said).toContain("is copied");
    await asking.getByRole("button", { name: "Continue" }).focus();
    await stage.browser.letGoOf(asking);
    await screen.pressKeys("Return");
    await expect.poll(() => stage.browser.isPopupOpen()).toBe(false);
    await page.waitForTimeout(600);
    await screen.pressKeys("Tab", "Return");

    const popup = await stage.browser.waitForPopup();
    await popup.locator(".host").waitFor();
    expect(await popup.locator(".host").innerText()).toBe(new URL(stage.site.otherOrigin).host);
    expect(await field.inputValue()).toBe("");
    await screen.pressKeys("Return");
    await expect.poll(() => field.inputValue()).toMatch(/^\d{6}$/);
    expect(await submit(frame)).toBe("accepted");
  });

  test("it is found by Return too where the account belongs to the page around it", async () => {
    await keep("alice@example.com", stage.site.origin);
    const page = await openInFront("alice@example.com");
    const frame = await frameOf(page);
    const field = frame.getByLabel("Authentication code");
    const popup = await stage.browser.pressAction(page);
    await popup.locator(".row .code").first().waitFor();
    await screen.pressKeys("Return");
    // Nobody is asked for a permission who may only want to paste: the code is copied first.
    const said = await toastOf(popup);
    expect(said).toContain(`It shows a part of ${new URL(stage.site.otherOrigin).host}`);
    expect(said).toContain("is copied");
    await popup.getByRole("button", { name: "Look there" }).focus();
    await stage.browser.letGoOf(popup);
    await screen.pressKeys("Return");
    await expect.poll(() => stage.browser.isPopupOpen()).toBe(false);
    await page.waitForTimeout(600);
    await screen.pressKeys("Tab", "Return");

    const asking = await stage.browser.waitForPopup();
    await asking.locator(".host").waitFor();
    expect(await asking.locator(".host").innerText()).toBe(new URL(stage.site.otherOrigin).host);
    expect(await field.inputValue()).toBe("");
    await screen.pressKeys("Return");
    await expect.poll(() => field.inputValue()).toMatch(/^\d{6}$/);
    expect(await submit(frame)).toBe("accepted");
  });
});
