import type { Result } from "../../shared/result.ts";
import { type Api, ask } from "../servers/api.ts";
import type { AskFailure } from "../servers/api-failure.ts";
import type { Connection } from "../servers/connection.ts";
import { db, type GroupRow } from "../vault/db.ts";
import type { Told } from "./fetch-log.ts";

/** So many groups the server is asked about at once; of more it tells the heads alone. */
const MOST_ASKED_ABOUT = 200;

/** The heads of the person's groups, and what is new there: where that is little, one call brings all of it. */
export async function askForNews(
  api: Api,
  rows: readonly GroupRow[],
): Promise<Result<readonly Told[], AskFailure>> {
  const since = rows.flatMap(({ g, core }) => (core === null ? [] : [{ g, from: core.n + 1 }]));
  return ask(api.group.news.mutate({ since: since.slice(0, MOST_ASKED_ABOUT) }));
}

/**
 * Notes those groups that are in step as they stand: all was well with them, the head is the pin, and nothing was written
 * here since everything had been sent. Told by what is stored, in one transaction, however many groups there are.
 *
 * @returns all groups of the server, and the ids of those
 */
export function noteQuiet(
  { serverId, former }: Connection,
  saidById: ReadonlyMap<string, Told>,
): Promise<{ readonly rows: readonly GroupRow[]; readonly quiet: ReadonlySet<string> }> {
  return db.transaction("rw", [db.vault, db.groups], async () => {
    const [vault, rows] = await Promise.all([
      db.vault.get("vault"),
      db.groups.where("serverId").equals(serverId).toArray(),
    ]);
    const isQuiet = ({ g, core, missing, trouble, restored, generation, sentRev }: GroupRow): boolean => {
      const said = saidById.get(g);
      const isWell = trouble === null && missing.length === 0 && !restored && generation !== undefined;
      return (
        isWell && core !== null && said?.n === core.n && said.head === core.head && sentRev === vault?.rev
      );
    };
    // New keys are told to each group.
    const quiet = former.length > 0 ? [] : rows.filter(isQuiet);
    const syncedAt = Date.now();
    if (quiet.length > 0) await db.groups.bulkPut(quiet.map((row) => ({ ...row, syncedAt })));
    return { rows, quiet: new Set(quiet.map(({ g }) => g)) };
  });
}
