import * as z from "zod/mini";
import { readBackupRow, writeBackupRow } from "../../vault/backup-rows.ts";
import { requireVaultKey, type VaultKey } from "../../vault/vault-key.ts";

const folderSchema = z.object({ version: z.literal(1), id: z.string() });

/** The folder that backups go to. Its name is all that a browser tells of where it is. */
export type ChosenFolder = { readonly id: string; readonly handle: FileSystemDirectoryHandle };

/** @returns null: none was chosen, or what the browser kept of it is lost */
export async function readChosenFolder(key: VaultKey): Promise<ChosenFolder | null> {
  const found = await readBackupRow(key, "folder", folderSchema);
  const handle = found?.row.handle;
  return found === null || !(handle instanceof FileSystemDirectoryHandle)
    ? null
    : { id: found.value.id, handle };
}

/** Keeps what the person chose. The same folder chosen again stays the one whose files are known. Throws VaultLockedError. */
export async function keepChosenFolder(handle: FileSystemDirectoryHandle): Promise<void> {
  const key = await requireVaultKey();
  const before = await readChosenFolder(key);
  const isSame = before !== null && (await before.handle.isSameEntry(handle));
  const id = isSame ? before.id : crypto.randomUUID();
  await writeBackupRow(key, "folder", { version: 1, id }, { handle });
}
