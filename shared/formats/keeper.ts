import type { Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { jsonList, recordOf } from "./parts/json-value.ts";
import { readLoginCode } from "./parts/login-code.ts";

/**
 * JSON as Keeper exports it, from its vault or from Commander (Keeper-Security/Commander, importer/json): codes are
 * custom fields, "$oneTimeCode::1" in records that have a type, "TFC:Keeper" in those before.
 */
export const keeperFormat = {
  id: "keeper",
  recognise: ({ json }) => json !== null && isExport(json),
  read: async ({ json }) => gatherEntriesOf(json),
  write: null,
} as const satisfies Format;

const CODE_FIELD = /^\$?oneTimeCode(?::|$)|^TFC:/i;

function isExport(json: object): boolean {
  const { records, shared_folders } = recordOf(json);
  if (Array.isArray(records) && Array.isArray(shared_folders)) return true;
  return recordsOf(json).some((record) => {
    const has = recordOf(record);
    return "title" in has && ("custom_fields" in has || "login_url" in has);
  });
}

/** Old exports are the list of records alone. */
function recordsOf(json: object | null): readonly unknown[] {
  return Array.isArray(json) ? json : jsonList(recordOf(json).records);
}

function gatherEntriesOf(json: FileContent["json"]): Result<ReadFile, FileRefusal> {
  return gatherEntries(recordsOf(json).flatMap((record) => readRecord(recordOf(record))));
}

function readRecord(record: Readonly<Record<string, unknown>>): Result<ReadEntry, RejectedEntry>[] {
  const codes = customFieldsOf(record)
    .filter(({ name, value }) => CODE_FIELD.test(name) || /^otpauth:\/\//i.test(value))
    .map(({ value }) => value)
    .filter((code) => code !== "");
  const folders = jsonList(record.folders).map(recordOf);
  return [...new Set(codes)].map((code) =>
    readLoginCode({
      name: record.title,
      username: record.login,
      code,
      note: record.notes,
      tags: folders.flatMap(({ folder, shared_folder }) => [shared_folder, folder]),
      addresses: [record.login_url],
    }),
  );
}

/** A map from names to a text or a list of them; in some exports a list of fields. */
function customFieldsOf(record: Readonly<Record<string, unknown>>): { name: string; value: string }[] {
  const fields = record.custom_fields;
  const pairs: [unknown, unknown][] = Array.isArray(fields)
    ? fields.map(recordOf).map(({ name, type, value }) => [textOf(name) || type, value])
    : Object.entries(recordOf(fields));
  return pairs.flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => ({ name: textOf(name), value: textOf(one) })),
  );
}
