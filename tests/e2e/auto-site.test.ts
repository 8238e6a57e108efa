import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import * as auto from "./steps/auto-site.ts";
import { submissionsOf, submit } from "./steps/fill.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolQuietly, keepTyped } from "./steps/type-in.ts";
import { wordsIn } from "./words.ts";

/** A site that fills by itself, in short: each test goes on where the one before it ended. The long run has the corners. */
const { t } = wordsIn("en");
const HERE = "http://127.0.0.1/*";
/** Longer than our script and the worker take for a field; what has not come by then does not come. */
const NOTHING_MS = 2_500;

let profile: Awaited<ReturnType<typeof auto.permittedProfile>>;
let stage: Stage;
let page: Page;

beforeAll(async () => {
  profile = await auto.permittedProfile([HERE]);
  stage = await openStage({ userDataDir: profile.path });
  page = await stage.openSignIn("single", "alice");
  const { uri } = await enrolQuietly(stage.site, { account: "alice" });
  await keepTyped(stage.browser, page, uri);
});
afterAll(async () => {
  await stage?.close();
  await profile?.remove();
});

const codeOf = (signIn: Page) => signIn.getByLabel("Authentication code").inputValue();
const filled = (signIn: Page) => eventually(() => codeOf(signIn)).toMatch(/^\d{6}$/);

test("a permission alone fills nothing: a site that was not switched on has no script of ours", async () => {
  await page.reload();
  await page.waitForTimeout(NOTHING_MS);
  expect(await auto.watcherIn(page)).toEqual([]);
  expect(await codeOf(page)).toBe("");
});

test("switched on, the code is there, in the open page and when it opens again, and is not sent off", async () => {
  await auto.switchOn(stage.browser, page);
  await filled(page);
  await stage.browser.killWorker();
  await page.reload();
  await filled(page);
  expect(await submissionsOf(page)).toBe(0);
  expect(await submit(page)).toBe("accepted");
});

test("in a frame, and at another host, nothing is filled", async () => {
  const inFrame = await stage.openSignIn("same-origin-frame", "alice");
  const elsewhere = await stage.browser.openPage(`${stage.site.otherOrigin}/sign-in/single?account=alice`);
  for (const each of [inFrame, elsewhere]) {
    await each.bringToFront();
    await each.waitForTimeout(NOTHING_MS);
  }
  const frame = inFrame.frames().find((each) => each !== inFrame.mainFrame());
  expect(await frame?.getByLabel("Authentication code").inputValue()).toBe("");
  expect(await codeOf(elsewhere)).toBe("");
});

test("taken away in the settings, nothing is left in the browser or in an open page", async () => {
  const settings = await stage.browser.openExtensionPage("page.html#/settings");
  await settings
    .getByRole("button", { name: t("settings.auto-remove-named", { host: hostOf(page) }) })
    .click();
  await eventually(() => auto.tracesOf(stage.browser)).toEqual(auto.NO_TRACES);
  await eventually(() => auto.watcherIn(page)).toEqual([]);
});

function hostOf(signIn: Page): string {
  return new URL(signIn.url()).host;
}
