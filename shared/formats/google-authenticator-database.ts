import { splitAfterIssuer, splitLabel } from "../otp/label.ts";
import { err, type Result } from "../result.ts";
import type { Format, ReadEntry, RejectedEntry } from "./format.ts";
import { readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { isSqlite, mentionsAll, readTable, type SqliteRow } from "./parts/sqlite.ts";

/** What the numbers of the column `type` mean; without one it is totp. */
const TYPES = new Map([
  ["", "totp"],
  ["0", "totp"],
  ["1", "hotp"],
]);

const COLUMNS = ["email", "secret", "counter", "type", "issuer", "original_name", "isencrypted"];

/**
 * The database of Google Authenticator on Android ("databases", taken off a phone with root): the table of AccountDb.java.
 * Versions since 2013 have the issuer and the name before it was changed, the latest a mark for secrets that only the
 * phone's own key store opens. All entries have six digits, 30 seconds and SHA1.
 */
export const googleAuthenticatorDatabaseFormat = {
  id: "google-authenticator-database",
  recognise: ({ bytes }) =>
    isSqlite(bytes) &&
    mentionsAll(bytes, ["accounts", "email", "secret", "counter"]) &&
    !mentionsAll(bytes, ["oath_secret_key"]),
  read: async ({ bytes }) => {
    const rows = await readTable(bytes, "accounts", COLUMNS);
    return rows.ok ? gatherEntries(rows.value.map(readRow)) : rows;
  },
  write: null,
} as const satisfies Format;

function readRow(row: SqliteRow): Result<ReadEntry, RejectedEntry> {
  const names = namesOf(row);
  if (textOf(row.isencrypted) === "1") {
    const label = [names.issuer, names.account].filter((name) => name !== "").join(": ");
    return err({ label, reason: "secret-hidden", detail: "", correction: null, line: null });
  }
  const type = textOf(row.type);
  const isHotp = TYPES.get(type) === "hotp";
  return readFields({
    type: TYPES.get(type) ?? type,
    ...names,
    secret: row.secret,
    counter: isHotp ? row.counter : null,
  });
}

/** The name repeats the issuer where there is one; before there was a column for it, it was the only place for it. */
function namesOf(row: SqliteRow): { issuer: string; account: string } {
  const issuer = textOf(row.issuer);
  const name = textOf(row.email) || textOf(row.original_name);
  if (issuer === "") return splitLabel(name, "");
  return { issuer, account: splitAfterIssuer(name, issuer)?.account ?? name };
}
