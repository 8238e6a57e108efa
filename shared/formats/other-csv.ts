import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { csvHeader, readCsv } from "./parts/csv.ts";
import { csvRow, hasUriCell, isUriCell } from "./parts/csv-row.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { codeColumn, otherColumnName } from "./parts/other-columns.ts";
import { readOtherRow } from "./parts/other-row.ts";

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
    const read = rows.flatMap((cells) => readOtherRow(csvRow(cells, header, otherColumnName)));
    return gatherEntries(read);
  },
  write: null,
} as const satisfies Format;
