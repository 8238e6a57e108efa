import { err, type Result } from "../result.ts";
import type { Format, ReadEntry, RejectedEntry } from "./format.ts";
import { csvHeader, readCsv } from "./parts/csv.ts";
import { addressesIn, type CsvRow, csvRow, hasUriCell, isUriCell, isYes } from "./parts/csv-row.ts";
import { readFields } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { readLoginCode } from "./parts/login-code.ts";
import { sitesOfLogin } from "./parts/login-sites.ts";
import { codeColumn, OTHER_COLUMNS, otherColumnName, PARAMETER_COLUMNS } from "./parts/other-columns.ts";

/** Any table with a column that is called as if it held codes, or with OTP URIs in its cells. */
export const otherCsvFormat = {
  id: "csv",
  recognise: ({ text, json, xmlRoot }) => {
    if (text === null || json !== null || xmlRoot !== null) return false;
    const header = csvHeader(text);
    return header !== null && (codeColumn(header) !== null || hasUriCell(text));
  },
  read: async ({ text }) => {
    if (text === null) return err("corrupt");
    const table = await readCsv(text);
    if (!table.ok) return table;
    const [first = [], ...rest] = table.value;
    // A table may begin with its first row at once.
    const isHeadless = first.some(isUriCell);
    const [header, rows] = isHeadless ? [[], table.value] : [first, rest];
    const read = rows.flatMap((cells) => readRow(csvRow(cells, header, otherColumnName)));
    return gatherEntries(read);
  },
  write: null,
} as const satisfies Format;

/** Every URI of a row is an entry; where there is none, a secret by itself is one. */
function readRow(row: CsvRow): Result<ReadEntry, RejectedEntry>[] {
  const uris = row.cells.filter(isUriCell);
  const { note, tags, addresses, pinned, trashed } = OTHER_COLUMNS;
  const said = {
    note: row.first(note),
    tags: row.all(tags).flatMap((cell) => cell.split(/[,;]/)),
    pinned: isYes(row.first(pinned)),
    trashed: isYes(row.first(trashed)),
  };
  const [name, username] = [row.first(OTHER_COLUMNS.name), row.first(OTHER_COLUMNS.username)];
  const sites = addressesIn(row.all(addresses)).filter((address) => !isUriCell(address));
  if (uris.length > 0) {
    return [...new Set(uris)].map((code) =>
      readLoginCode({ ...said, code, name, username, addresses: sites }),
    );
  }
  const secret = row.first(OTHER_COLUMNS.code);
  if (secret === "") return [];
  const type = row.first(PARAMETER_COLUMNS.type);
  const isSaid = /^(?:totp|hotp|steam|motp|yandex|yaotp)/i.test(type);
  const entry = readFields({
    ...said,
    type: isSaid ? type : "totp",
    issuer: name,
    account: username,
    secret,
    algorithm: row.first(PARAMETER_COLUMNS.algorithm),
    digits: row.first(PARAMETER_COLUMNS.digits),
    period: row.first(PARAMETER_COLUMNS.period).replace(/\s*s(?:ec|econds)?$/i, ""),
    counter: row.first(PARAMETER_COLUMNS.counter),
    sites: sitesOfLogin(sites),
    steamByName: !isSaid,
  });
  return [entry];
}
