import { base64urlToBytes } from "../../shared/bytes.ts";
import { parseAction } from "../../shared/group/action.ts";
import type { Link } from "../../shared/group/link.ts";
import { can } from "../../shared/group/permissions.ts";
import type { Database } from "../db/open.ts";
import { readLinks, readOwnGroups, readRecords } from "./read.ts";

/** One answer tells so many ciphertexts of a group at most, and ends with the first group that makes it longer than that. */
export const MOST_RECORDS_TOLD = 50;
const MOST_LETTERS = 512 * 1024;

/** A group, its head, and what a device that has less needs to get there, where that is little. */
export type News = {
  readonly g: string;
  readonly n: number;
  readonly head: string;
  /** From the one that was asked for; none where they are to be asked for. */
  readonly links: readonly Link[];
  /** Those that the links name, for whoever may use codes; whatever is left out is to be asked for. */
  readonly records: readonly { readonly h: string; readonly ciphertext: Uint8Array }[];
};

/**
 * The groups that somebody is in, and what is new of those that they ask about: what takes three questions one after the
 * other where much is new takes one where little is.
 *
 * @param from by group, the number of the first link that they don't have
 */
export async function readNews(
  db: Database,
  userId: string,
  from: ReadonlyMap<string, number>,
): Promise<News[]> {
  const news: News[] = [];
  let letters = 0;
  for (const { role, ...head } of await readOwnGroups(db, userId)) {
    const first = from.get(head.g);
    const isTold = first !== undefined && first <= head.n && letters < MOST_LETTERS && can(role, "read-log");
    const links = isTold ? await readLinks(db, head.g, first) : [];
    const hashes = can(role, "use-codes") ? lastNamed(links) : [];
    const records = await readRecords(db, head.g, hashes.slice(0, MOST_RECORDS_TOLD));
    for (const { body } of links) letters += body.length;
    const told = records.filter(({ ciphertext }) => {
      letters += ciphertext.length;
      return letters < 2 * MOST_LETTERS;
    });
    news.push({ ...head, links, records: told });
  }
  return news;
}

/** The ciphertexts that the records have after these links, as far as links name them by themselves. */
function lastNamed(links: readonly Link[]): string[] {
  const latest = new Map<string, string | null>();
  for (const { body } of links) {
    const bytes = base64urlToBytes(body);
    const action = bytes.ok ? parseAction(bytes.value) : bytes;
    if (action.ok && action.value.t === "records")
      for (const { id, h } of action.value.heads) latest.set(id, h);
  }
  return [...latest.values()].filter((h) => h !== null);
}
