import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { trackStates } from "./steps/device-tracks.ts";
import { shownDrafts } from "./steps/scan.ts";
import { openScreen, openSharingStage } from "./steps/screen.ts";
import type { Stage } from "./steps/stage.ts";

/** What another window shows; the browser's dialog is answered by a switch here, and by key in prompts-native. */
let stage: Stage;

beforeAll(async () => {
  stage = await openSharingStage();
});
afterAll(() => stage?.close());
afterEach(() => stage.clearTabs());

test("a code in another tab is found, and the sharing ends at once", async () => {
  await stage.openEnrolment("png", { account: "alice+shared@example.com" });
  const page = await openScreen(stage);
  // The button has the focus: one key is enough.
  await page.keyboard.press("Enter");
  await eventually(() => shownDrafts(page).then((drafts) => drafts.map(({ account }) => account))).toEqual([
    "alice+shared@example.com",
  ]);
  expect(await trackStates(page)).toEqual(["ended"]);
});
