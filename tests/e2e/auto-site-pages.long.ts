import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { eventually } from "./eventually.ts";
import * as auto from "./steps/auto-site.ts";
import { submissionsOf, submit, verdictOf } from "./steps/fill.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolQuietly, keepTyped } from "./steps/type-in.ts";
import { PASSPHRASE } from "./vault-steps.ts";

const ALICE = "alice@example.com";
/** Seconds: short, so that a test that needs a code of its own need not wait long. */
const PERIOD = 10;
/** Longer than our script and the worker take for a field; what has not come by then does not come. */
const NOTHING_MS = 2_500;
const HERE = "http://127.0.0.1/*";
const ELSEWHERE = "http://localhost/*";

/**
 * Sites that fill by themselves, from switching one on to taking it away: one browser in which both hosts of the practice
 * site are permitted, and each test goes on where the one before it ended.
 */
let profile: Awaited<ReturnType<typeof auto.permittedProfile>>;
let stage: Stage;
/** Another site on the same machine: the same host name at another port, which the browser's permission covers too. */
let neighbour: PracticeSite;

beforeAll(async () => {
  profile = await auto.permittedProfile([HERE, ELSEWHERE]);
  stage = await openStage({ userDataDir: profile.path });
  neighbour = await startPracticeSite();
  const page = await stage.openSignIn("late", ALICE);
  const { uri } = await enrolQuietly(stage.site, { account: ALICE, period: String(PERIOD) });
  await keepTyped(stage.browser, page, uri, { protection: { passphrase: PASSPHRASE } });
});
afterEach(() => stage.clearTabs());
afterAll(async () => {
  await stage?.close();
  await neighbour?.close();
  await profile?.remove();
});

const codeOf = (page: Page) => page.getByLabel("Authentication code").inputValue();
const filled = (page: Page) => eventually(() => codeOf(page)).toMatch(/^\d{6}$/);
const traces = () => auto.tracesOf(stage.browser);

/** A code that the site has not seen yet: the account's next. */
async function nextStep(): Promise<void> {
  const intoStep = Date.now() % (PERIOD * 1000);
  await new Promise((done) => setTimeout(done, PERIOD * 1000 - intoStep + 200));
}

test("a permission alone fills nothing: a site that was not switched on has no script of ours", async () => {
  const page = await stage.openSignIn("single", ALICE);
  await page.waitForTimeout(NOTHING_MS);
  expect(await auto.watcherIn(page)).toEqual([]);
  expect(await codeOf(page)).toBe("");
  expect(await traces()).toEqual({ listed: [], registered: [], permitted: [HERE, ELSEWHERE] });
});

test("the wish of a popup that died over the browser's question is done by the next worker, in the open page", async () => {
  const page = await stage.openSignIn("single", ALICE);
  const popup = await auto.askToSwitchOn(stage.browser, page);
  await auto.pressAndDie(stage.browser, popup);
  await stage.browser.killWorker();
  await stage.browser.serviceWorker();
  await filled(page);
  expect(await submissionsOf(page)).toBe(0);
  expect(await submit(page)).toBe("accepted");
  expect(await traces()).toEqual({
    listed: [stage.site.origin],
    registered: [HERE],
    permitted: [HERE, ELSEWHERE],
  });
  expect(await auto.wishes(stage.browser)).toBe(0);
});

test("from then on a page is filled when it opens, without a gesture, whether or not a worker runs", async () => {
  await nextStep();
  await stage.browser.killWorker();
  const page = await stage.openSignIn("single", ALICE);
  await filled(page);
  expect(await submissionsOf(page)).toBe(0);
  expect(await submit(page)).toBe("accepted");
});

test("a field that comes later is filled when it comes", async () => {
  const page = await stage.openSignIn("late", ALICE);
  await eventually(() => auto.watcherIn(page)).toContain("watching");
  await stage.browser.killWorker();
  await page.getByRole("button", { name: "Continue" }).click();
  await filled(page);
  expect(await submissionsOf(page)).toBe(0);
});

test("boxes, and a field in a shadow root, are filled too", async () => {
  const boxes = await stage.openSignIn("six-boxes", ALICE);
  const digits = () =>
    boxes
      .locator("[data-box]")
      .evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value).join(""));
  await eventually(digits).toMatch(/^\d{6}$/);
  const shadow = await stage.openSignIn("shadow-root", ALICE);
  await eventually(() => shadow.getByLabel("Verification code").inputValue()).toMatch(/^\d{6}$/);
});

test("a form that asks for the password too gets its code when the person comes to it", async () => {
  const page = await stage.openSignIn("login-form", ALICE);
  const field = page.getByLabel("Two-factor code");
  await page.getByLabel("Email").fill("alice");
  await page.waitForTimeout(NOTHING_MS);
  expect(await field.inputValue()).toBe("");
  await page.getByLabel("Password").pressSequentially("correct horse");
  expect(await page.getByLabel("Password").inputValue()).toBe("correct horse");
  await field.focus();
  await eventually(() => field.inputValue()).toMatch(/^\d{6}$/);
});

test("frames, another port, another host, and what the person has typed are left alone", async () => {
  const inFrame = await stage.openSignIn("same-origin-frame", ALICE);
  const otherPort = await stage.browser.openPage(`${neighbour.origin}/sign-in/single?account=${ALICE}`);
  const otherHost = await stage.browser.openPage(`${stage.site.otherOrigin}/sign-in/single?account=${ALICE}`);
  const typed = await stage.openSignIn("late", ALICE);
  await typed.getByRole("button", { name: "Continue" }).click();
  await typed.getByLabel("Authentication code").pressSequentially("12");
  for (const page of [inFrame, otherPort, otherHost, typed]) {
    await page.bringToFront();
    await page.waitForTimeout(NOTHING_MS);
  }
  const frame = inFrame.frames().find((each) => each !== inFrame.mainFrame());
  expect(await frame?.getByLabel("Authentication code").inputValue()).toBe("");
  expect(await codeOf(otherPort)).toBe("");
  expect(await codeOf(otherHost)).toBe("");
  expect(await codeOf(typed)).toBe("12");
});

test("a code that the person has taken out again does not come back, in this step or the next", async () => {
  const page = await stage.openSignIn("single", ALICE);
  await filled(page);
  const field = page.getByLabel("Authentication code");
  await field.press("ControlOrMeta+a");
  await field.press("Delete");
  await nextStep();
  // Coming back to the page is where a field that was rung for in vain is looked at anew.
  await stage.browser.openPage("about:blank");
  await page.bringToFront();
  await page.waitForTimeout(NOTHING_MS);
  expect(await codeOf(page)).toBe("");
});

test("while the vault is locked nothing happens and nobody is asked; unlocked, the open page is filled", async () => {
  const page = await stage.browser.openPage("about:blank");
  const locking = await stage.browser.pressAction(page);
  await locking.getByRole("grid").waitFor();
  await locking.keyboard.press("Alt+l");
  await locking.getByLabel("Passphrase").waitFor();
  await locking.close();
  await page.goto(`${stage.site.origin}/sign-in/single?account=${ALICE}`);
  await page.waitForTimeout(NOTHING_MS);
  expect(await codeOf(page)).toBe("");
  expect(await stage.browser.isPopupOpen()).toBe(false);
  const popup = await stage.browser.pressAction(page);
  await popup.getByLabel("Passphrase").fill(PASSPHRASE);
  await popup.keyboard.press("Enter");
  await filled(page);
});

test("a form is sent off only where that was switched on, and then once", async () => {
  const settings = await stage.browser.openExtensionPage("page.html#/settings");
  const sending = settings.getByRole("checkbox", { name: /Send the form off too/ });
  await sending.click();
  // It is ticked once that is stored.
  await eventually(() => sending.isChecked()).toBe(true);
  await eventually(() => auto.sentOffSites(stage.browser)).toEqual([stage.site.origin]);
  await settings.close();
  await nextStep();
  const page = await stage.openSignIn("single", ALICE);
  expect(await verdictOf(page)).toBe("accepted");
  expect(await submissionsOf(page)).toBe(1);
  // The site asks again right away: the code is there, the press is the person's.
  await nextStep();
  await page.reload();
  await filled(page);
  await page.waitForTimeout(NOTHING_MS);
  expect(await submissionsOf(page)).toBe(0);
  expect(await submit(page)).toBe("accepted");
});

test("taken away in the browser's own settings, nothing is left in the browser or in an open page", async () => {
  const page = await stage.openSignIn("late", ALICE);
  await eventually(() => auto.watcherIn(page)).toEqual(auto.WATCHER);
  await stage.browser.killWorker();
  await auto.revokeOutside(stage.browser, HERE);
  await eventually(traces).toEqual({ ...auto.NO_TRACES, permitted: [ELSEWHERE] });
  await eventually(() => auto.watcherIn(page)).toEqual([]);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForTimeout(NOTHING_MS);
  expect(await codeOf(page)).toBe("");
});

test("asked about anew and not answered, nothing is switched on, and the next popup says so", async () => {
  const page = await stage.openSignIn("single", ALICE);
  const popup = await auto.askToSwitchOn(stage.browser, page);
  await popup.getByRole("button", { name: "Switch on" }).click();
  await eventually(() => auto.wishes(stage.browser)).toBe(1);
  await popup.close();
  const next = await stage.browser.pressAction(page);
  await next.getByText("Without your permission 127.0.0.1:").first().waitFor();
  expect(await codeOf(page)).toBe("");
  expect(await traces()).toEqual({ ...auto.NO_TRACES, permitted: [ELSEWHERE] });
  expect(await auto.wishes(stage.browser)).toBe(0);
  await next.close();
});
