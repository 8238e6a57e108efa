import * as z from "zod/mini";
import type { Bytes } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { readLink } from "../../shared/group/link.ts";
import { can } from "../../shared/group/permissions.ts";
import type { Member } from "../../shared/group/state.ts";
import { db } from "../vault/db.ts";
import { readIndex } from "../vault/entries.ts";
import type { IndexRow } from "../vault/index-row.ts";
import { openJson, sealJson } from "../vault/sealed-json.ts";
import { requireVaultKey, type VaultKey } from "../vault/vault-key.ts";
import { watchRows } from "../vault/watch-rows.ts";
import type { Standing } from "./act.ts";

const schema = z.object({
  version: z.literal(1),
  /** Who is gone: their address where it is known, and their user id. */
  member: z.object({ id: z.string(), email: z.string() }),
  /** Where it is a device of this person that is gone: what it called itself, "" where that is not known, and at which server. */
  device: z.optional(z.object({ label: z.string(), serverId: z.string() })),
  /** Milliseconds since 1970 UTC, by the clock of whoever let them in; 0 where it is not known. */
  joinedAt: z.number(),
  /** Milliseconds since 1970 UTC. */
  removedAt: z.number(),
  entries: z.array(
    z.object({
      id: z.string(),
      /** When the secret that they could read came into the vault, in milliseconds since 1970 UTC. */
      secretSetAt: z.number(),
      isDone: z.boolean(),
    }),
  ),
});

/** The secrets that somebody who is gone could read, or whoever has a device that is. */
export type Reenrolment = Omit<z.infer<typeof schema>, "version"> & {
  readonly id: string;
  /** "" for a device: it could read those of all groups. */
  readonly g: string;
};

/** Notes what somebody can read who is about to be taken out. */
export async function addReenrolment({ row, secrets, members }: Standing, target: Member): Promise<void> {
  if (!members.has(target.id) || !can(target.role, "use-codes")) return;
  const key = await requireVaultKey();
  const entries = (await readIndex())
    .filter(({ group }) => group === row.g)
    .map(({ id, secretSetAt }) => ({ id, secretSetAt, isDone: false }));
  const id = `${row.g} ${target.id} ${target.joined}`;
  const member = { id: target.id, email: secrets.people[target.id] ?? "" };
  const joinedAt = await timeOf(row.g, target.joined);
  const value = { version: 1, member, joinedAt, removedAt: Date.now(), entries };
  await db.reenrolments.put({ id, g: row.g, sealed: await sealJson(key.rows, value, contextOf(key, id)) });
}

/**
 * Notes what a device of this person could read that was lost: everything in their groups at a server, for themselves too.
 * Since when it is connected nobody knows: it may have signed in again since.
 *
 * @param label what it called itself, as far as that is known
 * @returns how many accounts those are; with none there is no list
 */
export async function addLostDevice(
  serverId: string,
  label: string | null,
  now: number = Date.now(),
): Promise<number> {
  const [key, server] = [await requireVaultKey(), await db.servers.get(serverId)];
  const groups = new Set(await db.groups.where("serverId").equals(serverId).primaryKeys());
  const entries = (await readIndex())
    .filter(({ group }) => group !== undefined && groups.has(group))
    .map(({ id, secretSetAt }) => ({ id, secretSetAt, isDone: false }));
  if (server === undefined || entries.length === 0) return 0;
  const id = `device ${crypto.randomUUID()}`;
  const member = { id: server.userId, email: "" };
  const device = { label: label ?? "", serverId };
  const value = { version: 1, member, device, joinedAt: 0, removedAt: now, entries };
  await db.reenrolments.put({ id, g: "", sealed: await sealJson(key.rows, value, contextOf(key, id)) });
  return entries.length;
}

/** When a link was written, as its writer says; 0 where that can't be known. */
async function timeOf(g: string, n: number): Promise<number> {
  const link = await db.groupLinks.get([g, n]);
  const read = link ? await readLink(link) : null;
  return read?.ok ? read.value.action.at : 0;
}

/** All lists that are here, the latest first. An entry whose secret was replaced since counts as done. */
export async function readReenrolments(): Promise<Reenrolment[]> {
  const rows = await db.reenrolments.toArray();
  if (rows.length === 0) return [];
  const key = await requireVaultKey();
  const index = await readIndex();
  const lists: Reenrolment[] = [];
  for (const { id, g, sealed } of rows) {
    const json = await openJson(key.rows, sealed, contextOf(key, id));
    const parsed = schema.safeParse(json.ok ? json.value : null);
    if (!parsed.success) continue;
    const { version: _, ...list } = parsed.data;
    const entries = list.entries.map((entry) => ({
      ...entry,
      isDone: entry.isDone || isReplaced(entry, index),
    }));
    lists.push({ ...list, id, g, entries });
  }
  return lists.sort((a, b) => b.removedAt - a.removedAt);
}

/**
 * Whether an entry has a secret that came later, or is in the trash while one of the same name in the same place has: that
 * is how a scanned key takes the place of an old one, and how an entry whose codes are counted gets another.
 */
function isReplaced(
  { id, secretSetAt }: { readonly id: string; readonly secretSetAt: number },
  index: readonly IndexRow[],
): boolean {
  const row = index.find((each) => each.id === id);
  if (row === undefined) return false;
  if (row.secretSetAt > secretSetAt) return true;
  if (row.deletedAt === null) return false;
  return index.some(
    (each) =>
      each.deletedAt === null &&
      each.secretSetAt > secretSetAt &&
      each.group === row.group &&
      each.issuer === row.issuer &&
      each.account === row.account,
  );
}

/** Ticks an entry of a list, or takes the tick back. */
export async function tickReenrolment(listId: string, entryId: string, isDone: boolean): Promise<void> {
  const key = await requireVaultKey();
  const list = (await readReenrolments()).find(({ id }) => id === listId);
  if (list === undefined) return;
  const { id, g, ...rest } = list;
  const entries = rest.entries.map((entry) => (entry.id === entryId ? { ...entry, isDone } : entry));
  const sealed = await sealJson(key.rows, { version: 1, ...rest, entries }, contextOf(key, id));
  await db.reenrolments.put({ id, g, sealed });
}

/** Puts a list away. */
export function closeReenrolment(listId: string): Promise<void> {
  return db.reenrolments.delete(listId);
}

/**
 * Calls back with the lists at once, and whenever they or the entries change.
 *
 * @returns stops watching
 */
export function watchReenrolments(onLists: (lists: readonly Reenrolment[]) => void): () => void {
  const rows = () => Promise.all([db.reenrolments.toArray(), db.vault.get("vault")]);
  return watchRows(rows, readReenrolments, onLists);
}

function contextOf({ vaultId }: VaultKey, id: string): Bytes {
  return CTX("local-reenrolment", vaultId, id);
}
