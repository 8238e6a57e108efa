import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { csvHeader, readCsv } from "./parts/csv.ts";
import { columnName } from "./parts/csv-columns.ts";
import { addressesIn, csvRow } from "./parts/csv-row.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { readLoginCode } from "./parts/login-code.ts";

const HEADER = ["name", "matchurl", "login", "pwd"];
const CODE_FIELD = "TOTP KEY$";
/** A field is its name, two cells that are empty, its kind and its value. */
const VALUE_AT = 4;

/**
 * RoboForm's table. Behind its last column stand the fields of the login, each in a cell of its own that is a list in
 * itself: "TOTP KEY$,,,txt,SECRET".
 */
export const roboformCsvFormat = {
  id: "roboform-csv",
  recognise: ({ text, json }) => {
    const names = (text === null || json !== null ? null : csvHeader(text))?.map(columnName) ?? [];
    return HEADER.every((name) => names.includes(name));
  },
  read: async ({ text }) => {
    if (text === null) return err("corrupt");
    const table = await readCsv(text);
    if (!table.ok) return table;
    const [header = [], ...rows] = table.value;
    return gatherEntries(rows.flatMap((cells) => readRow(cells.map(withoutEscape), header)));
  },
  write: null,
} as const satisfies Format;

function readRow(cells: readonly string[], header: readonly string[]) {
  const row = csvRow(cells, header);
  const at = cells.findIndex((cell) => cell.startsWith(CODE_FIELD));
  if (at === -1) return [];
  const [, , , , ...value] = (cells[at] ?? "").split(",");
  // Where the list was not quoted, its parts have become cells.
  const code = value.length > 0 ? value.join(",") : (cells[at + VALUE_AT] ?? "");
  if (code.trim() === "") return [];
  return [
    readLoginCode({
      code,
      name: row.first(["name"]),
      username: row.first(["login"]),
      note: row.first(["note"]),
      tags: [row.first(["folder"]).replace(/^\//, "")],
      addresses: addressesIn(row.all(["url"])),
    }),
  ];
}

/** What begins with "@" or an apostrophe has an apostrophe put in front. */
function withoutEscape(cell: string): string {
  return cell.replace(/^'(?=[@'])/, "");
}
