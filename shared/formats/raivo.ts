import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { brokenEntry, readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { jsonObject } from "./parts/json-value.ts";

/**
 * The export of Raivo OTP (DataExportFeature.swift, Password.swift): an array of accounts, all of whose values are texts.
 * It comes in an archive with a password, which is opened as every archive is.
 */
export const raivoFormat = {
  id: "raivo",
  recognise: ({ json }) => Array.isArray(json) && json.some(isAccount),
  read: async ({ json }) => {
    return Array.isArray(json) ? gatherEntries(json.map(readItem)) : err("corrupt");
  },
  write: null,
} as const satisfies Format;

function readItem(item: unknown) {
  const account = jsonObject(item);
  if (account === null) return err(brokenEntry());
  return readFields({
    type: account.kind,
    issuer: account.issuer,
    account: account.account,
    secret: account.secret,
    algorithm: account.algorithm,
    digits: account.digits,
    period: account.timer,
    counter: account.counter,
    pinned: /^(?:true|1)$/i.test(textOf(account.pinned)) || account.pinned === true,
    steamByName: true,
  });
}

function isAccount(item: unknown): boolean {
  const account = jsonObject(item);
  if (account === null || !("secret" in account) || !("timer" in account)) return false;
  return /^(?:TOTP|HOTP)$/i.test(textOf(account.kind));
}
