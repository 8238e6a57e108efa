import { err, type Result } from "../result.ts";
import type { Format, ReadEntry, RejectedEntry } from "./format.ts";
import { brokenEntry, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { countOf, isSet, type JsonObject, jsonList, parseObject, recordOf } from "./parts/json-value.ts";
import { readLoginCode } from "./parts/login-code.ts";

/**
 * 1PIF, which 1Password wrote before version 8 (read by bitwarden/clients, onepassword-1pif-importer): a line of JSON for
 * each item, with a line of asterisks and the id of the format behind it. Windows' has the items as the vault keeps them.
 */
export const onePasswordPifFormat = {
  id: "1password-1pif",
  recognise: ({ text }) =>
    text !== null && /^\*{3}[\da-f-]{36}\*{3}\s*$/im.test(text) && /^\s*\{/m.test(text),
  read: async ({ text }) => {
    const lines = (text ?? "").split(/\r\n|\r|\n/).filter((line) => line.trimStart().startsWith("{"));
    if (lines.length > MOST_ITEMS) return err("too-large");
    return gatherEntries(lines.flatMap((line) => readItem(parseObject(line))));
  },
  write: null,
} as const satisfies Format;

const MOST_ITEMS = 100_000;

function readItem(item: JsonObject | null): Result<ReadEntry, RejectedEntry>[] {
  if (item === null) return [err(brokenEntry())];
  const overview = recordOf(item.overview);
  const contents = recordOf(item.secureContents ?? item.details);
  const open = recordOf(item.openContents);
  const fields = jsonList(contents.sections)
    .flatMap((section) => jsonList(recordOf(section).fields))
    .map(recordOf);
  const codes = fields
    .filter(({ n, v }) => /^TOTP_/i.test(textOf(n)) || /^otpauth:\/\//i.test(textOf(v)))
    .map(({ v }) => textOf(v))
    .filter((code) => code !== "");
  const username = jsonList(contents.fields)
    .map(recordOf)
    .find(({ designation, value }) => designation === "username" && textOf(value) !== "")?.value;
  const addresses = [
    item.location,
    ...jsonList(contents.URLs).map((address) => recordOf(address).url),
    ...jsonList(overview.URLs).map((address) => recordOf(address).u),
    overview.url,
  ];
  return [...new Set(codes)].map((code) =>
    readLoginCode({
      name: textOf(item.title) || overview.title,
      username,
      code,
      note: contents.notesPlain,
      tags: [...jsonList(open.tags), ...jsonList(overview.tags)],
      addresses,
      pinned: (countOf(open.faveIndex) ?? 0) > 0,
      trashed: isSet(item.trashed),
    }),
  );
}
