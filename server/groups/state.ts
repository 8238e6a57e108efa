import type { Transaction } from "kysely";
import type { Action } from "../../shared/group/action.ts";
import { namesIn } from "../../shared/group/fold.ts";
import type { Changes, GroupCore, Known, Member, RecordHead } from "../../shared/group/state.ts";
import type { Database } from "../db/open.ts";
import type { GroupMemberRow, GroupStateRow, RecordHeadRow, Schema } from "../db/schema.ts";

/** What the links of a group come to so far, or null where there is no such group. */
export async function readCore(db: Database, g: string): Promise<GroupCore | null> {
  const row = await db.selectFrom("group_state").selectAll().where("g", "=", g).executeTakeFirst();
  return row ? rowToCore(row) : null;
}

/**
 * What a link has to be folded on: the group's state and the rows that it names. The state is read first: whatever is
 * appended meanwhile makes the link's number taken, so that rows newer than the state do no harm.
 */
export async function readKnown(db: Database, action: Action): Promise<Known> {
  const core = await readCore(db, action.g);
  if (core === null) return { core, members: new Map(), heads: new Map() };
  const names = namesIn(action);
  const members = db
    .selectFrom("group_member")
    .selectAll()
    .where("g", "=", action.g)
    .where("left_n", "is", null)
    .where("user_id", "in", [...names.members])
    .execute();
  const all = db.selectFrom("record_head").selectAll().where("g", "=", action.g);
  const { records } = names;
  const heads =
    records === "all"
      ? all.where("h", "is not", null).execute()
      : records.length === 0
        ? []
        : all.where("id", "in", [...records]).execute();
  const [memberRows, headRows] = await Promise.all([members, heads]);
  return {
    core,
    members: new Map(memberRows.map((row) => [row.user_id, rowToMember(row)])),
    heads: new Map(headRows.map((row) => [row.id, rowToHead(row)])),
  };
}

/** Somebody as a member of a group, or null where they are none. */
export async function findMember(db: Database, g: string, userId: string): Promise<Member | null> {
  const row = await db
    .selectFrom("group_member")
    .selectAll()
    .where("g", "=", g)
    .where("user_id", "=", userId)
    .where("left_n", "is", null)
    .executeTakeFirst();
  return row ? rowToMember(row) : null;
}

/** All of what the links of a group come to: who is in it, and every record. */
export async function readState(db: Database, g: string): Promise<Known> {
  const members = await db
    .selectFrom("group_member")
    .selectAll()
    .where("g", "=", g)
    .where("left_n", "is", null)
    .execute();
  const heads = await db.selectFrom("record_head").selectAll().where("g", "=", g).execute();
  return {
    core: await readCore(db, g),
    members: new Map(members.map((row) => [row.user_id, rowToMember(row)])),
    heads: new Map(heads.map((row) => [row.id, rowToHead(row)])),
  };
}

/**
 * Lets one transaction at a time go on with a group: whoever calls it next waits until this one is done. On PostgreSQL a
 * row that is written is locked (a select for update is not known to SQLite, where a transaction is alone anyway).
 */
export async function lockGroup(trx: Transaction<Schema>, g: string): Promise<void> {
  await trx
    .updateTable("group_state")
    .set(({ ref }) => ({ n: ref("n") }))
    .where("g", "=", g)
    .execute();
}

/** Writes what a link changes, in the transaction that stores the link. */
export async function writeChanges(trx: Transaction<Schema>, changes: Changes): Promise<void> {
  const { g } = changes.core;
  const state = coreToRow(changes.core);
  await trx
    .insertInto("group_state")
    .values(state)
    .onConflict((conflict) => conflict.column("g").doUpdateSet(state))
    .execute();
  for (const member of changes.members) {
    const row = memberToRow(g, member);
    await trx
      .insertInto("group_member")
      .values(row)
      .onConflict((conflict) => conflict.columns(["g", "user_id", "joined"]).doUpdateSet(row))
      .execute();
  }
  for (let at = 0; at < changes.heads.length; at += ROWS_AT_ONCE) {
    await trx
      .insertInto("record_head")
      .values(changes.heads.slice(at, at + ROWS_AT_ONCE).map((head) => headToRow(g, head)))
      .onConflict((conflict) =>
        conflict.columns(["g", "id"]).doUpdateSet(({ ref }) => ({
          ver: ref("excluded.ver"),
          h: ref("excluded.h"),
          epoch: ref("excluded.epoch"),
          by_user: ref("excluded.by_user"),
          changed: ref("excluded.changed"),
        })),
      )
      .execute();
  }
}

/** A statement takes so many values at most; eight for each row, well below the limit of either database. */
const ROWS_AT_ONCE = 500;

function rowToCore(row: GroupStateRow): GroupCore {
  const { g, n, head, epoch, commitment, rotation_due, closed, members, owners, records } = row;
  return {
    g,
    n,
    head,
    epoch,
    commit: commitment,
    rotationDue: rotation_due === 1,
    closed: closed === 1,
    members,
    owners,
    records,
  };
}

function coreToRow(core: GroupCore): GroupStateRow {
  const { commit, rotationDue, closed, ...same } = core;
  return { ...same, commitment: commit, rotation_due: Number(rotationDue), closed: Number(closed) };
}

function rowToMember({ user_id, sig, enc, role, joined, left_n }: GroupMemberRow): Member {
  return { id: user_id, sig, enc, role, joined, left: left_n };
}

function memberToRow(g: string, { id, sig, enc, role, joined, left }: Member): GroupMemberRow {
  return { g, user_id: id, sig, enc, role, joined, left_n: left };
}

function rowToHead({ id, ver, h, epoch, by_user, made, changed }: RecordHeadRow): RecordHead {
  return { id, ver, h, epoch, by: by_user, made, changed };
}

function headToRow(g: string, { id, ver, h, epoch, by, made, changed }: RecordHead): RecordHeadRow {
  return { g, id, ver, h, epoch, by_user: by, made, changed };
}
