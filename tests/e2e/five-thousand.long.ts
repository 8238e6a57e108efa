import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import QRCode from "qrcode";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import { formatTable } from "../bench/table.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const { t, tn } = wordsIn("en");
const COUNT = 5_000;
const issuerOf = (at: number) => `Customer ${String(at).padStart(4, "0")}`;
const entries = Array.from({ length: COUNT }, (_, at) =>
  steps.entryOf({ issuer: issuerOf(at), account: `alice+${at}@example.com` }),
);

let browser: ExtensionBrowser;
const rows: string[][] = [];

/** Runs and writes down how long it took; `mostMs` only catches what stands still, the benchmark says how fast it is. */
async function timed<T>(what: string, mostMs: number, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await run();
  const ms = performance.now() - started;
  rows.push([what, `${Math.round(ms)} ms`]);
  expect(ms, what).toBeLessThan(mostMs);
  return value;
}

beforeAll(async () => {
  browser = await steps.launch();
});
afterAll(async () => {
  console.log(
    formatTable(`${COUNT.toLocaleString("en")} entries, with a passphrase`, ["what", "time"], rows),
  );
  await browser?.close();
});

/** Of the rows that lie within what is seen of the list: their codes, null where one is not shown yet. */
function codesInSight(popup: Page): Promise<(string | null)[]> {
  return popup.locator(".list").evaluate((list) => {
    const seen = list.getBoundingClientRect();
    return [...list.querySelectorAll(".row")]
      .filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > seen.top + 1 && top < seen.bottom - 1;
      })
      .map((row) => row.querySelector("[data-code]")?.getAttribute("data-code") ?? null);
  });
}

const areAllThere = (codes: (string | null)[]) => codes.length > 3 && codes.every((code) => code !== null);

const firstCode = (page: Page) => page.locator(".row [data-code]").first().waitFor();
const names = async (page: Page) => (await steps.drawnRows(page)).map(({ name }) => name);
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("come out of a backup, as a person restores it who has a new computer", async () => {
  const file = await steps.backupFile(entries);
  rows.push(["the backup's file", `${(file.buffer.length / 1e6).toFixed(2)} MB`]);
  const page = await browser.openExtensionPage("page.html#/backup");
  await steps.openBackup(page, file);
  await steps.protect(page, steps.PASSPHRASE);
  const restore = button(page, tn("restore.action", COUNT));
  await timed("preview of the backup, first passphrase set", 60_000, () => restore.waitFor());
  await timed("restore", 60_000, async () => {
    await restore.click();
    await page.getByText(tn("restore.done", COUNT)).first().waitFor();
  });
  await page.close();
});

test("show their first code when the popup opens, any of them by scrolling, and one by typing", async () => {
  const popup = await timed("popup, to its first code", 10_000, async () => {
    const opened = await steps.openPopupTab(browser);
    await firstCode(opened);
    return opened;
  });
  const seen = new Set<string>();
  const parts = Array.from({ length: 101 }, (_, at) => at / 100);
  await timed("scrolling through in a hundred steps", 60_000, async () => {
    for (const part of parts) {
      await popup.locator(".list").evaluate((list, to) => list.scrollTo(0, list.scrollHeight * to), part);
      const inSight = () => codesInSight(popup);
      await expect.poll(inSight, { timeout: 10_000, interval: 10 }).toSatisfy(areAllThere);
      for (const { name, code } of await steps.drawnRows(popup)) if (code !== null) seen.add(name);
    }
  });
  expect(seen.size).toBeGreaterThan(400);
  expect((await names(popup)).at(-1)).toBe(issuerOf(COUNT - 1));

  const search = popup.getByRole("combobox");
  for (const at of [7, 2500, COUNT - 1]) {
    await timed(`search for ${issuerOf(at)}, to its code`, 5_000, async () => {
      await search.fill(`alice+${at}@`);
      await expect.poll(() => names(popup), { timeout: 5_000, interval: 10 }).toEqual([issuerOf(at)]);
      await firstCode(popup);
    });
    const entry = entries[at];
    await eventually(async () => (await steps.drawnRows(popup))[0]?.code).toBe(
      entry && steps.expectedCode(entry, Date.now()),
    );
  }
  await popup.close();
});

test("are carried along by the edge of the list, and one is put down far from where it was, and back", async () => {
  const popup = await steps.openPopupTab(browser);
  await firstCode(popup);
  // There and back: from now on the list is in an order by hand.
  for (const key of ["Alt+ArrowDown", "Alt+ArrowUp"]) {
    const before = await names(popup);
    await popup.keyboard.press(key);
    await eventually(() => names(popup)).not.toEqual(before);
  }
  const [first = ""] = await names(popup);
  const list = popup.locator(".list");
  const [box, grip] = await Promise.all([
    list.boundingBox(),
    popup.locator(".row", { hasText: first }).locator(".row-grip").boundingBox(),
  ]);
  if (!box || !grip) throw Error("they are to be seen");
  const x = grip.x + grip.width / 2;
  await popup.mouse.move(x, grip.y + 28);
  await popup.mouse.down();
  await popup.mouse.move(x, grip.y + 60, { steps: 4 });
  await popup.locator(".row.dragged").waitFor();
  const frames = popup.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const [times, from]: [number[], number] = [[], performance.now()];
        const next = (at: number) => {
          times.push(at);
          if (at - from < 4_000) return requestAnimationFrame(next);
          const spans = times.slice(1).map((time, index) => time - (times[index] ?? time));
          resolve(spans.sort((a, b) => a - b)[spans.length >> 1] ?? 0);
        };
        requestAnimationFrame(next);
      }),
  );
  await popup.mouse.move(x, box.y + box.height - 1, { steps: 4 });
  rows.push(["a drag at the edge: half of the frames within", `${Math.round(await frames)} ms`]);
  const far = () => list.evaluate((element) => element.scrollTop);
  await expect.poll(far, { timeout: 30_000 }).toBeGreaterThan(500 * 56);
  await timed("put down, written and shown", 20_000, async () => {
    await popup.mouse.up();
    await popup.locator(".toast").waitFor();
  });
  expect(await names(popup)).toContain(first);
  await button(popup, t("action.undo")).click();
  await popup
    .getByText(t("list.moved-back", { name: first }))
    .first()
    .waitFor();
  await list.evaluate((element) => element.scrollTo(0, 0));
  await eventually(async () => (await names(popup))[0]).toBe(first);
  await popup.close();
});

test("know a code that is scanned again", async () => {
  const page = await browser.openExtensionPage("page.html#/image");
  const again = entries[4321];
  if (!again) throw Error("there are as many");
  const buffer = await QRCode.toBuffer(formatOtpauthUri(again), { scale: 6 });
  await timed("a picture of one that is there: read, and found to be there", 20_000, async () => {
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "again.png", mimeType: "image/png", buffer });
    await page.getByText(t("draft.exists", { name: `${again.issuer}, ${again.account}` })).waitFor();
  });
  await page.close();
});

test("go into a backup that another profile restores whole", async () => {
  const page = await browser.openExtensionPage("page.html#/backup");
  await button(page, t("backup.write-action")).click();
  await page.getByLabel(t("backup.ask-own")).fill(steps.PASSPHRASE);
  await button(page, t("action.continue")).click();
  await page.getByLabel(t("backup.passphrase")).fill(steps.BACKUP_PASSPHRASE);
  await page.getByLabel(t("passphrase.repeat")).fill(steps.BACKUP_PASSPHRASE);
  const buffer = await timed("a backup written, and read again to be sure", 60_000, async () => {
    const download = page.waitForEvent("download");
    await button(page, t("backup.write-action")).click();
    return readFile(await (await download).path());
  });
  await browser.close();

  browser = await steps.launch();
  const other = await browser.openExtensionPage("page.html#/backup");
  const file = { name: "all.age", mimeType: "application/octet-stream", buffer };
  const restore = button(other, tn("restore.action", COUNT));
  await timed("that backup opened in another profile, without a passphrase there", 60_000, async () => {
    await steps.openBackup(other, file);
    await steps.protect(other, null);
    await restore.waitFor();
  });
  await timed("its restore", 60_000, async () => {
    await restore.click();
    await other.getByText(tn("restore.done", COUNT)).first().waitFor();
  });
  await other.close();
  const popup = await steps.openPopupTab(browser);
  await firstCode(popup);
  expect(await popup.getByRole("grid").getAttribute("aria-rowcount")).toBe(String(COUNT + 1));
  // Those just out of sight are opened a moment later.
  await eventually(async () => areAllThere((await steps.drawnRows(popup)).map(({ code }) => code))).toBe(
    true,
  );
  for (const { name, code } of await steps.drawnRows(popup)) {
    const entry = entries.find(({ issuer }) => issuer === name);
    expect(code).toBe(entry && steps.expectedCode(entry, Date.now()));
  }
});
