import { sealAgeFile } from "../../../extension/backup/age-file.ts";
import { previewRestore, type RestorePreview } from "../../../extension/backup/preview-restore.ts";
import { restore } from "../../../extension/backup/restore.ts";
import { db } from "../../../extension/vault/db.ts";
import { utf8 } from "../../../shared/bytes.ts";
import { formatBackup } from "../../../shared/formats/backup.ts";
import { readRows } from "../vault/fresh-vault.ts";

export const PASSPHRASE = "correct horse battery staple";
export const DAY = 24 * 60 * 60 * 1000;

/** A backup as writeBackup makes it of the vault as it is, but cheap to derive. */
export async function quickBackup(): Promise<Uint8Array> {
  const rows = [...(await readRows())];
  return quickFile(rows.map(([id, { pinned, order, entry }]) => ({ id, pinned, order, entry })));
}

export function quickFile(items: Parameters<typeof formatBackup>[0]): Promise<Uint8Array> {
  return sealAgeFile(utf8(formatBackup(items, 1000)), PASSPHRASE, 4);
}

export async function preview(bytes: Uint8Array): Promise<RestorePreview> {
  const opened = await previewRestore(bytes, PASSPHRASE);
  if (!opened.ok) throw Error(opened.error);
  return opened.value;
}

export async function restoreAll(bytes: Uint8Array, now = 1) {
  const opened = await preview(bytes);
  return restore(
    opened,
    opened.items.map(({ key }) => key),
    now,
  );
}

/** A new browser profile, as far as the vault is concerned. */
export async function clearVault(): Promise<void> {
  await Promise.all(db.tables.map((table) => table.clear()));
}
