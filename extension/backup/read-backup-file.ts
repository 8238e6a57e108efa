import { err, ok, type Result } from "../../shared/result.ts";
import { mayBeAgeFile } from "./age-file.ts";

/** A thousand accounts make less than one megabyte; what is far larger was chosen by mistake. */
export const MAX_BACKUP_BYTES = 64_000_000;

/**
 * Reads a file that a person chose as a backup; what it holds is for previewRestore to say.
 *
 * "too-large": told by its size, before anything of it is read. "unreadable": the browser could not read it, e.g. because
 * it was moved meanwhile. "not-a-backup": it does not begin as one, so nobody need be asked for its passphrase.
 */
export async function readBackupFile(
  file: Blob,
): Promise<Result<Uint8Array<ArrayBuffer>, "too-large" | "unreadable" | "not-a-backup">> {
  if (file.size > MAX_BACKUP_BYTES) return err("too-large");
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return mayBeAgeFile(bytes) ? ok(bytes) : err("not-a-backup");
  } catch {
    return err("unreadable");
  }
}
