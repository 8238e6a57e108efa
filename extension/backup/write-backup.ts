import { type Bytes, equalBytes, utf8 } from "../../shared/bytes.ts";
import { formatBackup } from "../../shared/formats/backup.ts";
import { requireAllowed } from "../policy/forbidden.ts";
import { readAllRows } from "../vault/all-rows.ts";
import { byOrder } from "../vault/order-between.ts";
import { openInWorker, sealInWorker } from "./age-in-worker.ts";

type Contents = {
  readonly entries: number;
  /** What could not be taken along, because it can't be opened. */
  readonly leftOut: readonly { readonly id: string; readonly reason: "damaged" | "newer-version" }[];
};

export type Backup = Contents & {
  readonly fileName: string;
  /** An age file. */
  readonly bytes: Bytes;
};

/**
 * Writes everything, trash included, into an age file, and opens that file again before it is reported. Throws
 * VaultLockedError, ForbiddenByPolicyError, and where the file does not read back.
 *
 * @param passphrase not empty; need not be that of the vault
 */
export async function writeBackup(passphrase: string, now: number = Date.now()): Promise<Backup> {
  const { text, entries, leftOut } = await backupText(now);
  const bytes = await sealInWorker(text, { kind: "passphrase", passphrase });
  const reopened = await openInWorker(bytes, passphrase);
  if (!reopened.ok || !equalBytes(reopened.value, text)) throw Error("the backup does not read back");
  // That may have come while the key was derived.
  await requireAllowed("backupForbidden");
  return { fileName: `${backupName(now)}.age`, bytes, entries, leftOut };
}

/** What a backup of the vault as it is now says, in clear. Throws VaultLockedError, ForbiddenByPolicyError. */
export async function backupText(now: number): Promise<Contents & { readonly text: Bytes }> {
  await requireAllowed("backupForbidden");
  const { vaultId, rev, rows, problems } = await readAllRows();
  const items = rows
    .map(({ id, row }) => ({ id, pinned: row.pinned, order: row.order, entry: row.entry }))
    .sort(byOrder);
  const text = utf8(formatBackup(items, now, { id: vaultId, rev }));
  return { text, entries: items.length, leftOut: problems };
}

/** The day where the person is: they look for "the one from Tuesday". */
export function backupName(now: number): string {
  const day = new Date(now);
  const two = (number: number) => String(number).padStart(2, "0");
  return `countersign-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
