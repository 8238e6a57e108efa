import { type Spread, spreadOf } from "../statistics.ts";
import { formatRatio, formatSpread, formatTable } from "../table.ts";
import type { BenchBrowser, Surface } from "./bench-browser.ts";
import type { FirstCode } from "./watch-first-code.ts";

const ROUNDS = 9;

/** How long one kind of popup took, in milliseconds. */
export type OpeningTimes = {
  /** From the document's start (performance.timeOrigin) until the first code was painted. */
  readonly firstCode: Spread;
  /** The same from the first byte of the document on: without the time the browser takes to start a process. */
  readonly afterFirstByte: Spread;
};
export type Openings = ReadonlyMap<number | "empty", OpeningTimes>;

/**
 * Opens all popups in turn, again and again, so that whatever else the machine does hits all alike. The first round is
 * not counted: the browser keeps what it learns in it.
 */
export async function measureOpenings(browser: BenchBrowser, surface: Surface): Promise<Openings> {
  const ids = new Map<number | "empty", string>([["empty", browser.emptyId], ...browser.idsByCount]);
  const seen = new Map<number | "empty", FirstCode[]>([...ids.keys()].map((kind) => [kind, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [kind, id] of ids) {
      const page = await browser.open(surface, id);
      const times = await page.firstCode;
      await page.close();
      if (round > 0) seen.get(kind)?.push(times);
    }
  }
  return new Map(
    [...seen].map(([kind, all]) => [
      kind,
      {
        firstCode: spreadOf(all.map(({ painted }) => painted)),
        afterFirstByte: spreadOf(all.map(({ painted, firstByte }) => painted - firstByte)),
      },
    ]),
  );
}

/** @param openings must have those of the empty popup and of 100 entries */
export function openingsTable(surface: Surface, openings: Openings): string {
  const how =
    surface === "popup"
      ? "as a real popup: the toolbar's action pressed over a page, no worker running"
      : "as a tab, no worker running";
  const [empty, hundred] = [openings.get("empty"), openings.get(100)];
  if (!(empty && hundred)) throw Error("the popups to compare with were not measured");
  return formatTable(
    `Document start to first code painted, ${how}`,
    ["entries", "median (quartiles)", "of empty", "of 100", "from first byte on", "of empty", "of 100"],
    [...openings].map(([kind, { firstCode, afterFirstByte }]) => [
      kind === "empty" ? "empty extension" : kind.toLocaleString("en"),
      formatSpread(firstCode),
      formatRatio(firstCode.median, empty.firstCode.median),
      kind === "empty" ? "" : formatRatio(firstCode.median, hundred.firstCode.median),
      formatSpread(afterFirstByte),
      formatRatio(afterFirstByte.median, empty.afterFirstByte.median),
      kind === "empty" ? "" : formatRatio(afterFirstByte.median, hundred.afterFirstByte.median),
    ]),
  );
}
