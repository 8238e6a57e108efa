import type { Compilable, Transaction } from "kysely";
import type { Action } from "../../shared/group/action.ts";
import { namesIn } from "../../shared/group/fold.ts";
import type { Changes, GroupCore, Known, Member, RecordHead } from "../../shared/group/state.ts";
import type { Database } from "../db/open.ts";
import { ready } from "../db/ready.ts";
import type { GroupMemberRow, GroupStateRow, RecordHeadRow, Schema } from "../db/schema.ts";
import { together } from "../db/together.ts";

/** What the links of a group come to so far, or null where there is no such group. */
export async function readCore(db: Database, g: string): Promise<GroupCore | null> {
  const { rows } = await db.executeQuery(coreRow(db, { g }));
  return toKnown(rows, [], []).core;
}

/**
 * What a link has to be folded on: the group's state and the rows that it names. The state is read first: whatever is
 * appended meanwhile makes the link's number taken, so that rows newer than the state do no harm.
 */
export async function readKnown(db: Database, action: Action): Promise<Known> {
  const { g } = action;
  const { members: ids, records } = namesIn(action);
  const heads = records === "all" ? liveHeads(db, { g }) : namedHeads(db, { g, ids: records });
  const [core, members, named] = await together(db, [
    coreRow(db, { g }),
    namedMembers(db, { g, ids }),
    ...(records.length === 0 ? [] : [heads]),
  ]);
  return toKnown(core.rows, members.rows, named?.rows ?? []);
}

/** Somebody as a member of a group, or null where they are none. */
export async function findMember(db: Database, g: string, userId: string): Promise<Member | null> {
  const row = await memberRows(db, g).where("user_id", "=", userId).executeTakeFirst();
  return row ? rowToMember(row) : null;
}

/** All of what the links of a group come to: who is in it, and every record. */
export async function readState(db: Database, g: string): Promise<Known> {
  const [core, members, heads] = await together(db, [coreRow(db, { g }), memberRows(db, g), headRows(db, g)]);
  return toKnown(core.rows, members.rows, heads.rows);
}

/**
 * Lets one transaction at a time go on with a group: whoever calls it next waits until this one is done. On PostgreSQL a
 * row that is written is locked (a select for update is not known to SQLite, where a transaction is alone anyway).
 */
export async function lockGroup(trx: Transaction<Schema>, g: string): Promise<void> {
  await trx.executeQuery(lockingGroup(trx, { g }));
}

/** The statement of lockGroup, for what is sent together with it: those after it find the group locked. */
export const lockingGroup = ready((db, { g }: Group) =>
  db
    .updateTable("group_state")
    .set(({ ref }) => ({ n: ref("n") }))
    .where("g", "=", g),
);

/** Writes what a link changes, in the transaction that stores the link. */
export async function writeChanges(trx: Transaction<Schema>, changes: Changes): Promise<void> {
  await together(trx, writingChanges(trx, changes));
}

/** The statements of writeChanges, for what is sent together with them. */
export function writingChanges(trx: Transaction<Schema>, changes: Changes): Compilable[] {
  const { g } = changes.core;
  const statements = [writingCore(trx, coreToRow(changes.core))];
  for (const member of changes.members) statements.push(writingMember(trx, memberToRow(g, member)));
  for (let at = 0; at < changes.heads.length; at += ROWS_AT_ONCE) {
    const rows = changes.heads.slice(at, at + ROWS_AT_ONCE).map((head) => headToRow(g, head));
    statements.push(writingHeads(trx, rows));
  }
  return statements;
}

const writingCore = ready((db, row: GroupStateRow) =>
  db
    .insertInto("group_state")
    .values(row)
    .onConflict((conflict) => conflict.column("g").doUpdateSet(row)),
);

const writingMember = ready((db, row: GroupMemberRow) =>
  db
    .insertInto("group_member")
    .values(row)
    .onConflict((conflict) => conflict.columns(["g", "user_id", "joined"]).doUpdateSet(row)),
);

const writingHeads = ready((db, rows: readonly RecordHeadRow[]) =>
  db
    .insertInto("record_head")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["g", "id"]).doUpdateSet(({ ref }) => ({
        ver: ref("excluded.ver"),
        h: ref("excluded.h"),
        epoch: ref("excluded.epoch"),
        by_user: ref("excluded.by_user"),
        changed: ref("excluded.changed"),
      })),
    ),
);

/** A statement takes so many values at most; eight for each row, well below the limit of either database. */
const ROWS_AT_ONCE = 500;

type Group = { readonly g: string };
type InGroup = Group & { readonly ids: readonly string[] };

/** The columns by name: a PostgreSQL keeps no statement ready that gives whole rows (postgres.ts). */
const coreRow = ready((db, { g }: Group) =>
  db
    .selectFrom("group_state")
    .select(["g", "n", "head", "epoch", "commitment", "rotation_due", "closed"])
    .select(["members", "owners", "records"])
    .where("g", "=", g),
);

/** Of those who are there. */
function memberRows(db: Database, g: string) {
  return db
    .selectFrom("group_member")
    .select(["g", "user_id", "joined", "sig", "enc", "role", "left_n"])
    .where("g", "=", g)
    .where("left_n", "is", null);
}

const namedMembers = ready((db, { g, ids }: InGroup) => memberRows(db, g).where("user_id", "in", ids));

function headRows(db: Database, g: string) {
  return db
    .selectFrom("record_head")
    .select(["g", "id", "ver", "h", "epoch", "by_user", "made", "changed"])
    .where("g", "=", g);
}

const namedHeads = ready((db, { g, ids }: InGroup) => headRows(db, g).where("id", "in", ids));
const liveHeads = ready((db, { g }: Group) => headRows(db, g).where("h", "is not", null));

function toKnown(
  [core]: readonly GroupStateRow[],
  members: readonly GroupMemberRow[],
  heads: readonly RecordHeadRow[],
): Known {
  return {
    core: core ? rowToCore(core) : null,
    members: new Map(members.map((row) => [row.user_id, rowToMember(row)])),
    heads: new Map(heads.map((row) => [row.id, rowToHead(row)])),
  };
}

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
