import type { Page } from "playwright-core";
import { wordsIn } from "../words.ts";
import { noteTracks } from "./device-tracks.ts";
import { openStage, type Stage } from "./stage.ts";

const { t } = wordsIn("en");

/** A stage whose browser shares the practice site's tab by itself where it is asked what to share. */
export function openSharingStage(): Promise<Stage> {
  return openStage({ flags: ["--auto-select-tab-capture-source-by-title=Harbour"] });
}

/** The section in which another window is watched, before it is; its button has the focus. */
export async function openScreen(stage: Stage): Promise<Page> {
  const page = await stage.browser.openExtensionPage("page.html#/screen");
  await page.getByRole("button", { name: t("live.screen-start") }).waitFor();
  await noteTracks(page);
  return page;
}
