import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { err, ok, type Result } from "../shared/result.ts";

/**
 * Says that the data folder is in use, by one of many or by one alone, until it is given back or the process ends, however
 * it ends. Node has no locks on files: SQLite, whose locks the system lets go of itself, has them on this one.
 *
 * @param how "shared" by whoever serves or looks; "alone" by whoever puts another database in the place of this one
 * @returns gives it back; or "in-use": others are at it, or one that wants to be alone is
 */
export function takeDataFolder(dataFolder: string, how: "shared" | "alone"): Result<() => void, "in-use"> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, "in-use.lock");
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  const lock = new DatabaseSync(path);
  try {
    if (how === "alone") lock.exec("begin exclusive");
    else {
      lock.exec("begin");
      // Only now is it held.
      lock.prepare("select count(*) from sqlite_master").get();
    }
    return ok(() => lock.close());
  } catch (error) {
    lock.close();
    if (/locked/.test(String(error))) return err("in-use");
    throw error;
  }
}
