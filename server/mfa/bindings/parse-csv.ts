import { err, ok, type Result } from "../../../shared/result.ts";

/** A row of a table, with the line of the file that it begins in: the first one is 1. */
export type CsvLine = { readonly line: number; readonly cells: readonly string[] };

export type CsvMistake = { readonly line: number; readonly why: string };

/**
 * Reads a table as RFC 4180 has it: cells parted by commas, or by semicolons or tabs where the first line has those alone.
 * It is strict, unlike the reader of other programs' exports: somebody's second factor hangs on each row. Blanks around a cell
 * and rows without anything are left out.
 *
 * @returns its rows; or the first place from which the rest can't be read
 */
export function parseCsv(text: string): Result<readonly CsvLine[], CsvMistake> {
  const table = text.replace(/^\ufeff/, "");
  const delimiter = delimiterOf(table);
  const rows: CsvLine[] = [];
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  let at = 0;
  while (at < table.length) {
    const cell = readCell(table, at, delimiter);
    if (cell === null)
      return err({ line, why: "a quote opens or ends in the middle of a cell, or is never closed" });
    cells.push(cell.text.trim());
    line += countLines(table.slice(at, cell.end));
    const end = table[cell.end];
    at = cell.end + 1;
    // A delimiter at the very end has an empty cell behind it.
    if (end === delimiter && at < table.length) continue;
    if (end === delimiter) cells.push("");
    if (end === "\r" && table[at] === "\n") at++;
    if (cells.some((each) => each !== "")) rows.push({ line: begun, cells });
    cells = [];
    line++;
    begun = line;
  }
  return ok(rows);
}

/** One cell from there on, and where what ends it stands; null: its quotes are wrong. */
function readCell(table: string, from: number, delimiter: string): { text: string; end: number } | null {
  const open = /[ ]*"/y;
  open.lastIndex = from;
  if (!open.test(table)) {
    const end = endFrom(table, from, delimiter);
    const text = table.slice(from, end);
    return text.includes('"') ? null : { text, end };
  }
  let text = "";
  for (let at = open.lastIndex; ; ) {
    const quote = table.indexOf('"', at);
    if (quote === -1) return null;
    text += table.slice(at, quote);
    at = quote + 1;
    if (table[at] === '"') {
      text += '"';
      at++;
      continue;
    }
    const end = endFrom(table, at, delimiter);
    return table.slice(at, end).trim() === "" ? { text, end } : null;
  }
}

/** Where the next delimiter or end of a line stands, or the table ends. */
function endFrom(table: string, from: number, delimiter: string): number {
  for (let at = from; at < table.length; at++) {
    const sign = table[at];
    if (sign === delimiter || sign === "\n" || sign === "\r") return at;
  }
  return table.length;
}

function delimiterOf(table: string): string {
  const [first = ""] = table.split(/[\r\n]/, 1);
  return [",", ";", "\t"].find((delimiter) => first.includes(delimiter)) ?? ",";
}

function countLines(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}
