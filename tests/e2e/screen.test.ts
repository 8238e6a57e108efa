import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { noteTracks, trackStates } from "./steps/device-tracks.ts";
import { shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { wordsIn } from "./words.ts";

/** What another window shows; the browser's dialog is answered by a switch here, and by key in prompts-native. */
const { t } = wordsIn("en");
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ flags: ["--auto-select-tab-capture-source-by-title=Harbour"] });
});
afterAll(() => stage?.close());
afterEach(() => stage.clearTabs());

async function openScreen(): Promise<Page> {
  const page = await stage.browser.openExtensionPage("page.html#/screen");
  await page.getByRole("button", { name: t("live.screen-start") }).waitFor();
  await noteTracks(page);
  return page;
}

test("a code in another tab is found, and the sharing ends at once", async () => {
  await stage.openEnrolment("png", { account: "alice+shared@example.com" });
  const page = await openScreen();
  // The button has the focus: one key is enough.
  await page.keyboard.press("Enter");
  await eventually(() => shownDrafts(page).then((drafts) => drafts.map(({ account }) => account))).toEqual([
    "alice+shared@example.com",
  ]);
  expect(await trackStates(page)).toEqual(["ended"]);
});
