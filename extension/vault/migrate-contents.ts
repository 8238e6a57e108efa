import type { Bytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db, type SealedRow, type VaultRow } from "./db.ts";
import { rowsOf } from "./index-parts.ts";
import { MIGRATIONS, type Migration } from "./migrations.ts";
import { readStoredIndex, rebuildIndex, replaceIndex, sealIndex } from "./stored-index.ts";
import { openRow, sealRow } from "./stored-row.ts";
import { importVaultKey, type VaultKey } from "./vault-key.ts";
import { withVaultLock } from "./vault-lock.ts";

/**
 * Brings what the ciphertexts hold to the newest version; they can be read only after unlocking, so no upgrade of the
 * database can do it. All rows are migrated, encrypted and opened again before one transaction puts the old ones aside
 * as a copy and the new ones in place. Rows that can't be opened stay as they are.
 *
 * "newer-version": a later extension has migrated already, and nothing may be written. "failed": the old rows stand
 * untouched.
 */
export function migrateContents(
  vaultKey: Bytes,
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Result<"current" | "migrated", "newer-version" | "failed">> {
  return withVaultLock(async () => {
    const vault = await db.vault.get("vault");
    if (vault === undefined) throw Error("there is no vault");
    const target = migrations.length + 1;
    if (vault.contentsVersion === target) return ok("current");
    if (vault.contentsVersion > target) return err("newer-version");
    const key = await importVaultKey(vaultKey, vault);
    try {
      await migrateAll(key, vault, migrations.slice(vault.contentsVersion - 1), now);
      return ok("migrated");
    } catch (error) {
      // A migration is code over data of any age. Whatever it tripped over, the person keeps what there was.
      console.error("contents could not be migrated", error instanceof Error ? error.name : "");
      return err("failed");
    }
  });
}

async function migrateAll(
  key: VaultKey,
  vault: VaultRow,
  steps: readonly Migration[],
  now: number,
): Promise<void> {
  const before = await db.entries.toArray();
  const { index: indexBefore } = await readStoredIndex(key);
  const rev = vault.rev + 1;
  const migrated = await Promise.all(before.map((sealed) => migrateRow(key, sealed, rev, steps)));
  const index = await sealIndex(key, rev, await rebuildIndex(key, migrated, rowsOf(indexBefore)));
  await db.transaction("rw", [db.vault, db.entries, db.index, db.copies], async () => {
    const current = await db.vault.get("vault");
    if (current?.rev !== vault.rev || current.keyId !== vault.keyId) throw Error("the vault has changed");
    await db.copies.put({ contentsVersion: vault.contentsVersion, copiedAt: now, rows: before });
    await db.entries.bulkPut(migrated);
    await replaceIndex(index);
    await db.vault.put({ ...vault, rev, contentsVersion: vault.contentsVersion + steps.length });
  });
}

async function migrateRow(
  key: VaultKey,
  sealed: SealedRow,
  rev: number,
  steps: readonly Migration[],
): Promise<SealedRow> {
  const row = await openRow(key, sealed);
  if (!row.ok) return sealed;
  const migrated = steps.reduce((value, migrate) => migrate(value), structuredClone(row.value));
  const result = await sealRow(key, sealed.id, rev, migrated);
  const reopened = await openRow(key, result);
  if (!reopened.ok || JSON.stringify(reopened.value) !== JSON.stringify(migrated)) {
    throw Error("a migrated row does not read back");
  }
  return result;
}
