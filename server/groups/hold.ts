import type { Compilable, Transaction } from "kysely";
import type { Action } from "../../shared/group/action.ts";
import { can, isWithinReach } from "../../shared/group/permissions.ts";
import type { Member } from "../../shared/group/state.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import type { Standing } from "./standing.ts";
import { findMember, lockGroup } from "./state.ts";

/**
 * As long as somebody with a slow line takes to send a large group under a new key once more. Then the others have their turn
 * for as long, before the same may happen again.
 */
const HOLD_MS = 5 * 60_000;

/**
 * Gives whoever may remove members, and has come too late with a removal or a new key, the next turn: it takes a new ciphertext
 * of each record, so that somebody who writes without a pause would be quicker each time. For some minutes nothing is taken
 * from those whom they could remove; it ends with their link.
 *
 * @param by who brings the link: nobody is given a turn by a link of theirs that somebody else brings
 * @param now milliseconds since 1970 UTC
 */
export async function holdFor(db: Database, action: Action, by: string, now: number): Promise<void> {
  if (!isUnderNewKey(action) || action.by !== by) return;
  const { g } = action;
  await db.transaction().execute(async (trx) => {
    await lockGroup(trx, g);
    const member = await findMember(trx, g, by);
    if (member === null || !can(member.role, "remove-member")) return;
    const before = await readHold(trx, g);
    const isOver = before === null || now >= before.until + HOLD_MS;
    if (!isOver && !isAbove(member, await findMember(trx, g, before.user_id))) return;
    const next = { user_id: by, until: now + HOLD_MS };
    await trx
      .insertInto("group_hold")
      .values({ g, ...next })
      .onConflict((conflict) => conflict.column("g").doUpdateSet(next))
      .execute();
  });
}

/**
 * Whether links have to wait, because it is the turn of somebody who could remove whoever wrote them. Nobody is kept from
 * leaving. To be called in the transaction that appends them, with the group locked.
 *
 * @param hold whose turn it is, read in the same transaction
 */
export async function mustWait(
  trx: Transaction<Schema>,
  g: string,
  {
    hold,
    actions,
    now,
  }: { readonly hold: Standing["hold"]; readonly actions: readonly Action[]; readonly now: number },
): Promise<boolean> {
  if (hold === null || now >= hold.until) return false;
  const holder = await findMember(trx, g, hold.user_id);
  if (holder === null || !can(holder.role, "remove-member")) return false;
  for (const { t, by } of actions) {
    if (t === "leave" || by === holder.id) continue;
    const writer = await findMember(trx, g, by);
    if (writer !== null && isWithinReach(holder.role, writer.role)) return true;
  }
  return false;
}

/** The statement that ends the turn of whoever has brought what it was given for, for the transaction that appends it. */
export function endingHold(trx: Transaction<Schema>, action: Action): Compilable[] {
  if (!isUnderNewKey(action)) return [];
  return [trx.deleteFrom("group_hold").where("g", "=", action.g).where("user_id", "=", action.by)];
}

/** Owners are each other's equals: neither takes the other's turn. */
function isAbove({ role }: Member, other: Member | null): boolean {
  return other === null || (isWithinReach(role, other.role) && !isWithinReach(other.role, role));
}

function isUnderNewKey({ t }: Action): boolean {
  return t === "remove" || t === "rotate";
}

async function readHold(trx: Transaction<Schema>, g: string): Promise<Standing["hold"]> {
  const hold = await trx
    .selectFrom("group_hold")
    .select(["user_id", "until"])
    .where("g", "=", g)
    .executeTakeFirst();
  return hold ?? null;
}
