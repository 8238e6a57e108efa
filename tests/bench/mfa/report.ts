import { loadLine } from "../load.ts";
import type { BenchReport } from "../main.ts";
import type { Spread } from "../statistics.ts";
import { formatRatio, formatTable } from "../table.ts";
import type { Measured } from "./measured.ts";

/** A line for each kind, and the same as numbers. */
export function reportMfa(
  rows: readonly (Readonly<Record<"bare" | "domain" | "empty" | "http", Spread>> & { each: Measured })[],
): BenchReport {
  const ms = ({ median, low, high }: Spread) =>
    `${median.toFixed(3)} ms (${low.toFixed(3)} to ${high.toFixed(3)})`;
  const table = formatTable(
    "Looking at a second factor, one after the other",
    [
      "module",
      "its cryptography",
      "bare",
      "on SQLite",
      "an empty call",
      "over HTTP",
      "of the call",
      "a second",
    ],
    rows.map(({ each, bare, domain, empty, http }) => [
      ...[each.name, each.bare.name, ms(bare), ms(domain), ms(empty), ms(http)],
      formatRatio(http.median, empty.median),
      (1_000 / http.median).toFixed(0),
    ]),
  );
  const numbers = Object.fromEntries(rows.map(({ each, ...spreads }) => [each.name, spreads]));
  return { text: `${table}\n\n${loadLine()}`, numbers };
}
