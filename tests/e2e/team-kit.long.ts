import type { Page } from "playwright-core";
import QRCode from "qrcode";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { closeCameras, launchWithFilm } from "./steps/camera.ts";
import { connectDevice, contact, openKit, protectProfile, register } from "./steps/connect.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** What somebody gets in with at a server, changed through the real screens: a new kit, another address, another device. */
const { t } = wordsIn("en");
const EMAIL = "alice@example.com";
const NEW_EMAIL = "alice.smith@example.com";
const OTHER_PASSPHRASE = "alice chose other words there";

let server: TeamServer;
let first: ExtensionBrowser;
let second: ExtensionBrowser;
let page: Page;
let there: Page;
let former: string;
let kit: string;

beforeAll(async () => {
  server = await startTeamServer();
  first = await steps.launch();
  await protectProfile(first, steps.PASSPHRASE);
  page = await first.openExtensionPage("page.html#/teams");
  await contact(page, server.code);
  await register(page, EMAIL, steps.PASSPHRASE);
  former = await checkedKit();
  second = await steps.launch();
  await protectProfile(second, OTHER_PASSPHRASE);
  there = await second.openExtensionPage("page.html#/teams");
});
afterAll(async () => {
  await closeCameras();
  await first?.close();
  await second?.close();
  await server?.stop();
});

const button = (on: Page, name: string) => on.getByRole("button", { name, exact: true });
const host = () => new URL(server.origin).host;
const opens = (name: Parameters<typeof t>[0], action: Parameters<typeof t>[0]) =>
  button(page, `${t(name)}: ${t(action)}`);
const asPicture = async (text: string): Promise<steps.HandedFile> => ({
  name: "code.png",
  mimeType: "image/png",
  buffer: await QRCode.toBuffer(text, { margin: 4, scale: 6 }),
});

/** Reads the kit off its sheet and types it back. */
async function checkedKit(): Promise<string> {
  const sheet = await openKit(first, page, steps.PASSPHRASE);
  const letters = (await sheet.locator(".sheet-secret").textContent()) ?? "";
  await sheet.close();
  await page.getByLabel(t("teams.kit.check")).fill(letters);
  await button(page, t("teams.kit.check-action")).click();
  await page.getByText(t("teams.kit.title"), { exact: true }).waitFor({ state: "detached" });
  return letters;
}

async function givePassphrase(action: Parameters<typeof t>[0], passphrase = steps.PASSPHRASE) {
  await page.getByLabel(t("teams.again.passphrase"), { exact: true }).fill(passphrase);
  await button(page, t(action)).click();
}

test("a new kit takes the passphrase, is printed and typed back, and the former one connects nothing", async () => {
  await opens("teams.access.kit", "teams.access.kit-new").click();
  await givePassphrase("teams.new-kit.action", "not the passphrase");
  await page.getByText(t("unlock.wrong-passphrase")).waitFor();
  await givePassphrase("teams.new-kit.action");
  await page.getByText(t("teams.kit.title"), { exact: true }).waitFor();
  // The page as it is after a tab that died: the notice is still there.
  await page.reload();
  kit = await checkedKit();
  expect(kit).not.toBe(former);
  await button(there, t("teams.other-device-action")).click();
  const given = { address: server.origin, email: EMAIL, passphrase: steps.PASSPHRASE };
  await connectDevice(there, { ...given, kit: former });
  await there.getByText(t("teams.refused.wrong-kit")).waitFor();
  await connectDevice(there, { ...given, kit });
  await there.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
});

test("another address is typed twice, and the other device learns it from the server", async () => {
  await opens("teams.access.email", "teams.access.email-change").click();
  await page.getByLabel(t("teams.email-change.new")).fill(NEW_EMAIL);
  await page.getByLabel(t("teams.email-change.again")).fill(EMAIL);
  await givePassphrase("teams.email-change.action");
  await page.getByText(t("teams.email-change.differ")).waitFor();
  await page.getByLabel(t("teams.email-change.again")).fill(NEW_EMAIL);
  await givePassphrase("teams.email-change.action");
  await page.getByText(t("teams.server.signed-in", { email: NEW_EMAIL })).waitFor();
  await eventually(() => opens("teams.access.email", "teams.access.email-change").isVisible()).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(t("teams.access.email-change"));
  await there.reload();
  await there.getByText(t("teams.server.signed-in", { email: NEW_EMAIL })).waitFor();
  await there
    .getByText(t("teams.email-change.moved", { host: host(), email: NEW_EMAIL }))
    .first()
    .waitFor();
});

test("a code on this device connects another one, from a picture of it, and hides itself", async () => {
  await button(there, t("teams.disconnect")).click();
  await there.getByLabel(t("passphrase.label"), { exact: true }).fill(OTHER_PASSPHRASE);
  await button(there, t("teams.disconnect-sure", { host: host() })).click();
  await there.getByLabel(t("teams.code")).waitFor();

  await page.clock.install();
  await opens("teams.access.device", "teams.access.device-connect").click();
  await givePassphrase("teams.show-device.action");
  const qr = page.getByRole("img", { name: t("teams.show-device.qr") });
  const buffer = await qr.screenshot();
  expect(await page.locator(".device-letters").textContent()).toMatch(/^CSD1-( [A-Z2-7]{1,5})+$/);
  await page.clock.fastForward("01:58");
  expect(await qr.isVisible()).toBe(true);
  await page.clock.fastForward("00:03");
  await qr.waitFor({ state: "detached" });
  expect(await page.getByText("CSD1-").count()).toBe(0);

  await button(there, t("teams.other-device-action")).click();
  const picture = { name: "code.png", mimeType: "image/png", buffer };
  await there.locator("input[type=file]").setInputFiles(picture);
  await eventually(() => there.getByLabel(t("teams.email")).inputValue()).toBe(NEW_EMAIL);
  expect(await there.getByLabel(t("teams.device.address")).inputValue()).toBe(server.origin);
  await there.getByLabel(t("teams.device.passphrase")).fill(steps.PASSPHRASE);
  await button(there, t("teams.device.action")).click();
  await there.getByText(t("teams.server.signed-in", { email: NEW_EMAIL })).waitFor();
});

test("a kit among pictures of accounts is named, and leads to the section that reads it", async () => {
  const image = await second.openExtensionPage("page.html#/image");
  await image
    .locator("input[type=file]")
    .setInputFiles(await asPicture(`${kit}\n${server.origin}\n${EMAIL}`));
  await image.getByText(t("scan.countersign-kit")).waitFor();
  await button(image, t("scan-next.to-teams")).click();
  await second.context.waitForEvent("page", { timeout: 1 }).catch(() => null);
  await eventually(() => second.context.pages().some((open) => open.url().endsWith("page.html#/teams"))).toBe(
    true,
  );
});

test("a kit is read by the camera, which is off as soon as it was", async () => {
  const third = await launchWithFilm([{ text: `${kit}\n${server.origin}\n${NEW_EMAIL}`, seconds: 6 }]);
  await protectProfile(third, OTHER_PASSPHRASE);
  const device = await third.openExtensionPage("page.html#/teams");
  await button(device, t("teams.other-device-action")).click();
  await button(device, t("teams.read.camera")).click();
  await eventually(() => device.getByLabel(t("teams.device.kit"), { exact: true }).inputValue()).toBe(kit);
  await device.locator("video").waitFor({ state: "detached" });
  expect(await device.getByLabel(t("teams.email")).inputValue()).toBe(NEW_EMAIL);
  await device.getByLabel(t("teams.device.passphrase")).fill(steps.PASSPHRASE);
  await button(device, t("teams.device.action")).click();
  await device.getByText(t("teams.server.signed-in", { email: NEW_EMAIL })).waitFor();
});
