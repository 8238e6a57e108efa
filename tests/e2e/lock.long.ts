import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { dumpStorage } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Nothing is moved or written by the test here: a minute is a minute. */
const { t, tn } = wordsIn("en");
let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(
    browser,
    [steps.entryOf({ issuer: "Harbour", account: "alice@example.com" })],
    steps.PASSPHRASE,
  );
});
afterAll(() => browser?.close());

test("a minute without use locks, with every page of ours closed and the worker killed", async () => {
  const settings = await browser.openExtensionPage("page.html#/settings");
  await settings.getByLabel(t("settings.lock-after")).selectOption({ label: tn("settings.lock-minutes", 1) });
  await eventually(async () =>
    JSON.stringify((await dumpStorage(settings, "session"))["vault-deadline"]),
  ).toContain("deadline");
  const since = Date.now();
  await settings.goto("about:blank");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await browser.killWorker();

  // The alarm wakes the worker, which locks without any page; the browser may ring half a minute late.
  const worker = async () => browser.isWorkerRunning();
  await expect.poll(worker, { timeout: 100_000, interval: 500 }).toBe(true);
  expect(Date.now() - since).toBeGreaterThan(58_000);
  const keys = async () => {
    const running = await browser.serviceWorker();
    return running.evaluate(async () =>
      Object.keys(
        await (
          globalThis as unknown as { chrome: { storage: { session: { get(): Promise<object> } } } }
        ).chrome.storage.session.get(),
      ),
    );
  };
  await expect.poll(keys, { timeout: 5_000 }).not.toContain("vault-key");
  const page = await browser.openExtensionPage("popup.html");
  await page.getByText(t("locked.idle-timeout")).waitFor();
});
