import { base64ToBytes } from "../bytes.ts";
import { err, type Result } from "../result.ts";
import type { Format, ReadEntry, RejectedEntry } from "./format.ts";
import { readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { isSqlite, mentionsAll, readTable, type SqliteRow } from "./parts/sqlite.ts";

/** The column `account_type`: any site's code, a person's Microsoft account, one of work or school. */
const OTHER_SITE = "0";
const MICROSOFT = "1";
/** Codes of Microsoft accounts have eight digits; their secret is base64. */
const MICROSOFT_DIGITS = 8;

const COLUMNS = ["name", "username", "oath_secret_key", "encrypted_oath_secret_key", "account_type"];

/** The database of Microsoft Authenticator on Android ("PhoneFactor", taken off a phone with root), as Aegis reads it. */
export const microsoftAuthenticatorFormat = {
  id: "microsoft-authenticator",
  recognise: ({ bytes }) => isSqlite(bytes) && mentionsAll(bytes, ["accounts", "oath_secret_key"]),
  read: async ({ bytes }) => {
    const rows = await readTable(bytes, "accounts", COLUMNS);
    return rows.ok ? gatherEntries(rows.value.map(readRow)) : rows;
  },
  write: null,
} as const satisfies Format;

function readRow(row: SqliteRow): Result<ReadEntry, RejectedEntry> {
  const names = { issuer: textOf(row.name), account: textOf(row.username) };
  const type = textOf(row.account_type);
  const secret = textOf(row.oath_secret_key);
  const refuse = (reason: RejectedEntry["reason"], detail = "") => {
    const label = [names.issuer, names.account].filter((name) => name !== "").join(": ");
    return err({ label, reason, detail, correction: null, line: null });
  };
  if (secret === "") {
    // Sign-ins that are approved on the phone have no code, and so no secret for one.
    return refuse(textOf(row.encrypted_oath_secret_key) === "" ? "microsoft-push" : "secret-hidden");
  }
  if (type === OTHER_SITE || type === "") return readFields({ type: "totp", ...names, secret });
  if (type !== MICROSOFT) return refuse("microsoft-push");
  const bytes = base64ToBytes(secret);
  return readFields({
    type: "totp",
    ...names,
    secret: bytes.ok ? bytes.value : secret,
    digits: MICROSOFT_DIGITS,
  });
}
