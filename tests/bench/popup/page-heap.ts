import { evaluate } from "../browser/evaluate.ts";
import { waitUntil } from "../browser/patience.ts";
import { formatTable } from "../table.ts";
import type { BenchBrowser } from "./bench-browser.ts";

/** Bytes of JavaScript objects in the full page's list after a collection, by the number of entries. */
export type PageHeaps = ReadonlyMap<number, number>;

/** Opens the full page at its list, waits for its codes, and reads the heap. */
export async function measurePageHeaps(
  browser: BenchBrowser,
  entryCounts: readonly number[],
): Promise<PageHeaps> {
  const heaps = new Map<number, number>();
  for (const count of entryCounts) {
    const id = browser.idsByCount.get(count);
    if (id === undefined) throw Error(`no extension has ${count} entries`);
    const page = await browser.openTab(`chrome-extension://${id}/page.html#/codes`);
    await waitUntil("the page drew no code", () =>
      evaluate(page.session, () => document.querySelector(".row [data-code]") !== null),
    );
    await page.session.send("Performance.enable");
    await page.session.send("HeapProfiler.collectGarbage");
    const { metrics } = await page.session.send("Performance.getMetrics");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value;
    if (heap === undefined) throw Error("the browser tells no heap");
    heaps.set(count, heap);
    await page.close();
  }
  return heaps;
}

export function pageHeapsTable(heaps: PageHeaps): string {
  return formatTable(
    "The full page's list: memory",
    ["entries", "heap"],
    [...heaps].map(([count, heap]) => [count.toLocaleString("en"), `${(heap / 1e6).toFixed(2)} MB`]),
  );
}
