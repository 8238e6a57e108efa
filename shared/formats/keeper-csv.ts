import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { csvHeader, readCsv } from "./parts/csv.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { readLoginCode } from "./parts/login-code.ts";

/** Folder, title, login, password, address, notes, shared folder; then names and values by turns. */
const FIXED = 7;

/** The field of the code: by Keeper's older records, and by those with types. */
const CODE_FIELD = /^(?:TFC:Keeper|\$?oneTimeCode(?::.*)?)$/i;

/** Keeper's table has no header: it is told by the name of its field with the code (its Commander, keeper csv export). */
export const keeperCsvFormat = {
  id: "keeper-csv",
  recognise: ({ text, json, xmlRoot }) =>
    text !== null &&
    json === null &&
    xmlRoot === null &&
    /[,;\t]"?(?:TFC:Keeper|\$?oneTimeCode)[^,;\t"]*"?[,;\t]"?otpauth:\/\//i.test(text) &&
    (csvHeader(text)?.length ?? 0) >= FIXED - 1,
  read: async ({ text }) => {
    if (text === null) return err("corrupt");
    const table = await readCsv(text);
    return table.ok ? gatherEntries(table.value.flatMap(readRow)) : table;
  },
  write: null,
} as const satisfies Format;

function readRow(cells: readonly string[]) {
  const [folder = "", name = "", username = "", , address = "", note = "", shared = ""] = cells;
  return cells.flatMap((cell, at) => {
    const isCode = at >= FIXED && CODE_FIELD.test(cell.trim());
    const code = isCode ? (cells[at + 1] ?? "") : "";
    if (code.trim() === "") return [];
    return [readLoginCode({ code, name, username, note, tags: [folder, shared], addresses: [address] })];
  });
}
