import { utf8Decode } from "../../shared/bytes.ts";
import { type BackupItem, type ParsedBackup, parseBackup } from "../../shared/formats/backup.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { readEntries, readIndex } from "../vault/entries.ts";
import { fingerprintOf } from "../vault/fingerprint.ts";
import type { IndexRow } from "../vault/index-row.ts";
import { openVaultKey, type VaultKey } from "../vault/vault-key.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";
import { openInWorker } from "./age-in-worker.ts";
import { findLocal, type LocalIds, restoredFields } from "./match-backup.ts";

export type RestoreRefusal =
  | "wrong-passphrase"
  | "wrong-identity"
  | "not-a-backup"
  | "corrupt"
  | "newer-version";

type Shown = {
  /** Names the item within this preview, for the choice. */
  readonly key: string;
  readonly issuer: string;
  readonly account: string;
};
type Readable = Shown & {
  readonly entry: Entry;
  /** What the backup says beside the entry. */
  readonly item: BackupItem;
};
export type RestoreItem =
  | (Readable & { readonly kind: "new" })
  | (Readable & { readonly kind: "same"; readonly localId: string })
  | (Readable & {
      readonly kind: "differs";
      readonly localId: string;
      /** null: the entry here is damaged, and restoring repairs it. */
      readonly local: Entry | null;
      /** Names of fields, those unknown to this version included; none where the entry here is damaged. */
      readonly fields: readonly string[];
    })
  | (Shown & {
      readonly kind: "unreadable";
      /** "newer-version" also where the entry here is of one: it stays as it is. */
      readonly reason: "corrupt" | "newer-version";
    });

export type RestorePreview = {
  /** Milliseconds since 1970 UTC, as the file says. */
  readonly createdAt: number;
  readonly items: readonly RestoreItem[];
};

/**
 * Opens a backup and says what restoring it would do to the vault as it is now; where there is no vault yet, or one that
 * nobody can open, everything is new. Writes nothing. Throws VaultLockedError.
 */
export async function previewRestore(
  bytes: Uint8Array,
  passphrase: string,
): Promise<Result<RestorePreview, RestoreRefusal>> {
  // Whatever is wrong with the database here: the codes of a backup can be seen all the same.
  const vaultKey = await openVaultKey().catch(() => err("unreadable"));
  if (!vaultKey.ok && vaultKey.error === "locked") throw new VaultLockedError();
  const file = await openInWorker(bytes, passphrase);
  if (!file.ok) return file;
  const text = utf8Decode(file.value);
  if (!text.ok) return err("not-a-backup");
  const backup = parseBackup(text.value);
  if (!backup.ok) return backup;
  const items = vaultKey.ok ? await compareItems(vaultKey.value, backup.value) : allNew(backup.value);
  return ok({ createdAt: backup.value.createdAt, items });
}

/** What there is to be found in an index. One in the trash gives way to one that is not. */
export function localIdsOf(index: readonly IndexRow[]): LocalIds {
  const live = index.filter(({ deletedAt }) => deletedAt === null);
  const trash = index.filter(({ deletedAt }) => deletedAt !== null);
  return {
    ids: new Set(index.map(({ id }) => id)),
    idsByFingerprint: new Map(
      [...trash, ...live].flatMap(({ id, fingerprint }) => (fingerprint === null ? [] : [[fingerprint, id]])),
    ),
  };
}

async function compareItems(key: VaultKey, backup: ParsedBackup): Promise<RestoreItem[]> {
  const local = localIdsOf(await readIndex());
  const found = await Promise.all(
    backup.items.map(async (item) =>
      item.ok ? findLocal(item.value, await fingerprintOf(key.fingerprints, item.value.entry), local) : null,
    ),
  );
  const entries = await readEntries(found.filter((id) => id !== null));
  return backup.items.map((item, at): RestoreItem => {
    const localId = found[at] ?? null;
    if (!item.ok || localId === null) return newItem(item, at);
    const readable = readableItem(item.value, at);
    const entry = entries.get(localId);
    if (!entry?.ok) {
      return entry?.error === "newer-version"
        ? { ...shownOf(item.value.entry, at), kind: "unreadable", reason: "newer-version" }
        : { ...readable, kind: "differs", localId, local: null, fields: [] };
    }
    const fields = restoredFields(entry.value, item.value.entry);
    if (fields.length === 0) return { ...readable, kind: "same", localId };
    return { ...readable, kind: "differs", localId, local: entry.value, fields };
  });
}

function allNew(backup: ParsedBackup): RestoreItem[] {
  return backup.items.map(newItem);
}

function newItem(item: ParsedBackup["items"][number], at: number): RestoreItem {
  if (!item.ok) return { ...shownOf(item.error, at), kind: "unreadable", reason: item.error.reason };
  return { ...readableItem(item.value, at), kind: "new" };
}

function readableItem(item: BackupItem, at: number): Readable {
  return { ...shownOf(item.entry, at), entry: item.entry, item };
}

function shownOf({ issuer, account }: { issuer: string; account: string }, at: number): Shown {
  return { key: String(at), issuer, account };
}
