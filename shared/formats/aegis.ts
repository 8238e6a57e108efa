import { err, type Result } from "../result.ts";
import { openAegisVault } from "./aegis-vault.ts";
import { writeAegisVault } from "./aegis-write.ts";
import type { FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { brokenEntry, readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries, orNewerVersion } from "./parts/gather-entries.ts";
import { isSet, jsonList, jsonObject } from "./parts/json-value.ts";

/** The latest version of the database that is known: 1 and 2 name the group of an entry, 3 lists groups by id. */
const LATEST_DATABASE = 3;

/** The vault of Aegis, plain and encrypted, as its export, its backups and Android's own backup hold it (VaultFile.java). */
export const aegisFormat = {
  id: "aegis",
  recognise: ({ json }) => {
    const vault = jsonObject(json);
    if (vault === null || !("db" in vault)) return false;
    return "header" in vault || Array.isArray(jsonObject(vault.db)?.entries);
  },
  read: async ({ json }, passphrase) => {
    const vault = jsonObject(json);
    if (vault === null) return err("corrupt");
    if (typeof vault.db !== "string") return readDatabase(vault.db);
    if (passphrase === null) return err("passphrase-needed");
    const opened = await openAegisVault(vault, passphrase);
    return opened.ok ? readDatabase(opened.value) : opened;
  },
  write: writeAegisVault,
  readBy: {
    encrypted: ["Aegis", "Stratum", "Ente Auth", "Proton Authenticator"],
    plain: [
      "Aegis",
      "2FAS",
      "2FAuth",
      "Bitwarden Authenticator",
      "Ente Auth",
      "Proton Authenticator",
      "Stratum",
    ],
  },
} as const satisfies Format;

function readDatabase(json: unknown): Result<ReadFile, FileRefusal> {
  const database = jsonObject(json);
  if (database === null || !Array.isArray(database.entries)) return err("corrupt");
  const groups = groupNames(database.groups);
  const file = gatherEntries(database.entries.map((entry) => readEntry(entry, groups)));
  return orNewerVersion(file, database.version, LATEST_DATABASE);
}

function readEntry(json: unknown, groups: ReadonlyMap<unknown, unknown>): Result<ReadEntry, RejectedEntry> {
  const entry = jsonObject(json);
  if (entry === null) return err(brokenEntry());
  const info = jsonObject(entry.info);
  if (info === null) return err(brokenEntry(textOf(entry.name)));
  return readFields({
    type: entry.type,
    issuer: entry.issuer,
    account: entry.name,
    // Base32 for every type, Mobile-OTP included, whose secrets are hexadecimal everywhere else.
    secret: info.secret,
    spelling: "base32",
    algorithm: info.algo,
    digits: info.digits,
    period: info.period,
    counter: info.counter,
    pin: info.pin,
    note: entry.note,
    tags: [entry.group, ...jsonList(entry.groups).map((id) => groups.get(id))],
    icon: { data: entry.icon },
    pinned: isSet(entry.favorite),
  });
}

function groupNames(json: unknown): ReadonlyMap<unknown, unknown> {
  return new Map(
    jsonList(json).map((group) => {
      const { uuid, name } = jsonObject(group) ?? {};
      return [uuid, name];
    }),
  );
}
