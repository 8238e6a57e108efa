import { Dexie, type EntityTable } from "dexie";
import type { Bytes } from "../../shared/bytes.ts";

/** The one row that says which vault this is. Its rev counts the writes: a writer whose rev no longer holds starts again. */
export type VaultRow = {
  readonly id: "vault";
  readonly vaultId: string;
  /** Names the vault key, which changes when the first passphrase is set. */
  readonly keyId: string;
  readonly createdAt: number;
  readonly contentsVersion: number;
  readonly rev: number;
};

/** A ciphertext and the revision of the vault that wrote it. */
export type SealedRow = { readonly id: string; readonly rev: number; readonly sealed: Bytes };

/** The entries as they were before their contents were migrated. */
export type CopyRow = {
  readonly contentsVersion: number;
  readonly copiedAt: number;
  readonly rows: readonly SealedRow[];
};

/** A key slot; what else it holds is checked when it is opened. Passkeys stand beside a passphrase, never alone. */
export type SlotRow = { readonly id: "passphrase" | "device" | `passkey/${string}` };
export type SettingRow = { readonly id: string; readonly value: unknown };

/** A server for teams that this device is connected to. What else is known of it is encrypted (extension/servers/). */
export type ServerRow = {
  /** What the server calls itself, whatever its address. */
  readonly id: string;
  readonly origin: string;
  /** The server's key for signing in, base64url: another one is another server. */
  readonly staticKey: string;
  readonly userId: string;
  readonly sealed: Bytes;
};

/** What was made for registering at a server, by the server's id, until that is done. */
export type RegistrationRow = { readonly id: string; readonly sealed: Bytes };

export type CountersignDb = Dexie & {
  readonly vault: EntityTable<VaultRow, "id">;
  readonly slots: EntityTable<SlotRow, "id">;
  readonly entries: EntityTable<SealedRow, "id">;
  /** One row, "index". */
  readonly index: EntityTable<SealedRow, "id">;
  /** What undoing takes: one row, "restore". */
  readonly snapshots: EntityTable<SealedRow, "id">;
  readonly copies: EntityTable<CopyRow, "contentsVersion">;
  readonly settings: EntityTable<SettingRow, "id">;
  readonly servers: EntityTable<ServerRow, "id">;
  readonly registrations: EntityTable<RegistrationRow, "id">;
};

// Versions here change the structure only. What the ciphertexts hold has a version of its own: see migrate-contents.ts.
export const db = new Dexie("countersign") as CountersignDb;
db.version(1).stores({
  vault: "&id",
  slots: "&id",
  entries: "&id",
  index: "&id",
  snapshots: "&id",
  copies: "&contentsVersion",
  settings: "&id",
});
db.version(2).stores({ servers: "&id", registrations: "&id" });
