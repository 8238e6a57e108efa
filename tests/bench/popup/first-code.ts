import { type Spread, spreadOf } from "../statistics.ts";
import { formatRatio, formatSpread, formatTable } from "../table.ts";
import type { BenchBrowser, Surface } from "./bench-browser.ts";
import type { FirstCode } from "./watch-first-code.ts";

const ROUNDS = 9;

/** How long one kind of popup took, in milliseconds. */
export type OpeningTimes = {
  /** From the document's start (performance.timeOrigin) until the frame with the first code was on the screen. */
  readonly firstCode: Spread;
  /** The same from the first byte of the document on: without the time the browser takes to start a process. */
  readonly afterFirstByte: Spread;
  /**
   * From the document's start until the page's own thread had made that frame and came to the next task: without what the
   * browser does until the frame is shown, and with what a page does right after it.
   */
  readonly drawn: Spread;
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
      if (times.firstContentfulPaint < times.inDocument) throw Error("something was shown before a code");
      if (round > 0) seen.get(kind)?.push(times);
    }
  }
  return new Map(
    [...seen].map(([kind, all]) => [
      kind,
      {
        firstCode: spreadOf(all.map(({ firstContentfulPaint }) => firstContentfulPaint)),
        afterFirstByte: spreadOf(
          all.map(({ firstContentfulPaint, firstByte }) => firstContentfulPaint - firstByte),
        ),
        drawn: spreadOf(all.map(({ painted }) => painted)),
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
    `Document start to the frame with the first code on the screen, ${how}`,
    [
      "entries",
      "median (quartiles)",
      "of empty",
      "of 100",
      "from first byte on",
      "of empty",
      "of 100",
      "drawn",
      "of empty",
    ],
    [...openings].map(([kind, { firstCode, afterFirstByte, drawn }]) => [
      kind === "empty" ? "empty extension" : kind.toLocaleString("en"),
      formatSpread(firstCode),
      formatRatio(firstCode.median, empty.firstCode.median),
      kind === "empty" ? "" : formatRatio(firstCode.median, hundred.firstCode.median),
      formatSpread(afterFirstByte),
      formatRatio(afterFirstByte.median, empty.afterFirstByte.median),
      kind === "empty" ? "" : formatRatio(afterFirstByte.median, hundred.afterFirstByte.median),
      formatSpread(drawn),
      formatRatio(drawn.median, empty.drawn.median),
    ]),
  );
}
