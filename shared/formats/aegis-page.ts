import type { Format } from "./format.ts";
import { readFields } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { textOfHtml } from "./parts/html.ts";

/**
 * The page that Aegis writes for printing (VaultHtmlExporter.java): a table with a row for each entry. Everything is in it
 * but the period, which only its pictures of QR codes say.
 */
export const aegisPageFormat = {
  id: "aegis-page",
  recognise: ({ text }) => text !== null && isPage(text),
  read: async ({ text }) => {
    const [header = [], ...rows] = rowsOf(text ?? "");
    const names = header.map((name) => name.toLowerCase());
    const read = rows.map((cells) => {
      const cell = (name: string) => {
        const value = cells[names.indexOf(name)] ?? "";
        return value === "-" ? "" : value;
      };
      const type = cell("type");
      return readFields({
        type,
        issuer: cell("issuer"),
        account: cell("name"),
        secret: cell("secret"),
        spelling: /^motp$/i.test(type) ? "motp" : "base32",
        algorithm: cell("algo"),
        digits: /^steam$/i.test(type) ? "" : cell("digits"),
        counter: cell("counter"),
        pin: cell("pin"),
        note: cell("note"),
        pinned: cell("favorite") === "true",
      });
    });
    const isAssumed = read.some((entry) => entry.ok && entry.value.draft.type === "totp");
    return gatherEntries(read, isAssumed ? ["period-assumed-30"] : []);
  },
  write: null,
} as const satisfies Format;

function isPage(text: string): boolean {
  const start = text.slice(0, 4_096);
  return /^\s*<html/i.test(start) && /<th>Algo<\/th>\s*<th>Digits<\/th>\s*<th>Secret<\/th>/i.test(start);
}

/** What is written in it is escaped, so that no cell holds a tag but the one with the picture. */
function rowsOf(text: string): string[][] {
  return text
    .split(/<tr>/i)
    .slice(1)
    .map((row) => row.split(/<t[dh](?:\s[^>]*)?>/i).slice(1))
    .map((cells) => cells.map((cell) => textOfHtml(cell.split(/<\/t[dh]>/i, 1)[0] ?? "")));
}
