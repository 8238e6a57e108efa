import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { axeViolations } from "./axe.ts";
import { dumpDatabases } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** A vault whose passphrase was put off, from its first day to the day it gets one. The tests build on each other. */
const { t } = wordsIn("en");
const entries = ["Harbour", "Lighthouse", "Anchor"].map((issuer) =>
  steps.entryOf({ issuer, account: "alice@example.com", period: 3600 }),
);

let profile: string;
let browser: ExtensionBrowser;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), "countersign-device-"));
  browser = await steps.launch({ userDataDir: profile });
  await steps.restoreInto(browser, entries, null);
});
afterAll(async () => {
  await browser?.close();
  await rm(profile, { recursive: true, maxRetries: 5 });
});

test("it can't be locked, and the popup says so in a sentence", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.getByText(t("notice.device")).waitFor();
  await browser.picture(popup, "popup-notice");
  expect(await axeViolations(popup, "light")).toEqual([]);
  expect(await popup.getByRole("button", { name: t("list.lock") }).count()).toBe(0);
  await popup.keyboard.press("Alt+l");
  await popup.waitForTimeout(200);
  expect(await popup.locator("[data-code]").count()).toBe(3);
  await popup.close();
});

test("it is still open after the browser was closed, with the same codes", async () => {
  await browser.close();
  browser = await steps.launch({ userDataDir: profile });
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  const codes = (await steps.drawnRows(popup)).map(({ code }) => code);
  expect(codes).toEqual(entries.map((entry) => steps.expectedCode(entry, Date.now())));
  await popup.close();
});

test("its first passphrase makes a new key, encrypts everything again and deletes the device's slot", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.getByText(t("notice.device")).waitFor();
  const before = JSON.parse(await dumpDatabases(popup));
  expect(before["countersign/slots"].keys).toEqual(["device"]);
  // The key that the device keeps can't be read out by any script.
  expect(before["countersign/slots"].rows[0].key).toBe("key:AES-GCM:false:encrypt,decrypt");

  await popup.getByRole("button", { name: t("notice.set-passphrase") }).click();
  await steps.protect(popup, steps.PASSPHRASE);
  await popup.getByText(t("protect.done")).first().waitFor();
  const after = JSON.parse(await dumpDatabases(popup));
  expect(after["countersign/slots"].keys).toEqual(["passphrase"]);
  expect(JSON.stringify(after)).not.toContain("key:");
  expect(after["countersign/vault"].rows[0].keyId).not.toBe(before["countersign/vault"].rows[0].keyId);
  const sealed = (dump: typeof after) =>
    dump["countersign/entries"].rows.map((row: { sealed: string }) => row.sealed);
  expect(after["countersign/entries"].keys).toEqual(before["countersign/entries"].keys);
  for (const bytes of sealed(after)) expect(sealed(before)).not.toContain(bytes);
  await popup.close();
});

test("from then on it locks and opens like any other, with the same codes", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  const codes = (await steps.drawnRows(popup)).map(({ code }) => code);
  expect(codes).toEqual(entries.map((entry) => steps.expectedCode(entry, Date.now())));
  await popup.getByRole("button", { name: t("list.lock") }).click();
  await popup.getByText(t("locked.by-hand")).waitFor();
  await steps.unlockWith(popup, steps.PASSPHRASE);
  await popup.locator("[data-code]").nth(2).waitFor();
});
