import { err, ok, type Result } from "../../result.ts";

/** Cells by rows, a header among them; rows may be shorter or longer than others. */
export type CsvRows = readonly (readonly string[])[];

/** Ten thousand logins with long notes; what is longer is no export. */
const MOST_CHARACTERS = 20_000_000;
/** Ten thousand rows of a hundred cells. */
const MOST_CELLS = 1_000_000;
const MOST_ROWS = 100_000;
const MOST_QUOTES = 2 * MOST_CELLS;
/** As far as the first row is looked for. */
const MOST_HEADER = 16_384;

/** What parts cells in the files of programs and of spreadsheets in countries with a decimal comma. */
const DELIMITERS = [",", ";", "\t", "|"] as const;

/**
 * The cells of the first row that is not blank, as they stand there: enough to recognise a table by, without reading it.
 *
 * @returns null where it has no two cells
 */
export function csvHeader(text: string): readonly string[] | null {
  const { line, delimiter } = firstLine(text);
  const cells = cellsOf(line, delimiter);
  return cells.length < 2 ? null : cells;
}

/**
 * Reads a table: cells parted by commas, semicolons, tabs or bars, whichever the first row has most of; quotes as in
 * RFC 4180; lines ended in any way. Blank rows are left out.
 *
 * @returns "too-large" where it has more text or cells than an export of passwords
 */
export async function readCsv(text: string): Promise<Result<CsvRows, "too-large">> {
  if (text.length > MOST_CHARACTERS) return err("too-large");
  const { delimiter, start } = firstLine(text);
  const table = text
    .slice(start)
    .replace(/\r\n?/g, "\n")
    .replace(/^[\n ]+/, "");
  // Those of quoted text are counted too: no export comes near to these numbers by them.
  const isTooLarge =
    countUpTo(MOST_CELLS, table, delimiter) + countUpTo(MOST_CELLS, table, "\n") > MOST_CELLS ||
    countUpTo(MOST_QUOTES, table, '"') > MOST_QUOTES;
  if (isTooLarge) return err("too-large");
  const { default: papa } = await import("papaparse");
  const { data } = papa.parse<string[]>(table, { delimiter, newline: "\n" });
  const rows = data.filter((row) => row.some((cell) => cell.trim() !== ""));
  if (rows.length > MOST_ROWS) return err("too-large");
  return ok(hasLateQuotes(rows[0] ?? []) ? rows.map((row) => row.map(withoutLateQuotes)) : rows);
}

/** RFC 4180 has no blanks before a quote, but people and some programs write them behind each comma. */
function hasLateQuotes([, ...header]: readonly string[]): boolean {
  return header.length >= 2 && header.every((cell) => /^ +"[^"]*"$/.test(cell));
}

function withoutLateQuotes(cell: string): string {
  const [, quoted] = /^ +"([\s\S]*)"$/.exec(cell) ?? [];
  return quoted === undefined ? cell : quoted.replaceAll('""', '"');
}

/** How often a character stands in a text; one more than `most` where it is more often than that. */
function countUpTo(most: number, text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1 && count <= most; at = text.indexOf(character, at + 1))
    count++;
  return count;
}

/** The first line that says something, what parts its cells, and where the table begins. */
function firstLine(text: string): { line: string; delimiter: string; start: number } {
  // Excel says what parts the cells in a line of its own.
  const said = /^\ufeff?sep=([,;\t|])\r?\n?/i.exec(text);
  const start = said?.[0].length ?? (text.startsWith("\ufeff") ? 1 : 0);
  const line =
    text
      .slice(start, start + MOST_HEADER)
      .split(/[\r\n]+/)
      .find((candidate) => candidate.trim() !== "") ?? "";
  const [most = ","] = DELIMITERS.toSorted((a, b) => cellsOf(line, b).length - cellsOf(line, a).length);
  return { line, delimiter: said?.[1] ?? most, start };
}

/** The cells of one line, quotes taken off. */
function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    if (character === delimiter && !isQuoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  return [...cells, cell].map((raw) =>
    raw
      .trim()
      .replace(/^"([\s\S]*)"$/, "$1")
      .replaceAll('""', '"')
      .trim(),
  );
}
