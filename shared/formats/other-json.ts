import { cleanBase32 } from "../bytes.ts";
import type { Format } from "./format.ts";
import { csvRow } from "./parts/csv-row.ts";
import { textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { type JsonObject, jsonObject } from "./parts/json-value.ts";
import { OTHER_COLUMNS, otherColumnName } from "./parts/other-columns.ts";
import { readOtherRow } from "./parts/other-row.ts";

/**
 * Any JSON in which OTP URIs stand, in lists or in objects, or objects with a field that is called as if it held a secret
 * and looks like one. Their other fields are taken for what they are called, as the columns of any table are.
 */
export const otherJsonFormat = {
  id: "json",
  recognise: ({ json }) => json !== null && itemsOf(json).some(isAccount),
  read: async ({ json }) => {
    const items =
      json === null ? [] : itemsOf(json).filter((item) => isAccount(item) || secretOf(item) !== "");
    return gatherEntries(items.flatMap((item) => readOtherRow(rowOf(item))));
  },
  write: null,
} as const satisfies Format;

const URI = /^\s*(?:(?:apple-)?otpauth:\/\/[^?]*\?.*secret=|steam:\/\/[a-z2-7]{16,}\W*$)/is;
const LEAST_SECRET = 16;

/** Every object at any depth, and every text that stands in a list as an object of its own. Deep files take no stack. */
function itemsOf(json: object): JsonObject[] {
  const items: JsonObject[] = [];
  const left: unknown[] = [json];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === "string") {
      if (URI.test(next)) items.push({ uri: next });
      continue;
    }
    if (typeof next !== "object" || next === null) continue;
    const object = jsonObject(next);
    if (object !== null) items.push(object);
    const inner = Object.values(next);
    for (let at = inner.length - 1; at >= 0; at--) {
      const value: unknown = inner[at];
      if (typeof value === "object" ? value !== null : object === null) left.push(value);
    }
  }
  return items;
}

function isAccount(item: JsonObject): boolean {
  const secret = cleanBase32(secretOf(item));
  const isSecret = secret.ok && secret.value.length >= LEAST_SECRET;
  return isSecret || Object.values(item).some((value) => typeof value === "string" && URI.test(value));
}

function secretOf(item: JsonObject): string {
  return rowOf(item).first(OTHER_COLUMNS.code);
}

/** A field is a column, by its name in words: otpSecret is "otp secret". */
function rowOf(item: JsonObject) {
  const fields = Object.entries(item);
  const names = fields.map(([name]) => name.replace(/([a-z])([A-Z])/g, "$1 $2"));
  return csvRow(
    fields.map(([, value]) => cellOf(value)),
    names,
    otherColumnName,
  );
}

function cellOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(",");
  return typeof value === "boolean" ? String(value) : textOf(value);
}
