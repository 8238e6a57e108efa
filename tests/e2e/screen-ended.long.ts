import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { trackStates } from "./steps/device-tracks.ts";
import { shownDrafts } from "./steps/scan.ts";
import { openScreen, openSharingStage } from "./steps/screen.ts";
import type { Stage } from "./steps/stage.ts";
import { wordsIn } from "./words.ts";

/** What another window shows, until it is closed; the browser's dialog is answered by a switch. */
const { t } = wordsIn("en");
let stage: Stage;

beforeAll(async () => {
  stage = await openSharingStage();
});
afterAll(() => stage?.close());
afterEach(() => stage.clearTabs());

test("what is watched is closed: it is said, and can be chosen anew", async () => {
  const watched = await stage.openEnrolment("no-code");
  const page = await openScreen(stage);
  await page.keyboard.press("Enter");
  await page.locator(".live-picture video").waitFor();
  expect(await trackStates(page)).toEqual(["live"]);
  await watched.close();
  await page.getByText(t("scan.screen-ended")).waitFor();
  expect(await trackStates(page)).toEqual(["ended"]);
  await stage.openEnrolment("png", { account: "alice+anew@example.com" });
  await page.bringToFront();
  await page.getByRole("button", { name: t("scan-next.try-again") }).click();
  await eventually(() => shownDrafts(page).then((drafts) => drafts.map(({ account }) => account))).toEqual([
    "alice+anew@example.com",
  ]);
});
