import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ok, type Result } from "../../shared/result.ts";
import { openReadOnly } from "../db/open.ts";
import { type Contents, checkContents, checkFile } from "./verify.ts";

/**
 * Copies a SQLite database as it is at one moment, beside a server that goes on. The copy is readable by its owner alone,
 * and has its name only once it was opened, checked page by page and folded again.
 *
 * @returns what is in it, or what is not sound: then there is no file
 */
export async function makeBackup(database: string, file: string): Promise<Result<Contents, string>> {
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  closeSync(openSync(partial, "wx", 0o600));
  try {
    const source = new DatabaseSync(database);
    try {
      source.exec("pragma busy_timeout=5000");
      source.prepare("vacuum into ?").run(partial);
    } finally {
      source.close();
    }
    const whole = checkFile(partial);
    if (!whole.ok) return whole;
    const copy = openReadOnly(partial);
    const contents = await checkContents(copy).finally(() => copy.destroy());
    if (!contents.ok) return contents;
    syncToDisk(partial);
    renameSync(partial, file);
    syncToDisk(dirname(file));
    return ok(contents.value);
  } finally {
    if (existsSync(partial)) rmSync(partial);
  }
}

/** Waits until a file, or the names in a folder, are on the disk. */
export function syncToDisk(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
