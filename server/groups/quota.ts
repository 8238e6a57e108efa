import { sql, type Transaction } from "kysely";
import { can, type Role } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Schema } from "../db/schema.ts";

/** How many bytes of ciphertexts and lists are kept at most: for one person before links name them, and of one group. */
export type Quota = { readonly stagedBytes: number; readonly groupBytes: number };

/** Who stages something in which group, and how much they may. */
export type Stager = { readonly g: string; readonly userId: string; readonly quota: Quota };

/** What is kept, by its hash, and how many bytes it has. */
export type Sized = { readonly h: string; readonly bytes: number };

/**
 * "staged-too-much": this person has sent so much that no link has named yet; "group-full": so much is kept of the group.
 */
export type QuotaRefusal = "staged-too-much" | "group-full";

/**
 * The quota of somebody with a role. Who may remove others gets so much more of the group as one person may stage: nobody
 * keeps themselves from being removed, which takes a new ciphertext of each record, by filling the group.
 */
export function quotaOf(role: Role, { stagedBytes, groupBytes }: Quota): Quota {
  return { stagedBytes, groupBytes: groupBytes + (can(role, "remove-member") ? stagedBytes : 0) };
}

/**
 * Counts what is about to be kept, for the person and for the group, or nothing where there is no room for all of it. To be
 * called in the transaction that keeps it, with the group locked.
 */
export async function takeRoom(
  trx: Transaction<Schema>,
  { g, userId, quota }: Stager,
  fresh: readonly Sized[],
): Promise<Result<void, QuotaRefusal>> {
  const bytes = sum(fresh);
  if (bytes === 0) return ok(undefined);
  // One at a time for each person too: in another group they would count what is here not yet.
  await trx
    .updateTable("user")
    .set(({ ref }) => ({ suspended: ref("suspended") }))
    .where("user_id", "=", userId)
    .execute();
  const staged = await trx
    .selectFrom("staged")
    .select(({ fn }) => fn.sum<number | null>("bytes").as("bytes"))
    .where("user_id", "=", userId)
    .executeTakeFirst();
  if (Number(staged?.bytes ?? 0) + bytes > quota.stagedBytes) return err("staged-too-much");
  const size = await trx.selectFrom("group_size").select("bytes").where("g", "=", g).executeTakeFirst();
  if ((size?.bytes ?? 0) + bytes > quota.groupBytes) return err("group-full");
  await trx
    .insertInto("staged")
    .values(fresh.map((each) => ({ g, user_id: userId, ...each })))
    .execute();
  await grow(trx, g, bytes);
  return ok(undefined);
}

/** Links name this now: it counts for the group alone. To be called in the transaction of the link. */
export async function nowNamed(
  trx: Transaction<Schema>,
  g: string,
  hashes: readonly string[],
): Promise<void> {
  for (let at = 0; at < hashes.length; at += HASHES_AT_ONCE) {
    await trx
      .deleteFrom("staged")
      .where("g", "=", g)
      .where("h", "in", hashes.slice(at, at + HASHES_AT_ONCE))
      .execute();
  }
}

const HASHES_AT_ONCE = 1_000;

/** Gives back the room of what is dropped. To be called in the transaction that drops it. */
export async function giveBack(
  trx: Transaction<Schema>,
  g: string,
  dropped: readonly Sized[],
): Promise<void> {
  if (dropped.length === 0) return;
  const hashes = dropped.map(({ h }) => h);
  await nowNamed(trx, g, hashes);
  await grow(trx, g, -sum(dropped));
}

async function grow(trx: Transaction<Schema>, g: string, bytes: number): Promise<void> {
  await trx
    .insertInto("group_size")
    .values({ g, bytes })
    .onConflict((conflict) =>
      conflict.column("g").doUpdateSet({ bytes: sql`group_size.bytes + excluded.bytes` }),
    )
    .execute();
}

function sum(all: readonly Sized[]): number {
  return all.reduce((total, { bytes }) => total + bytes, 0);
}
