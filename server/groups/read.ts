import type { Link } from "../../shared/group/link.ts";
import type { Role } from "../../shared/group/permissions.ts";
import type { Database } from "../db/open.ts";

/** One answer holds so many links at most: whoever has read them asks for the next. */
export const MOST_LINKS = 200;
const MOST_BYTES = 512 * 1024;

/** The links of a group from a number on, in their sequence; fewer than there are where they would be too long together. */
export async function readLinks(db: Database, g: string, from: number): Promise<Link[]> {
  const rows = await db
    .selectFrom("group_link")
    .select(["body", "sig"])
    .where("g", "=", g)
    .where("n", ">=", from)
    .orderBy("n")
    .limit(MOST_LINKS)
    .execute();
  let bytes = 0;
  const links: Link[] = [];
  for (const { body, sig } of rows) {
    bytes += body.length;
    if (links.length > 0 && bytes > MOST_BYTES) break;
    links.push({ body, sig });
  }
  return links;
}

/** Ciphertexts by their hashes; what is not here is left out. */
export async function readRecords(
  db: Database,
  g: string,
  hashes: readonly string[],
): Promise<{ h: string; ciphertext: Uint8Array }[]> {
  if (hashes.length === 0) return [];
  return db
    .selectFrom("blob")
    .select(["h", "ciphertext"])
    .where("g", "=", g)
    .where("h", "in", [...hashes])
    .execute();
}

/** The group's key of an epoch as it is sealed to one member, or null. */
export async function readSeal(
  db: Database,
  g: string,
  epoch: number,
  userId: string,
): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom("seal")
    .select("sealed")
    .where("g", "=", g)
    .where("epoch", "=", epoch)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.sealed ?? null;
}

/** The list that a rotation's link names, or null. */
export async function readRotation(
  db: Database,
  g: string,
  epoch: number,
  h: string,
): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom("rotation_list")
    .select("list")
    .where("g", "=", g)
    .where("epoch", "=", epoch)
    .where("h", "=", h)
    .executeTakeFirst();
  return row?.list ?? null;
}

/** The groups that somebody is in, with the head of each: what a device asks for first. */
export async function readHeads(
  db: Database,
  userId: string,
): Promise<{ g: string; n: number; head: string }[]> {
  return (await readOwnGroups(db, userId)).map(({ g, n, head }) => ({ g, n, head }));
}

/** The same, and as what they are in it. */
export async function readOwnGroups(
  db: Database,
  userId: string,
): Promise<{ g: string; n: number; head: string; role: Role }[]> {
  return db
    .selectFrom("group_member")
    .innerJoin("group_state", "group_state.g", "group_member.g")
    .select(["group_state.g", "group_state.n", "group_state.head", "group_member.role"])
    .where("user_id", "=", userId)
    .where("left_n", "is", null)
    .orderBy("group_state.g")
    .execute();
}
