import type { Transaction } from "kysely";
import { can, type Role } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Schema } from "../db/schema.ts";
import { dropStaged } from "./drop-staged.ts";
import { grow, type Sized, sizeOf, sumOf } from "./group-size.ts";

/** How much is kept at most. */
export type Quota = {
  /** Bytes of ciphertexts and lists that one person has sent and no link names. */
  readonly stagedBytes: number;
  /** Bytes of ciphertexts of one group, and of lists that no link names. All of it goes again once nothing names it. */
  readonly groupBytes: number;
  /** Bytes of the links of one group, and of the lists that they name. They stay for ever. */
  readonly logBytes: number;
  /** Groups that one person has begun, whatever became of them. */
  readonly groups: number;
};

/** For what nobody sends over the network. */
export const NO_QUOTA: Quota = {
  ...{ stagedBytes: Number.POSITIVE_INFINITY, groupBytes: Number.POSITIVE_INFINITY },
  ...{ logBytes: Number.POSITIVE_INFINITY, groups: Number.POSITIVE_INFINITY },
};

/** Who stages something in which group, and how much they may. */
export type Stager = { readonly g: string; readonly userId: string; readonly quota: Quota };

/**
 * "staged-too-much": this person has sent so much that no link has named yet; "group-full": so much is kept of the group.
 */
export type QuotaRefusal = "staged-too-much" | "group-full";

/**
 * The quota of somebody with a role. Who may remove others gets so much more of the group and of its log as one person may
 * stage, and an owner that once more: nobody keeps themselves from being removed, which takes a new ciphertext of each
 * record, by filling the group. Owners are each other's equals.
 */
export function quotaOf(role: Role, quota: Quota): Quota {
  const steps = Number(can(role, "remove-member")) + Number(can(role, "close-group"));
  const more = steps * quota.stagedBytes;
  return { ...quota, groupBytes: quota.groupBytes + more, logBytes: quota.logBytes + more };
}

/**
 * Counts what is about to be kept, for the person and for the group, or nothing where there is no room for all of it. To be
 * called in the transaction that keeps it, with the group locked.
 */
export async function takeRoom(
  trx: Transaction<Schema>,
  { g, userId, quota }: Stager,
  fresh: readonly Sized[],
  now: number,
): Promise<Result<void, QuotaRefusal>> {
  const bytes = sumOf(fresh);
  if (bytes === 0) return ok(undefined);
  await lockUser(trx, userId);
  const room = quota.stagedBytes - bytes;
  if ((await stagedBy(trx, userId)) > room) {
    // An attempt that was cut short will never be named: the next one takes its room.
    await dropStaged(trx, g, userId, { before: now - ATTEMPT_MS });
    if ((await stagedBy(trx, userId)) > room) return err("staged-too-much");
  }
  if ((await sizeOf(trx, "group_size", g)) + bytes > quota.groupBytes) return err("group-full");
  await trx
    .insertInto("staged")
    .values(fresh.map((each) => ({ g, user_id: userId, ...each })))
    .execute();
  await grow(trx, "group_size", g, bytes);
  return ok(undefined);
}

/** Longer than anybody takes to send what one link names, whose ciphertexts come to 83 MB at the very most. */
const ATTEMPT_MS = 60 * 60_000;

/**
 * Lets one transaction at a time count what somebody has: in another group they would count what is here not yet.
 */
export async function lockUser(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx
    .updateTable("user")
    .set(({ ref }) => ({ suspended: ref("suspended") }))
    .where("user_id", "=", userId)
    .execute();
}

async function stagedBy(trx: Transaction<Schema>, userId: string): Promise<number> {
  const staged = await trx
    .selectFrom("staged")
    .select(({ fn }) => fn.sum<number | null>("bytes").as("bytes"))
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return Number(staged?.bytes ?? 0);
}
