import { err, type Result } from "../result.ts";
import { openBitwardenExport } from "./bitwarden-encryption.ts";
import { formatBitwardenJson } from "./bitwarden-json.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { isSet, jsonList, jsonOfBytes, recordOf } from "./parts/json-value.ts";
import { readLoginCode } from "./parts/login-code.ts";

/**
 * JSON as Bitwarden's vaults export it (of a person, with folders; of an organisation, with collections), its
 * password-protected form, and that of Bitwarden Authenticator, which says less in the same shape (bitwarden/clients,
 * libs/tools/export/vault-export; bitwarden/android, authenticator). An export that only the account itself can open is
 * told apart.
 */
export const bitwardenFormat = {
  id: "bitwarden",
  recognise: ({ json }) => json !== null && (isEncrypted(json) || isPlain(json)),
  read: readBitwarden,
  write: async (entries) => formatBitwardenJson(entries),
  readBy: {
    plain: ["Bitwarden", "2FAuth", "Aegis", "Ente Auth", "KeePassXC", "Proton Authenticator", "Stratum"],
  },
} as const satisfies Format;

/** By Bitwarden's UriMatchStrategy: the person said of these that they are no address of one host. */
const MATCHED_OTHERWISE = [4, 5];

function isEncrypted(json: object): boolean {
  const { encrypted, passwordProtected, encKeyValidation_DO_NOT_EDIT, data, items } = recordOf(json);
  if (encrypted !== true) return false;
  const isProtected = passwordProtected === true && typeof data === "string";
  return isProtected || typeof encKeyValidation_DO_NOT_EDIT === "string" || Array.isArray(items);
}

/** Old exports don't say whether they are encrypted; Enpass has items and folders too, of another kind. */
function isPlain(json: object): boolean {
  const { encrypted, items, folders, collections } = recordOf(json);
  if (!Array.isArray(items) || encrypted === true) return false;
  const records = items.map(recordOf);
  if (records.some((item) => "template_type" in item || "category" in item)) return false;
  const saysSo = typeof encrypted === "boolean";
  if (records.length === 0) return saysSo || Array.isArray(folders) || Array.isArray(collections);
  return records.some((item) => "login" in item || ("type" in item && (saysSo || isItem(item))));
}

/** A note, a card or an identity: a vault may have nothing else. */
function isItem(item: Readonly<Record<string, unknown>>): boolean {
  return ["organizationId", "secureNote", "card", "identity"].some((name) => name in item);
}

async function readBitwarden(
  { json }: FileContent,
  passphrase: string | null,
): Promise<Result<ReadFile, FileRefusal>> {
  if (json === null) return err("corrupt");
  const file = recordOf(json);
  if (file.encrypted !== true) return readItems(file);
  if (file.passwordProtected !== true) return err("bitwarden-account-restricted");
  if (passphrase === null) return err("passphrase-needed");
  const opened = await openBitwardenExport(file, passphrase);
  if (!opened.ok) return opened;
  return readItems(recordOf(jsonOfBytes(opened.value)));
}

function readItems(file: Readonly<Record<string, unknown>>): Result<ReadFile, FileRefusal> {
  if (!Array.isArray(file.items)) return err("corrupt");
  const folders = namesById(file.folders);
  const collections = namesById(file.collections);
  const read = file.items.map(recordOf).flatMap((item): Result<ReadEntry, RejectedEntry>[] => {
    const login = recordOf(item.login);
    // Most logins of a vault have no code: they are none of ours, not broken ones.
    const codes = [login.totp, ...fieldCodes(item.fields)].filter((code) => textOf(code) !== "");
    const addresses = jsonList(login.uris).map(recordOf);
    const tags = [
      folders.get(item.folderId),
      ...jsonList(item.collectionIds).map((id) => collections.get(id)),
    ];
    return [...new Set(codes)].map((code) =>
      readLoginCode({
        name: item.name,
        username: login.username,
        code,
        note: item.notes,
        tags,
        addresses: [
          ...addresses
            .filter(({ match }) => !MATCHED_OTHERWISE.includes(Number(match)))
            .map(({ uri }) => uri),
          // Before an item had several.
          login.uri,
        ],
        pinned: isSet(item.favorite),
        trashed: isDated(item.deletedDate) || isDated(item.archivedDate),
      }),
    );
  });
  return gatherEntries(read);
}

/** An item has room for one code: further ones, brought along from elsewhere, are fields that a person added. */
function fieldCodes(fields: unknown): unknown[] {
  return jsonList(fields)
    .map((field) => recordOf(field).value)
    .filter((value) => /^otpauth:\/\//i.test(textOf(value)));
}

function namesById(list: unknown): ReadonlyMap<unknown, unknown> {
  const named = jsonList(list).map(recordOf);
  // What lies in no folder says null, and so may a folder that is broken.
  return new Map(named.filter(({ id }) => typeof id === "string").map(({ id, name }) => [id, name]));
}

function isDated(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
