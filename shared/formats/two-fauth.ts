import { err, type Result } from "../result.ts";
import type { Format, ReadEntry, RejectedEntry } from "./format.ts";
import { brokenEntry, readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries, orNewerVersion } from "./parts/gather-entries.ts";
import { jsonObject } from "./parts/json-value.ts";
import { writeTwoFauthExport } from "./two-fauth-write.ts";

const LATEST_SCHEMA = 1;

/** The JSON export of 2FAuth (TwoFAccountExportCollection.php, TwoFAccountExportResource.php). */
export const twoFauthFormat = {
  id: "2fauth",
  recognise: ({ json }) => {
    const file = jsonObject(json);
    return file !== null && Array.isArray(file.data) && /^2fauth/i.test(textOf(file.app));
  },
  read: async ({ json }) => {
    const file = jsonObject(json);
    if (file === null || !Array.isArray(file.data)) return err("corrupt");
    return orNewerVersion(gatherEntries(file.data.map(readAccount)), file.schema, LATEST_SCHEMA);
  },
  write: writeTwoFauthExport,
  readBy: { plain: ["2FAuth"] },
} as const satisfies Format;

function readAccount(json: unknown): Result<ReadEntry, RejectedEntry> {
  const account = jsonObject(json);
  if (account === null) return err(brokenEntry());
  return readFields({
    type: account.otp_type,
    issuer: account.service,
    account: account.account,
    secret: account.secret,
    // Whatever stands beside it, 2FAuth makes the codes of Steam with SHA-1.
    algorithm: /^steam/i.test(textOf(account.otp_type)) ? "" : account.algorithm,
    digits: account.digits,
    period: account.period,
    counter: account.counter,
    icon: { data: account.icon_file },
  });
}
