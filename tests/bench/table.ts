import type { Spread } from "./statistics.ts";

/** A table of text: the first column to the left, the numbers to the right, under a title. */
export function formatTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) =>
        column === 0 ? (cells[column] ?? "").padEnd(width) : (cells[column] ?? "").padStart(width),
      )
      .join("  ");
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [`\n${title}`, line(head), rule, ...rows.map(line)].join("\n");
}

/** Milliseconds as "123.4 ms". */
export function formatMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

/** Median and, in brackets, the quartiles: "123.4 ms (120.1 to 130.0)". */
export function formatSpread({ median, low, high }: Spread): string {
  return `${formatMs(median)} (${low.toFixed(1)} to ${high.toFixed(1)})`;
}

/** How many times as much: "1.25 x". */
export function formatRatio(value: number, of: number): string {
  return `${(value / of).toFixed(2)} x`;
}

/** Bytes as "12.3 kB" (1,000 bytes). */
export function formatBytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
