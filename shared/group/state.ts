import type { Role } from "./permissions.ts";

/** What the links up to one of them come to, apart from who is in the group and what it holds. */
export type GroupCore = {
  readonly g: string;
  /** Number and hash of the last link. */
  readonly n: number;
  readonly head: string;
  /** The generation of the group's key, from 1, and what the key of it is known by (commitGroupKey). */
  readonly epoch: number;
  readonly commit: string;
  /** Somebody who has the key left, or lost the keys it was sealed to: a remaining member must rotate. */
  readonly rotationDue: boolean;
  readonly closed: boolean;
  readonly members: number;
  readonly owners: number;
  /** Records that are not deleted for ever. */
  readonly records: number;
};

/** One stay of somebody in a group: who comes back begins another. */
export type Member = {
  readonly id: string;
  /** base64url of the Ed25519 and the X25519 public key. */
  readonly sig: string;
  readonly enc: string;
  readonly role: Role;
  /** Numbers of the links by which they came and went; `left` is null while they are there. */
  readonly joined: number;
  readonly left: number | null;
};

/** Which ciphertext is the record's present one. */
export type RecordHead = {
  readonly id: string;
  readonly ver: number;
  /** base64url of SHA-256 of the ciphertext; null once it is deleted for ever. */
  readonly h: string | null;
  /** The epoch and the user that the ciphertext is bound to. */
  readonly epoch: number;
  readonly by: string;
  /** Number of the link that brought it, and of the last one that changed it. */
  readonly made: number;
  readonly changed: number;
};

/** What is known of a group before a link: all of it, or the rows that the link names (namesIn). */
export type Known = {
  /** Null before the first link. */
  readonly core: GroupCore | null;
  /** Members who are there, by id. */
  readonly members: ReadonlyMap<string, Member>;
  /** Records by id, those deleted for ever too: an id is never used again. */
  readonly heads: ReadonlyMap<string, RecordHead>;
};

/** What a link changes: rows to be written in the transaction that stores it. */
export type Changes = {
  readonly core: GroupCore;
  /** Each takes the place of the row with its `id` and `joined`. */
  readonly members: readonly Member[];
  readonly heads: readonly RecordHead[];
};

export const NOTHING_KNOWN: Known = { core: null, members: new Map(), heads: new Map() };

/** The whole state after a link's changes. */
export function applyChanges(known: Known, { core, members, heads }: Changes): Known {
  const byId = new Map(known.members);
  for (const member of members) {
    if (member.left === null) byId.set(member.id, member);
    else byId.delete(member.id);
  }
  const headsById = new Map(known.heads);
  for (const head of heads) headsById.set(head.id, head);
  return { core, members: byId, heads: headsById };
}
