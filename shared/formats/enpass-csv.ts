import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { csvHeader, readCsv } from "./parts/csv.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { readLoginCode } from "./parts/login-code.ts";

/** What Enpass calls a field, in lower case; an asterisk marks one that is hidden. */
const LABELS = {
  code: ["totp", "otp", "one-time code", "one time code", "totp secret key", "2fa"],
  username: ["username", "login", "user name", "email", "e-mail"],
  address: ["website", "url", "login url"],
};

/** Enpass's table: a title, then names and values of fields by turns, then a note. */
export const enpassCsvFormat = {
  id: "enpass-csv",
  recognise: ({ text, json }) => {
    const [title, field, value] = text === null || json !== null ? [] : (csvHeader(text) ?? []);
    return (
      /^title$/i.test(title ?? "") && /^(?:field|label)$/i.test(field ?? "") && /^value$/i.test(value ?? "")
    );
  },
  read: async ({ text }) => {
    if (text === null) return err("corrupt");
    const table = await readCsv(text);
    return table.ok ? gatherEntries(table.value.slice(1).flatMap(readRow)) : table;
  },
  write: null,
} as const satisfies Format;

function readRow(cells: readonly string[]) {
  const [name = "", ...rest] = cells;
  const pairs = rest.slice(0, -1).flatMap((label, at) => {
    const value = rest[at + 1] ?? "";
    const plain = label.replace(/^\*/, "").trim().toLowerCase();
    return at % 2 === 0 && value.trim() !== "" ? [{ label: plain, value }] : [];
  });
  const firstOf = (labels: readonly string[]) =>
    labels.flatMap((label) => pairs.find((pair) => pair.label === label)?.value ?? [])[0];
  const code = firstOf(LABELS.code);
  if (code === undefined) return [];
  // An even number of cells behind the title leaves no room for a note.
  const note = rest.length % 2 === 1 ? rest.at(-1) : "";
  const [username, address] = [firstOf(LABELS.username), firstOf(LABELS.address)];
  return [readLoginCode({ name, code, username, note, addresses: [address] })];
}
