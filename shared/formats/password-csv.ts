import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { csvHeader, readCsv } from "./parts/csv.ts";
import { type CsvColumns, columnsOf } from "./parts/csv-columns.ts";
import { addressesIn, csvRow, hasUriCell, isUriCell, isYes } from "./parts/csv-row.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { unescapeHtml } from "./parts/html.ts";
import { readLoginCode } from "./parts/login-code.ts";
import { codeColumn } from "./parts/other-columns.ts";

/**
 * Tables of password managers that are known by the names of their columns (parts/csv-columns.ts). Rows without a code
 * are logins, and none of ours.
 */
export const passwordCsvFormat = {
  id: "password-csv",
  recognise: ({ text, json, xmlRoot }) => {
    const header = text === null || json !== null || xmlRoot !== null ? null : csvHeader(text);
    const columns = header && columnsOf(header);
    if (!columns || text === null) return false;
    // A table of passwords to which somebody added codes is read by the reader of any table.
    return columns.code.length > 0 || (codeColumn(header) === null && !hasUriCell(text));
  },
  read: async ({ text }) => {
    if (text === null) return err("corrupt");
    const table = await readCsv(text);
    if (!table.ok) return table;
    const [header = [], ...rows] = table.value;
    const columns = columnsOf(header);
    if (columns === null) return err("corrupt");
    if (columns.code.length === 0) return err("no-codes-in-format");
    const read = rows.flatMap((cells) => readRow(cells, header, columns) ?? []);
    return gatherEntries(read);
  },
  write: null,
} as const satisfies Format;

function readRow(cells: readonly string[], header: readonly string[], columns: CsvColumns) {
  // LastPass writes names and notes as in a page.
  const row = csvRow(columns.id === "lastpass" ? cells.map(unescapeHtml) : cells, header);
  const said = row.first(columns.code);
  // Bitwarden Authenticator writes more cells than its header names, and issuers with commas without quotes.
  const isShifted = cells.length > header.length && !isUriCell(said);
  const shifted = isShifted ? cells.find(isUriCell) : undefined;
  const code = shifted ?? said;
  if (code === "") return null;
  const username = row.first(columns.username);
  return readLoginCode({
    code,
    name: shifted === undefined ? withoutUsername(row.first(columns.name), username) : "",
    username,
    note: row.first(columns.note),
    tags: row.all(columns.tags),
    addresses: addressesIn(row.all(columns.addresses)),
    pinned: isYes(row.first(columns.pinned)),
    trashed: isYes(row.first(columns.trashed)),
  });
}

/** Apple puts the user name behind the name of the site, in brackets. */
function withoutUsername(name: string, username: string): string {
  const end = ` (${username})`;
  return username !== "" && name.endsWith(end) ? name.slice(0, -end.length) : name;
}
