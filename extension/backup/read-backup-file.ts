import { err, ok, type Result } from "../../shared/result.ts";

/** A thousand accounts make less than one megabyte; what is far larger was chosen by mistake. */
export const MAX_BACKUP_BYTES = 64_000_000;

/**
 * Reads a file that a person chose as a backup; what it holds is for previewRestore to say.
 *
 * "too-large": told by its size, before anything of it is read. "unreadable": the browser could not read it, e.g. because
 * it was moved meanwhile.
 */
export async function readBackupFile(
  file: Blob,
): Promise<Result<Uint8Array<ArrayBuffer>, "too-large" | "unreadable">> {
  if (file.size > MAX_BACKUP_BYTES) return err("too-large");
  try {
    return ok(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return err("unreadable");
  }
}
