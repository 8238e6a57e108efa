import { columnName } from "./csv-columns.ts";

/** A row of a table, asked for its cells by the names of their columns. */
export type CsvRow = {
  /** The first of these columns that is there and not empty; "" if none is. */
  readonly first: (names?: readonly string[]) => string;
  /** All of these columns that are there. */
  readonly all: (names?: readonly string[]) => readonly string[];
  readonly cells: readonly string[];
};

/**
 * Puts names to cells. A row may be shorter than its header, or longer.
 *
 * @param nameOf how the names of columns are spelled in what is asked for
 */
export function csvRow(
  cells: readonly string[],
  header: readonly string[],
  nameOf: (cell: string) => string = columnName,
): CsvRow {
  const places = header.map(nameOf);
  const all = (names: readonly string[] = []) =>
    names.flatMap((name) =>
      places.flatMap((place, at) => (place === name ? [(cells[at] ?? "").trim()] : [])),
    );
  return { all, cells, first: (names) => all(names).find((cell) => cell !== "") ?? "" };
}

/** Whether a cell is an OTP URI. */
export function isUriCell(cell: string): boolean {
  return /^\s*(?:(?:apple-)?otpauth|steam):\/\//i.test(cell);
}

/** Whether a cell of a text is an OTP URI: what stands at the start of one, quoted or not. */
export function hasUriCell(text: string): boolean {
  return /(?:^|[,;\t|])[ "]{0,2}(?:(?:apple-)?otpauth|steam):\/\//im.test(text);
}

/** Whether a cell says yes, as programs write it. */
export function isYes(cell: string): boolean {
  return /^(?:1|true|yes|y)$/i.test(cell.trim());
}

/** Addresses in one cell, parted by commas, blanks or line breaks. */
export function addressesIn(cells: readonly string[]): string[] {
  return cells.flatMap((cell) => cell.split(/[\s,]+/)).filter((address) => address !== "");
}
