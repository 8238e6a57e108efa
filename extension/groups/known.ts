import { Dexie } from "dexie";
import type { Bytes } from "../../shared/bytes.ts";
import type { Action } from "../../shared/group/action.ts";
import { namesIn } from "../../shared/group/fold.ts";
import type { Link } from "../../shared/group/link.ts";
import type { Changes, GroupCore, Known, Member, RecordHead } from "../../shared/group/state.ts";
import { db, type GroupLinkRow } from "../vault/db.ts";

/** Links that were verified and are not stored yet, and what they change: it lies over what the database has. */
export type Unstored = {
  readonly g: string;
  core: GroupCore | null;
  readonly links: GroupLinkRow[];
  /** By id and the link they came with. */
  readonly members: Map<string, Member>;
  readonly heads: Map<string, RecordHead>;
  /** Who has taken new keys, by the number of the link. */
  readonly rekeyed: Map<number, string>;
  readonly stored: Stored;
};

/**
 * What the database has of the rows that were looked for. Each is read once: a log of a thousand links names the same few
 * people, and nobody else writes these rows meanwhile.
 */
type Stored = {
  /** There is none yet of a group whose first link is still to come: rows and pin are stored together. */
  readonly isNone: boolean;
  /** Every stay of a person, by their id. */
  readonly stays: Map<string, readonly Member[]>;
  readonly heads: Map<string, RecordHead | null>;
};

/** Nothing yet, on top of what is stored. */
export async function startUnstored(g: string): Promise<Unstored> {
  const row = await db.groups.get(g);
  return startOn({ g, core: row?.core ?? null });
}

/** The same on top of a row that is here already. */
export function startOn({ g, core }: Pick<Unstored, "g" | "core">): Unstored {
  return {
    g,
    core,
    links: [],
    members: new Map(),
    heads: new Map(),
    rekeyed: new Map(),
    stored: { isNone: core === null, stays: new Map(), heads: new Map() },
  };
}

/** Lays one verified link on top. @param rotation the list that it names, where it names one */
export function layChanges(
  unstored: Unstored,
  link: Link,
  { core, members, heads }: Changes,
  rotation: Bytes | null,
): void {
  unstored.core = core;
  unstored.links.push({ g: unstored.g, n: core.n, ...link, ...(rotation && { rotation }) });
  for (const member of members) unstored.members.set(`${member.id} ${member.joined}`, member);
  for (const head of heads) unstored.heads.set(head.id, head);
}

/** What the fold has to know of a group before an action: the rows that it names, and no others. */
export async function readKnown(unstored: Unstored, action: Action): Promise<Known> {
  const names = namesIn(action);
  const members = new Map<string, Member>();
  for (const id of names.members) {
    const member = await presentMember(unstored, id);
    if (member) members.set(id, member);
  }
  const heads = names.records === "all" ? await allHeads(unstored) : await headsOf(unstored, names.records);
  return { core: unstored.core, members, heads };
}

/** Somebody as they are in the group now; null for somebody who is not. */
export async function presentMember(unstored: Unstored, id: string): Promise<Member | null> {
  const laid = [...unstored.members.values()].filter((member) => member.id === id);
  const stored = unstored.stored.stays.get(id) ?? (await readStays(unstored, id));
  return presentOf([...stored, ...laid]).get(id) ?? null;
}

async function readStays({ g, stored }: Unstored, id: string): Promise<readonly Member[]> {
  if (stored.isNone) return [];
  const stays = await db.groupMembers
    .where("[g+id+joined]")
    .between([g, id, Dexie.minKey], [g, id, Dexie.maxKey])
    .toArray();
  stored.stays.set(id, stays);
  return stays;
}

/**
 * Reads the people and heads that links name all at once, not with each link those that it names.
 *
 * @param others people who are asked for afterwards
 */
export async function readAhead(
  unstored: Unstored,
  actions: readonly Action[],
  others: readonly string[],
): Promise<void> {
  const ids = actions.flatMap((action) => (action.t === "records" ? action.heads.map(({ id }) => id) : []));
  const people = [...others, ...actions.flatMap((action) => namesIn(action).members)];
  const unread = new Set(people.filter((id) => !unstored.stored.stays.has(id)));
  await db.transaction("r", [db.recordHeads, db.groupMembers], () =>
    Promise.all([
      rememberHeads(unstored, [...new Set(ids)]),
      ...[...unread].map((id) => readStays(unstored, id)),
    ]),
  );
}

/** Everybody who is in the group now, by id. */
export async function presentMembers(unstored: Unstored): Promise<Map<string, Member>> {
  const stored = await db.groupMembers.where("g").equals(unstored.g).toArray();
  return presentOf([...stored, ...unstored.members.values()]);
}

/** The heads of all records, those deleted for ever too, by id. */
export async function allHeads(unstored: Unstored): Promise<Map<string, RecordHead>> {
  const heads = new Map<string, RecordHead>();
  for (const head of await db.recordHeads.where("g").equals(unstored.g).toArray()) heads.set(head.id, head);
  for (const head of unstored.heads.values()) heads.set(head.id, head);
  return heads;
}

async function headsOf(unstored: Unstored, ids: readonly string[]): Promise<Map<string, RecordHead>> {
  const heads = new Map<string, RecordHead>();
  await rememberHeads(unstored, ids);
  for (const id of ids) {
    const head = unstored.heads.get(id) ?? unstored.stored.heads.get(id);
    if (head) heads.set(id, head);
  }
  return heads;
}

async function rememberHeads({ g, heads, stored }: Unstored, ids: readonly string[]): Promise<void> {
  if (stored.isNone) return;
  const unread = ids.filter((id) => !heads.has(id) && !stored.heads.has(id));
  if (unread.length === 0) return;
  const rows = await db.recordHeads.bulkGet(unread.map((id) => [g, id]));
  for (const [at, id] of unread.entries()) stored.heads.set(id, rows[at] ?? null);
}

/** Each person's latest stay, as it was laid on last, if it has not ended. */
function presentOf(stays: readonly Member[]): Map<string, Member> {
  const latest = new Map<string, Member>();
  for (const stay of stays) {
    const before = latest.get(stay.id);
    if (before === undefined || stay.joined >= before.joined) latest.set(stay.id, stay);
  }
  return new Map([...latest].filter(([, { left }]) => left === null));
}

/** The tables that storeLinks writes to. */
export const LOG_TABLES = [db.groupLinks, db.groupMembers, db.recordHeads];

/**
 * So many lists of rotations are kept, for a server that loses them: of 5,000 records each is 400 kB long. A backup that is
 * older than that many rotations can't be brought up to date from here (docs/server.md).
 */
export const KEPT_ROTATIONS = 20;

/** Writes links and what they change. To be called in the transaction that moves the pin. */
export async function storeLinks({ g, links, members, heads }: Unstored): Promise<void> {
  const rotates = links.some(({ rotation }) => rotation !== undefined);
  await Promise.all([
    db.groupLinks.bulkAdd(links).then(() => (rotates ? dropOldRotations(g) : undefined)),
    members.size > 0 && db.groupMembers.bulkPut([...members.values()].map((member) => ({ g, ...member }))),
    heads.size > 0 && db.recordHeads.bulkPut([...heads.values()].map((head) => ({ g, ...head }))),
  ]);
}

async function dropOldRotations(g: string): Promise<void> {
  const rotations = await db.groupLinks
    .where("g")
    .equals(g)
    .filter(({ rotation }) => rotation !== undefined)
    .sortBy("n");
  const old = rotations.slice(0, -KEPT_ROTATIONS).map(({ rotation: _, ...link }) => link);
  await db.groupLinks.bulkPut(old);
}
