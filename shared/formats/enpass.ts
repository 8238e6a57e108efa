import { err, type Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { isSet, jsonList, recordOf } from "./parts/json-value.ts";
import { readLoginCode } from "./parts/login-code.ts";

/**
 * JSON as Enpass 6 and later export it (read by bitwarden/clients, enpass-json-importer): items made of fields, of which
 * any number may be a code.
 */
export const enpassFormat = {
  id: "enpass",
  recognise: ({ json }) => json !== null && jsonList(recordOf(json).items).some(isEnpassItem),
  read: async ({ json }) => readExport(json),
  write: null,
} as const satisfies Format;

function isEnpassItem(item: unknown): boolean {
  const { template_type, fields } = recordOf(item);
  if (typeof template_type === "string") return true;
  // Bitwarden's fields have numbers for types.
  return jsonList(fields).some((field) => typeof recordOf(field).type === "string");
}

function readExport(json: FileContent["json"]): Result<ReadFile, FileRefusal> {
  const { items, folders } = recordOf(json);
  if (!Array.isArray(items)) return err("corrupt");
  const titles = new Map(
    jsonList(folders)
      .map(recordOf)
      .map(({ uuid, title }) => [uuid, title]),
  );
  return gatherEntries(items.flatMap((item) => readItem(recordOf(item), titles)));
}

function readItem(
  item: Readonly<Record<string, unknown>>,
  titles: ReadonlyMap<unknown, unknown>,
): Result<ReadEntry, RejectedEntry>[] {
  const fields = jsonList(item.fields)
    .map(recordOf)
    .filter(({ deleted, value }) => !isSet(deleted) && textOf(value) !== "");
  const valuesOf = (type: string) =>
    fields.filter((field) => textOf(field.type).toLowerCase() === type).map(({ value }) => value);
  return valuesOf("totp").map((code) =>
    readLoginCode({
      name: item.title,
      username: valuesOf("username")[0] ?? valuesOf("email")[0] ?? item.subtitle,
      code,
      note: item.note,
      tags: jsonList(item.folders).map((uuid) => titles.get(uuid)),
      addresses: valuesOf("url"),
      pinned: isSet(item.favorite),
      trashed: isSet(item.trashed) || isSet(item.archived),
    }),
  );
}
