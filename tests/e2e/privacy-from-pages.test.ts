import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { BUILT_EXTENSION, type ExtensionBrowser } from "../support/extension.ts";
import * as steps from "./vault-steps.ts";

/** What a page, or a script put into it, can learn of the extension: nothing. */
let site: PracticeSite;
let browser: ExtensionBrowser;

beforeAll(async () => {
  site = await startPracticeSite();
  browser = await steps.launch();
  const entry = steps.entryOf({ issuer: "Harbour", account: "alice@example.com" });
  await steps.restoreInto(browser, [entry], steps.PASSPHRASE);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test("a script in a page can't read our storage, and the page itself sees nothing of us", async () => {
  const page = await browser.openPage(`${site.origin}/sign-in/single`);
  const popup = await browser.pressAction(page);
  const worker = await browser.serviceWorker();
  const seen = await worker.evaluate(async (url) => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    const [tab] = await chrome.tabs.query({ url: `${url}*` });
    const [answer] = await chrome.scripting.executeScript({
      target: { tabId: tab?.id ?? -1 },
      func: async () => {
        const { chrome: api } = globalThis as unknown as { chrome: ContentApi };
        const read = (area: "local" | "session" | "sync" | "managed") =>
          Promise.resolve()
            .then(() => api.storage[area].get(null))
            .then(JSON.stringify, (error: Error) => `refused: ${error.message}`);
        const databases = (await indexedDB.databases()).map(({ name }) => name).join();
        return [document.title, await read("local"), await read("session"), await read("managed"), databases];
      },
    });
    return answer?.result ?? [];
  }, page.url());
  await popup.close();
  const [title, local, session, managed, databases] = seen;
  expect(title, "the script ran in the page").toBe(await page.title());
  expect(local).toMatch(/^refused: .*not allowed/);
  expect(session).toMatch(/^refused: .*not allowed/);
  expect(managed).toMatch(/^refused: .*not allowed/);
  expect(databases).toBe("");

  const runtime = await page.evaluate(
    () => typeof (globalThis as { chrome?: { runtime?: unknown } }).chrome?.runtime,
  );
  expect(runtime).toBe("undefined");
});

test("a page can reach no file of the extension", async () => {
  const page = await browser.openPage(`${site.origin}/enroll/no-code`);
  const files = (await readdir(BUILT_EXTENSION, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && !file.parentPath.endsWith("issuer-marks"))
    .map((file) => join(file.parentPath, file.name).slice(BUILT_EXTENSION.length + 1));
  expect(files).toContain("popup.html");
  const reached = await page.evaluate(
    async ({ paths, origin }) => {
      const found: string[] = [];
      for (const path of paths) {
        const url = `${origin}/${path}`;
        await fetch(url).then(
          () => found.push(`fetch ${path}`),
          () => null,
        );
        const drawn = await new Promise<boolean>((resolve) => {
          const image = new Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = url;
        });
        if (drawn) found.push(`picture ${path}`);
      }
      return found;
    },
    { paths: [...files, "issuer-marks/github.svg"], origin: `chrome-extension://${browser.extensionId}` },
  );
  expect(reached).toEqual([]);
});

/** What of the extension's API the worker and an injected script are asked for here. */
type ContentApi = {
  storage: Record<"local" | "session" | "sync" | "managed", { get(keys: null): Promise<object> }>;
};
type WorkerApi = {
  tabs: { query(what: { url: string }): Promise<{ id?: number }[]> };
  scripting: {
    executeScript(what: {
      target: { tabId: number };
      func: () => Promise<string[]>;
    }): Promise<{ result?: string[] }[]>;
  };
};
