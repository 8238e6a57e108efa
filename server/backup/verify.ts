import { DatabaseSync } from "node:sqlite";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import { refold } from "../groups/refold.ts";

/** What a database holds, for people. */
export type Contents = {
  readonly users: number;
  readonly groups: number;
  /** When the last link in it was taken, in milliseconds since 1970 UTC; null where there is none. */
  readonly lastLinkAt: number | null;
};

/** Whether a file is a whole SQLite database: every page, every index, every reference. */
export function checkFile(path: string): Result<void, string> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    const found = database.prepare("pragma integrity_check").all();
    const first = Object.values(found[0] ?? {})[0];
    if (found.length !== 1 || first !== "ok") return err(`${path} is damaged: ${String(first)}`);
    const loose = database.prepare("pragma foreign_key_check").all();
    return loose.length === 0
      ? ok(undefined)
      : err(`${path} is damaged: rows refer to others that are not there`);
  } catch (error) {
    return err(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    database?.close();
  }
}

/** Folds every group from its first link, and looks for each ciphertext that its heads name. Says what is not sound. */
export async function checkContents(db: Database): Promise<Result<Contents, string>> {
  const groups = await db.selectFrom("group_state").select("g").orderBy("g").execute();
  for (const { g } of groups) {
    if ((await refold(db, g)) !== "sound") return err(`the log of group ${g} is not sound`);
  }
  const lost = await db
    .selectFrom("record_head")
    .leftJoin("blob", (join) =>
      join.onRef("blob.g", "=", "record_head.g").onRef("blob.h", "=", "record_head.h"),
    )
    .select("record_head.g")
    .where("record_head.h", "is not", null)
    .where("blob.h", "is", null)
    .limit(1)
    .executeTakeFirst();
  if (lost) return err(`a ciphertext of group ${lost.g} is missing`);
  const last = await db
    .selectFrom("group_link")
    .select(({ fn }) => fn.max("taken_at").as("at"))
    .executeTakeFirst();
  const users = await db.selectFrom("user").select("user_id").execute();
  return ok({ users: users.length, groups: groups.length, lastLinkAt: last?.at ?? null });
}
