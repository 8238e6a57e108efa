import { parseOtpauthUri } from "../otp/otpauth-uri.ts";
import { err, type Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { recordOf } from "./parts/json-value.ts";

/**
 * What the Steam app keeps of its authenticator (as beemdevelopment/Aegis reads it, SteamImporter.java): one account, or
 * several by their id. Steam Desktop Authenticator has the same object in a .maFile.
 */
export const steamFormat = {
  id: "steam",
  recognise: ({ json }) => json !== null && isOfSteam(json),
  read: async ({ json }) => readAccounts(json),
  write: null,
} as const satisfies Format;

const ISSUER = "Steam";

function readAccounts(json: FileContent["json"]): Result<ReadFile, FileRefusal> {
  if (json === null) return err("corrupt");
  return gatherEntries(accountsOf(json).map(readAccount));
}

/** Without a copy of anything: a list may have millions of members, and be of something else. */
function isOfSteam(json: object): boolean {
  const hasSecret = (account: unknown): boolean => "shared_secret" in recordOf(account);
  if (Array.isArray(json)) return json.some((item) => typeof item === "object" && hasSecret(item));
  const { accounts } = recordOf(json);
  const isNamed =
    typeof accounts === "object" && accounts !== null && Object.values(accounts).some(hasSecret);
  return isNamed || hasSecret(json);
}

function accountsOf(json: object): Readonly<Record<string, unknown>>[] {
  const file = recordOf(json);
  if ("shared_secret" in file) return [file];
  if (Array.isArray(json)) return json.map(recordOf);
  const { accounts } = file;
  if (typeof accounts !== "object" || accounts === null) return [];
  // Steam's own file names each by its Steam id.
  return Object.entries(accounts).map(([id, account]) => ({ steamid: id, ...recordOf(account) }));
}

function readAccount(account: Readonly<Record<string, unknown>>): Result<ReadEntry, RejectedEntry> {
  const { shared_secret, account_name, steamid, Session, uri } = account;
  const id = textOf(steamid) || textOf(recordOf(Session).SteamID);
  const secret = textOf(shared_secret);
  const fields = { type: "steam", issuer: ISSUER, account: textOf(account_name) || id };
  if (secret !== "") return readFields({ ...fields, secret, spelling: "base64" });
  const said = parseOtpauthUri(textOf(uri));
  return readFields({ ...fields, secret: said.ok ? said.value.draft.secret : shared_secret });
}
