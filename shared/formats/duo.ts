import { err, type Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { jsonList, recordOf } from "./parts/json-value.ts";

/**
 * The file of accounts of Duo Mobile for Android (as beemdevelopment/Aegis reads it, DuoImporter.java): a list, in which
 * a counter makes an account hotp. Accounts that are confirmed by a tap have no code.
 */
export const duoFormat = {
  id: "duo",
  recognise: ({ json }) => jsonList(json).some((account) => "otpGenerator" in recordOf(account)),
  read: async ({ json }) => readAccounts(json),
  write: null,
} as const satisfies Format;

function readAccounts(json: FileContent["json"]): Result<ReadFile, FileRefusal> {
  return gatherEntries(jsonList(json).map(readAccount));
}

function readAccount(account: unknown): Result<ReadEntry, RejectedEntry> {
  const { name, otpGenerator } = recordOf(account);
  const { otpSecret, counter } = recordOf(otpGenerator);
  if (textOf(otpSecret) === "")
    return err({ label: textOf(name), reason: "duo-push", detail: "", correction: null, line: null });
  const isHotp = counter !== undefined && counter !== null;
  return readFields({ type: isHotp ? "hotp" : "totp", account: name, secret: otpSecret, counter });
}
