import type { Page } from "playwright-core";
import type { ExtensionBrowser } from "../../support/extension.ts";
import * as vault from "../vault-steps.ts";
import { wordsIn } from "../words.ts";
import { noteTracks } from "./device-tracks.ts";
import { makeFilm, type Scene } from "./film.ts";
import { shownDrafts } from "./scan.ts";

const { t } = wordsIn("en");
const undo: (() => Promise<unknown>)[] = [];

/** Closes the browsers and removes the films of a test. */
export async function closeCameras(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

/** A browser whose camera is played by a film. */
export async function launchWithFilm(scenes: readonly Scene[]): Promise<ExtensionBrowser> {
  const film = await makeFilm(scenes);
  undo.push(film.remove);
  return launchWith([
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${film.path}`,
    "--use-fake-ui-for-media-stream",
  ]);
}

/** A browser with these switches, closed by closeCameras. */
export async function launchWith(flags: readonly string[]): Promise<ExtensionBrowser> {
  const browser = await vault.launch({ flags });
  undo.push(() => browser.close());
  return browser;
}

/** Opens the section as a reload would: nothing begins by itself, so that tracks can be noted first. */
export async function openStill(browser: ExtensionBrowser): Promise<Page> {
  const page = await browser.openExtensionPage("page.html#/camera");
  await page.getByRole("button", { name: t("live.camera-start") }).waitFor();
  await noteTracks(page);
  return page;
}

export function startCamera(page: Page): Promise<void> {
  return page.getByRole("button", { name: t("live.camera-start") }).click();
}

/** The issuers of the accounts that were found. */
export async function issuersIn(page: Page): Promise<string[]> {
  return (await shownDrafts(page)).map(({ issuer }) => issuer);
}
