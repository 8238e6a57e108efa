import { Dexie, type EntityTable, type Table } from "dexie";
import type { Bytes } from "../../shared/bytes.ts";
import type { Link } from "../../shared/group/link.ts";
import type { GroupCore, Member, RecordHead } from "../../shared/group/state.ts";

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

/** A group that this device follows: what its log comes to so far, and what only its members may know. */
export type GroupRow = {
  readonly g: string;
  readonly serverId: string;
  /** After the last link that was verified; null before the first. Its number and hash are the pin. */
  readonly core: GroupCore | null;
  /** What an invitation said of the log, until the log has shown it. */
  readonly promised: GroupPromise | null;
  /** The group's key, name and people's addresses, under the vault key; null before there is a key. */
  readonly sealed: Bytes | null;
  /** Records whose ciphertexts did not come yet. */
  readonly missing: readonly string[];
  /** The revision of the vault up to which everything was sent. */
  readonly sentRev: number;
  /** Milliseconds since 1970 UTC of the last time that everything was in step; null before the first. */
  readonly syncedAt: number | null;
  /** Why it is not; null where it is. A reason of groups/trouble.ts. */
  readonly trouble: string | null;
  /** Ids of people who have taken new keys since this device's person last compared words with them. */
  readonly newKeys?: readonly string[];
  /** How often a backup had been put in the server's place when this group was first in step, or was sent again. */
  readonly generation?: number;
  /** What the server lost of the group by being put back to a backup; null again once somebody has brought it. */
  readonly restored?: RestoredGroup | null;
};

export type RestoredGroup = {
  /** Number of the last link that the server still has; -1 where it has none. */
  readonly n: number;
  /** How many links this device has after it. */
  readonly lost: number;
  /** Whether this device has sent them again. Then it stays until the person has read it. */
  readonly isSent: boolean;
};

/**
 * A link that the log has to hold when this device sees it for the first time, and who has to be in it then: the inviter,
 * where it was learnt from an invitation; nobody, where another device of this person has seen it.
 */
export type GroupPromise = {
  readonly n: number;
  readonly h: string;
  readonly by: { readonly id: string; readonly sig: string } | null;
};

/** `rotation`: the list that the link names, of the latest rotations alone (groups/known.ts). */
export type GroupLinkRow = Link & { readonly g: string; readonly n: number; readonly rotation?: Bytes };
export type GroupMemberRow = Member & { readonly g: string };
export type RecordHeadRow = RecordHead & { readonly g: string };

/** A record as it last came or went, by which is seen what has changed here since. */
export type SharedRecordRow = {
  readonly id: string;
  readonly g: string;
  readonly ver: number;
  readonly epoch: number;
  readonly by: string;
  readonly ciphertext: Bytes;
  /** Whether an entry of the vault stands or stood for it: else nothing that is missing here was deleted by anybody. */
  readonly isEntry: boolean;
  /** The revision of the vault row that says the same; -1 where the row says something else. */
  readonly rev: number;
};

/** An invitation that was sent and not confirmed yet, or one that was accepted here; under the vault key. */
export type InvitationRow = {
  readonly id: string;
  readonly g: string;
  readonly serverId: string;
  readonly sealed: Bytes;
};

/** The secrets that somebody who is gone could read, to be replaced at their services; under the vault key. */
export type ReenrolmentRow = { readonly id: string; readonly g: string; readonly sealed: Bytes };

/** How backups are made by themselves (extension/backup/automatic/): each row under the vault key. */
export type BackupRow = {
  readonly id: "plan" | "files" | "begun" | "folder" | "trial";
  readonly sealed: Bytes;
  /** Of the one that is begun: the encrypted file. */
  readonly file?: Bytes;
  /** Of the folder: what the browser gave for it, which nothing can be read from but its name. */
  readonly handle?: FileSystemDirectoryHandle;
};

export type CountersignDb = Dexie & {
  readonly vault: EntityTable<VaultRow, "id">;
  readonly slots: EntityTable<SlotRow, "id">;
  readonly entries: EntityTable<SealedRow, "id">;
  /** The row "index", and where there are many entries further parts (index-parts.ts). */
  readonly index: EntityTable<SealedRow, "id">;
  /** What undoing takes: "restore", and a row for each import. */
  readonly snapshots: EntityTable<SealedRow, "id">;
  readonly copies: EntityTable<CopyRow, "contentsVersion">;
  readonly settings: EntityTable<SettingRow, "id">;
  readonly servers: EntityTable<ServerRow, "id">;
  readonly registrations: EntityTable<RegistrationRow, "id">;
  readonly groups: EntityTable<GroupRow, "g">;
  readonly groupLinks: Table<GroupLinkRow, [string, number]>;
  readonly groupMembers: Table<GroupMemberRow, [string, string, number]>;
  readonly recordHeads: Table<RecordHeadRow, [string, string]>;
  readonly sharedRecords: Table<SharedRecordRow, [string, string]>;
  readonly invitations: EntityTable<InvitationRow, "id">;
  readonly reenrolments: EntityTable<ReenrolmentRow, "id">;
  readonly backups: EntityTable<BackupRow, "id">;
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
db.version(2).stores({
  servers: "&id",
  registrations: "&id",
  groups: "&g, serverId",
  groupLinks: "&[g+n], g",
  groupMembers: "&[g+id+joined], g",
  recordHeads: "&[g+id], g",
  sharedRecords: "&[g+id], g",
  invitations: "&id, g",
  reenrolments: "&id, g",
});
db.version(3).stores({ backups: "&id" });
