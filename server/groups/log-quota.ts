import { type Compilable, sql, type Transaction } from "kysely";
import type { Action } from "../../shared/group/action.ts";
import type { Link } from "../../shared/group/link.ts";
import type { Role } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Schema } from "../db/schema.ts";
import { growing } from "./group-size.ts";
import { lockUser, type Quota, quotaOf } from "./quota.ts";

/**
 * "log-full": so much is kept of the group's log, which never grows shorter; "too-many-groups": this person has begun so
 * many.
 */
export type LogRefusal = "log-full" | "too-many-groups";

/** Links that are about to be appended to a group's log, with the room that there is for them. */
export type LogGrowth = {
  readonly links: readonly { readonly link: Link; readonly action: Action }[];
  /** Bytes; see roomFor. */
  readonly room: number;
};

/**
 * Up to how many bytes a log may grow by a link. To leave and to close a group is refused to nobody: either happens once.
 * Who has lost their keys has half the step that those have who may remove others: a full log keeps nobody to keys that
 * somebody else has, and whoever takes new ones again and again leaves the other half to be removed by.
 */
export function roomFor({ t }: Action, role: Role, quota: Quota): number {
  if (t === "leave" || t === "close") return Number.POSITIVE_INFINITY;
  const own = quotaOf(role, quota).logBytes;
  return t === "rekey" ? Math.max(own, quota.logBytes + quota.stagedBytes / 2) : own;
}

/**
 * Whether a log may grow by so much. To be called in the transaction that appends, with the group locked.
 *
 * @param before how many bytes are counted for it, read in the same transaction
 */
export async function hasLogRoom(
  trx: Transaction<Schema>,
  before: number,
  { links, room }: LogGrowth,
): Promise<Result<void, LogRefusal>> {
  if (room === Number.POSITIVE_INFINITY) return ok(undefined);
  return before + linkBytes(links) + (await listBytes(trx, links)) > room ? err("log-full") : ok(undefined);
}

/**
 * The statements that count links for the log, and the lists that they name for the log instead of the group: from now on
 * they stay. For the transaction that appends them.
 */
export async function growingLog(
  trx: Transaction<Schema>,
  g: string,
  links: LogGrowth["links"],
): Promise<Compilable[]> {
  const lists = await listBytes(trx, links);
  return [...growing(trx, "log_size", g, linkBytes(links) + lists), ...growing(trx, "group_size", g, -lists)];
}

/** Whether somebody may begin one more group. To be called in the transaction that begins it. */
export async function mayBegin(
  trx: Transaction<Schema>,
  userId: string,
  { groups }: Quota,
): Promise<Result<void, LogRefusal>> {
  if (groups === Number.POSITIVE_INFINITY) return ok(undefined);
  await lockUser(trx, userId);
  // Only who begins a group joins it by its first link.
  const { begun } = await trx
    .selectFrom("group_member")
    .select(({ fn }) => fn.countAll<number>().as("begun"))
    .where("user_id", "=", userId)
    .where("joined", "=", 0)
    .executeTakeFirstOrThrow();
  return Number(begun) >= groups ? err("too-many-groups") : ok(undefined);
}

function linkBytes(links: LogGrowth["links"]): number {
  return links.reduce((total, { link }) => total + link.body.length + link.sig.length, 0);
}

async function listBytes(trx: Transaction<Schema>, links: LogGrowth["links"]): Promise<number> {
  let total = 0;
  for (const { action } of links) {
    if (action.t !== "rotate" && action.t !== "remove") continue;
    const list = await trx
      .selectFrom("rotation_list")
      .select(sql<number>`length(list)`.as("bytes"))
      .where("g", "=", action.g)
      .where("epoch", "=", action.epoch)
      .where("h", "=", action.records)
      .executeTakeFirst();
    total += list?.bytes ?? 0;
  }
  return total;
}
