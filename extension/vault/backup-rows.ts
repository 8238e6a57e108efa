import type * as z from "zod/mini";
import type { Bytes } from "../../shared/bytes.ts";
import { openAead, sealAead } from "../../shared/crypto/aead.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { type BackupRow, db } from "./db.ts";
import { openJson, sealJson } from "./sealed-json.ts";
import type { VaultKey } from "./vault-key.ts";
import { withVaultLock } from "./vault-lock.ts";

type BackupRowId = BackupRow["id"];

/** What one of the rows about backups holds. @returns null where there is none, or none that can be read */
export async function readBackupRow<T>(
  key: VaultKey,
  id: BackupRowId,
  schema: z.ZodMiniType<T>,
): Promise<{ readonly value: T; readonly row: BackupRow } | null> {
  const row = await db.backups.get(id);
  if (row === undefined) return null;
  const json = await openJson(key.rows, row.sealed, contextOf(key, id));
  const parsed = schema.safeParse(json.ok ? json.value : null);
  return parsed.success ? { value: parsed.data, row } : null;
}

/**
 * Encrypts and stores it, as long as the vault is the one of that key: what was deleted meanwhile, or got another key, must
 * not have rows left that nobody can read. Throws then. Waits while the vault gets another key, which takes these rows along
 * as it found them; so it is not to be called by who holds the vault's lock.
 */
export async function writeBackupRow(
  key: VaultKey,
  id: BackupRowId,
  value: unknown,
  beside: Pick<BackupRow, "file" | "handle"> = {},
): Promise<void> {
  const row = { id, sealed: await sealJson(key.rows, value, contextOf(key, id)), ...beside };
  await withVaultLock(() =>
    db.transaction("rw", [db.vault, db.backups], async () => {
      if ((await db.vault.get("vault"))?.keyId !== key.keyId) throw Error("the vault has changed");
      await db.backups.put(row);
    }),
  );
}

/** The same row under another key. @returns null where it can't be opened */
export async function sealBackupRowAgain(
  from: VaultKey,
  to: VaultKey,
  row: BackupRow,
): Promise<BackupRow | null> {
  const bytes = await openAead(from.rows, row.sealed, contextOf(from, row.id));
  if (!bytes.ok) return null;
  return { ...row, sealed: await sealAead(to.rows, bytes.value, contextOf(to, row.id)) };
}

function contextOf(key: VaultKey, id: BackupRowId): Bytes {
  return CTX("local-backup", key.vaultId, id);
}
