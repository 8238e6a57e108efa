import { readLink } from "../../shared/group/link.ts";
import { ask } from "../servers/api.ts";
import type { Connection } from "../servers/connection.ts";
import { db, type RestoredGroup } from "../vault/db.ts";
import type { Head } from "./fetch-log.ts";
import type { GroupTrouble } from "./trouble.ts";

/** How often a backup was put in the server's place, by its own word; null where it does not say. */
export async function readGeneration({ api }: Pick<Connection, "api">): Promise<number | null> {
  const hello = await ask(api.hello.query());
  if (!hello.ok) return null;
  // Of any version: what it answers is looked at here alone.
  const { generation }: { generation?: unknown } = hello.value;
  return typeof generation === "number" && Number.isSafeInteger(generation) && generation >= 0
    ? generation
    : null;
}

/**
 * What a server has lost of a group, where it shows the beginning of the log that this device has, and says that a backup
 * was put in its place since the two were in step. Null for any other trouble: whoever shows less without saying so, or
 * another history, is not believed.
 *
 * It is the server's word. All that follows from it is what is said, and that the person may send again what they have.
 *
 * @param said null where the server names the group no more
 */
export async function seeRestored(
  connection: Connection,
  g: string,
  said: Head | null,
  trouble: GroupTrouble,
): Promise<RestoredGroup | null> {
  if (trouble !== "rollback" && !(trouble === "no-access" && said === null)) return null;
  const row = await db.groups.get(g);
  if (row?.core == null) return null;
  if (said !== null ? !(await isBeginning(said)) : !(await isMaker(g, connection.userId))) return null;
  const generation = await readGeneration(connection);
  if (generation === null || generation <= (row.generation ?? 0)) return null;
  const n = said?.n ?? -1;
  return { n, lost: row.core.n - n, isSent: false };
}

/** Whether a head is one that this device has seen and verified. */
export async function isBeginning({ g, n, head }: Head): Promise<boolean> {
  return (await linkAt(g, n))?.hash === head;
}

/** A group that the server knows nothing of any more can be begun again by whoever began it, and by nobody else. */
async function isMaker(g: string, userId: string): Promise<boolean> {
  return (await linkAt(g, 0))?.action.by === userId;
}

/** A link that was verified here; null where there is none. */
export async function linkAt(g: string, n: number) {
  const row = await db.groupLinks.get([g, n]);
  if (row === undefined) return null;
  const read = await readLink({ body: row.body, sig: row.sig });
  if (!read.ok) throw Error("a link that was verified can be read");
  return read.value;
}
