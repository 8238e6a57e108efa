import type { CDPSession } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatTable } from "../bench/table.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import * as steps from "./vault-steps.ts";

const MINUTES = 10;
/** What a popup may hold more of after its second minute than after its first: by this factor, once garbage is gone. */
const MOST_GROWTH = 1.15;

let browser: ExtensionBrowser;
const entries = Array.from({ length: 200 }, (_, at) =>
  steps.entryOf({
    issuer: `Harbour ${String(at).padStart(3, "0")}`,
    account: "alice",
    period: at % 2 ? 30 : 10,
  }),
);

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
});
afterAll(() => browser?.close());

type Held = { readonly heap: number; readonly nodes: number; readonly listeners: number };

async function held(cdp: CDPSession): Promise<Held> {
  for (let time = 0; time < 2; time++) await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heap: value("JSHeapUsedSize"), nodes: value("Nodes"), listeners: value("JSEventListeners") };
}

test("a popup that stays open for ten minutes shows the right codes and grows by nothing", async () => {
  const page = await browser.openPage("about:blank");
  const popup = await browser.pressAction(page);
  await popup.locator(".row [data-code]").first().waitFor();
  const cdp = await popup.context().newCDPSession(popup);
  await cdp.send("Performance.enable");
  const samples: Held[] = [];
  for (let minute = 1; minute <= MINUTES; minute++) {
    await popup.waitForTimeout(60_000);
    samples.push(await held(cdp));
  }
  const rows = samples.map(({ heap, nodes, listeners }, at) => [
    `${at + 1}`,
    `${(heap / 1e6).toFixed(2)} MB`,
    String(nodes),
    String(listeners),
  ]);
  console.log(
    formatTable("A popup of 200 entries left open", ["minute", "heap", "nodes", "listeners"], rows),
  );

  const [first, last] = [samples[0], samples.at(-1)];
  expect((last?.heap ?? 0) / (first?.heap ?? 1)).toBeLessThan(MOST_GROWTH);
  expect(last?.nodes).toBeLessThanOrEqual((first?.nodes ?? 0) * MOST_GROWTH);
  expect(last?.listeners).toBeLessThanOrEqual((first?.listeners ?? 0) * MOST_GROWTH);

  const before = Date.now();
  const drawn = await steps.drawnRows(popup);
  const times = [before, Date.now()];
  expect(drawn.length).toBeGreaterThan(5);
  for (const { name, code } of drawn) {
    const entry = entries.find(({ issuer }) => issuer === name);
    expect(times.map((time) => entry && steps.expectedCode(entry, time))).toContain(code);
  }
});
