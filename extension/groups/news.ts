import type { Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import type { AskFailure } from "../servers/api-failure.ts";
import type { Connection } from "../servers/connection.ts";
import { db, type GroupRow } from "../vault/db.ts";
import type { Told } from "./fetch-log.ts";

/** So many groups the server is asked about at once; of more it tells the heads alone. */
const MOST_ASKED_ABOUT = 200;

/** The heads of the person's groups, and what is new there: where that is little, one call brings all of it. */
export async function askForNews({
  api,
  serverId,
}: Connection): Promise<Result<readonly Told[], AskFailure>> {
  const rows = await db.groups.where("serverId").equals(serverId).toArray();
  const since = rows.flatMap(({ g, core }) => (core === null ? [] : [{ g, from: core.n + 1 }]));
  return ask(api.group.news.mutate({ since: since.slice(0, MOST_ASKED_ABOUT) }));
}

/**
 * Notes those groups that are in step as they stand: all was well with them, the head is the pin, and nothing was written
 * here since everything had been sent. Told by what was read already, however many groups there are.
 *
 * @returns their ids
 */
export async function noteQuiet(
  { former }: Connection,
  rows: readonly GroupRow[],
  saidById: ReadonlyMap<string, Told>,
): Promise<string[]> {
  const vault = await db.vault.get("vault");
  const isQuiet = ({ g, core, missing, trouble, restored, generation, sentRev }: GroupRow): boolean => {
    const said = saidById.get(g);
    const isWell = trouble === null && missing.length === 0 && !restored && generation !== undefined;
    return isWell && core !== null && said?.n === core.n && said.head === core.head && sentRev === vault?.rev;
  };
  // New keys are told to each group.
  const quiet = former.length > 0 ? [] : rows.filter(isQuiet).map(({ g }) => g);
  if (quiet.length > 0) await db.groups.where("g").anyOf(quiet).modify({ syncedAt: Date.now() });
  return quiet;
}
