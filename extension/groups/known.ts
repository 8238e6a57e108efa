import { Dexie } from "dexie";
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
};

/** Nothing yet, on top of what is stored. */
export async function startUnstored(g: string): Promise<Unstored> {
  const row = await db.groups.get(g);
  const none = { links: [], members: new Map(), heads: new Map(), rekeyed: new Map() };
  return { g, core: row?.core ?? null, ...none };
}

/** Lays one verified link on top. */
export function layChanges(unstored: Unstored, link: Link, { core, members, heads }: Changes): void {
  unstored.core = core;
  unstored.links.push({ g: unstored.g, n: core.n, ...link });
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
  const stored = await db.groupMembers
    .where("[g+id+joined]")
    .between([unstored.g, id, Dexie.minKey], [unstored.g, id, Dexie.maxKey])
    .toArray();
  return presentOf([...stored, ...laid]).get(id) ?? null;
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
  const stored = await db.recordHeads.bulkGet(ids.map((id) => [unstored.g, id]));
  for (const head of stored) if (head) heads.set(head.id, head);
  for (const id of ids) {
    const laid = unstored.heads.get(id);
    if (laid) heads.set(id, laid);
  }
  return heads;
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

/** Writes links and what they change. To be called in the transaction that moves the pin. */
export async function storeLinks({ g, links, members, heads }: Unstored): Promise<void> {
  await db.groupLinks.bulkAdd(links);
  await db.groupMembers.bulkPut([...members.values()].map((member) => ({ g, ...member })));
  await db.recordHeads.bulkPut([...heads.values()].map((head) => ({ g, ...head })));
}
