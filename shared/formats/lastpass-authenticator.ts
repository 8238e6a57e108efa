import { decodePercent } from "../otp/percent.ts";
import { err, type Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { brokenEntry, readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { countOf, isSet, jsonList, recordOf } from "./parts/json-value.ts";

/**
 * JSON as LastPass Authenticator exports it, in versions 1 to 3 (as bitwarden/android describes it in
 * LastPassJsonExport, and protonpass/proton-pass-common has samples of it): the names that a person gave come before
 * those that the site gave.
 */
export const lastpassAuthenticatorFormat = {
  id: "lastpass-authenticator",
  recognise: ({ json }) => json !== null && isExport(json),
  read: async ({ json }) => readExport(json),
  write: null,
} as const satisfies Format;

const NEWEST_KNOWN_VERSION = 3;
/** Folders that are there from the start: what is in no folder, and the favourites. */
const OTHER_ACCOUNTS = "0";
const FAVOURITES = "1";

function isExport(json: object): boolean {
  const { accounts, localDeviceId, deviceName } = recordOf(json);
  if (!Array.isArray(accounts)) return false;
  const names = ["issuerName", "originalIssuerName"];
  return (
    typeof localDeviceId === "string" ||
    typeof deviceName === "string" ||
    accounts.some((account) => names.some((name) => name in recordOf(account)))
  );
}

function readExport(json: FileContent["json"]): Result<ReadFile, FileRefusal> {
  const file = recordOf(json);
  if (!Array.isArray(file.accounts)) return err("corrupt");
  const folders = new Map(
    jsonList(file.folders)
      .map(recordOf)
      .map(({ id, name }) => [textOf(id), name]),
  );
  const read = gatherEntries(file.accounts.map((account) => readAccount(account, folders)));
  const isNewer = (countOf(file.version) ?? 0) > NEWEST_KNOWN_VERSION;
  return read.ok && read.value.entries.length === 0 && isNewer ? err("newer-version") : read;
}

function readAccount(
  account: unknown,
  folders: ReadonlyMap<string, unknown>,
): Result<ReadEntry, RejectedEntry> {
  const fields = recordOf(account);
  const issuer = nameOf(fields.issuerName) || nameOf(fields.originalIssuerName);
  const user = nameOf(fields.userName) || nameOf(fields.originalUserName);
  if (fields.secret === undefined) return err(brokenEntry([issuer, user].filter(Boolean).join(": ")));
  const folder = textOf(recordOf(fields.folderData).folderId);
  const isOwnFolder = folder !== OTHER_ACCOUNTS && folder !== FAVOURITES;
  return readFields({
    type: "totp",
    issuer,
    account: user,
    secret: fields.secret,
    algorithm: fields.algorithm,
    digits: fields.digits,
    period: fields.timeStep,
    ...(isOwnFolder && folders.has(folder) ? { tags: [folders.get(folder)] } : {}),
    pinned: isSet(fields.isFavorite) || folder === FAVOURITES,
  });
}

/** Some versions kept names as they stood in the URI. A name with blanks was typed, and "100%25" in it is what it is. */
function nameOf(value: unknown): string {
  const name = textOf(value);
  return /\s/.test(name) ? name : decodePercent(name).trim();
}
