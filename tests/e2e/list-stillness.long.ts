import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Nothing in the list may move under a hand that is about to press: not by a toast, a notice or a code that ends. */
const { t } = wordsIn("en");
const entries = [
  { issuer: "Anchor", account: "alice@example.com", period: 8 },
  {
    issuer: "An issuer with a very long name that is cut",
    account: "bob@example.com",
    period: 8,
    digits: 8,
  },
  { issuer: "Steam", account: "alice", type: "steam" as const, digits: 5 },
  { issuer: "Counter", account: "eve", type: "hotp" as const, period: null, counter: 5 },
].map((entry) => steps.entryOf(entry));

let browser: ExtensionBrowser;
let popup: Page;

beforeAll(async () => {
  browser = await steps.launch();
  // Without a passphrase, so that there is a notice.
  await steps.restoreInto(browser, entries, null);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  popup = await steps.openPopupTab(browser);
  await popup.locator(".row [data-code]").first().waitFor();
});
afterEach(() => popup.close());

/** Where every row, name, code and ring stands, and how wide the names are. */
function places(): Promise<string> {
  return popup.evaluate(() =>
    JSON.stringify(
      [...document.querySelectorAll(".top, .row, .row-names, .row-code > .code, .ring, .section, .foot")].map(
        (element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [element.getAttribute("class")?.split(" ")[0], x, y, width, height].join(" ");
        },
      ),
    ),
  );
}

test("no scrollbar where none is needed", async () => {
  const overflow = await popup.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll("*")]
      .filter(
        (element) =>
          (element.scrollHeight > element.clientHeight && getComputedStyle(element).overflowY === "auto") ||
          (element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === "auto"),
      )
      .map((element) => element.className),
  );
  expect(overflow).toEqual([]);
  expect(
    await popup.evaluate(() => [document.documentElement.scrollHeight, document.body.scrollHeight]),
  ).toEqual([steps.POPUP.height, steps.POPUP.height]);
});

test("a notice that is known only later moves no row", async () => {
  await popup.close();
  popup = await browser.context.newPage();
  await popup.setViewportSize(steps.POPUP);
  // Notes where the rows stand at every frame from the first painting on.
  await popup.addInitScript(() => {
    const tops: string[] = [];
    Object.assign(globalThis, { seenTops: tops });
    const look = () => {
      const rows = [...document.querySelectorAll(".row")].map((row) => row.getBoundingClientRect().top);
      if (rows.length > 0) tops.push(rows.join());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await popup.goto(`chrome-extension://${browser.extensionId}/popup.html`);
  await popup.getByText(t("notice.device")).waitFor();
  await popup.waitForTimeout(100);
  const tops = await popup.evaluate(() => (globalThis as unknown as { seenTops: string[] }).seenTops);
  expect(new Set(tops).size).toBe(1);
});

test("a toast lies over the list and moves nothing, when it comes and when it goes", async () => {
  await popup.getByText(t("notice.device")).waitFor();
  const before = await places();
  await popup.keyboard.press("Control+c");
  await popup.locator(".toast").waitFor();
  expect(await places()).toBe(before);
  await popup.getByRole("button", { name: t("action.close") }).click();
  await eventually(() => popup.locator(".toast").count()).toBe(0);
  expect(await places()).toBe(before);
});

test("a code that ends, the next one beside it, and the change move nothing", async () => {
  await popup.getByText(t("notice.device")).waitFor();
  const seen = new Map<string, string>();
  const codes = new Set<string>();
  await expect
    .poll(
      async () => {
        const state = await popup.evaluate(() => {
          const row = document.querySelector(".row");
          return {
            code: row?.querySelector("[data-code]")?.getAttribute("data-code") ?? "",
            next: row?.querySelector(".row-next") ? "next" : "alone",
          };
        });
        codes.add(state.code);
        seen.set(state.next, await places());
        return [codes.size > 1, seen.has("next"), seen.has("alone")];
      },
      { timeout: 30_000, interval: 250 },
    )
    .toEqual([true, true, true]);
  expect(seen.get("next")).toBe(seen.get("alone"));
});

test("the code that ends shows the next one before it comes, and says so to screen readers", async () => {
  const row = popup.locator(".row").first();
  await row.locator(".row-next").waitFor({ timeout: 20_000 });
  const next = (await row.locator(".row-next").innerText()).replace(/\D/g, "");
  expect(await row.locator(".row-next").innerText()).toContain(t("row.next-code"));
  await expect
    .poll(() => row.locator("[data-code]").getAttribute("data-code"), { timeout: 8_000 })
    .toBe(next);
});
