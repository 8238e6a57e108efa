import type { Transaction } from "kysely";
import type { Bytes } from "../../shared/bytes.ts";
import type { Action } from "../../shared/group/action.ts";
import { foldLink } from "../../shared/group/fold.ts";
import { type Link, readLink } from "../../shared/group/link.ts";
import type { LinkRefusal } from "../../shared/group/rules.ts";
import type { Changes, GroupCore, RecordHead } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { nowNamed } from "./quota.ts";
import { readRotation } from "./read.ts";
import { sealsNeeded } from "./seals-needed.ts";
import { lockGroup, readKnown, writeChanges } from "./state.ts";

/** A group's key, sealed to one member. */
export type Seal = { readonly user: string; readonly sealed: Bytes };

export type Append = {
  readonly link: Link;
  /** For everybody who gets the key by this link. */
  readonly seals: readonly Seal[];
  /** Who brings it. Anybody may bring a link, but only they themselves begin a group in somebody's name. */
  readonly by?: string;
};

/**
 * Why a link is not taken. "conflict": another link got there first, so fetch and try again; "not-staged": a ciphertext
 * or a list that it names has not been sent before; "seals": a key is missing for somebody, or for nobody; the others say
 * what is wrong with the link itself.
 */
export type AppendRefusal =
  | LinkRefusal
  | "malformed"
  | "version"
  | "conflict"
  | "not-staged"
  | "seals"
  /** Whoever brings it has brought too many. */
  | "too-often";

/** Counts a link of somebody's, taken or not. @returns false where they have brought too many */
type Count = (db: Database) => Promise<boolean>;

/**
 * Appends a link to its group's log, with all that it changes, or nothing. That it may be there is decided by its
 * signature and the log alone: anybody may bring it. Everything that takes time or can be refused comes before the
 * transaction; in it, the key of the table lets one of two through who append at once.
 *
 * @param now milliseconds since 1970 UTC
 * @param count counts it for whoever brings it: in the transaction, which waits for the disk once and not twice
 */
export async function appendLink(
  db: Database,
  append: Append,
  now: number,
  count: Count = async () => true,
): Promise<Result<Changes, AppendRefusal>> {
  const judged = await judge(db, append);
  if (!judged.ok) return (await count(db)) ? judged : err("too-often");
  const { action, hash, changes } = judged.value;
  const { link, seals } = append;

  const row = { g: action.g, n: action.n, ...link, hash, taken_at: now };
  return db.transaction().execute(async (trx) => {
    if (!(await count(trx))) return err("too-often");
    // From here on nothing is swept away that the link names.
    await lockGroup(trx, action.g);
    if (!(await isRotationStaged(trx, action))) return err("not-staged");
    if (!(await areRecordsStaged(trx, action.g, changes.heads))) return err("not-staged");
    const taken = await trx
      .insertInto("group_link")
      .values(row)
      .onConflict((conflict) => conflict.columns(["g", "n"]).doNothing())
      .executeTakeFirst();
    if (taken.numInsertedOrUpdatedRows !== 1n) return err("conflict");
    await writeChanges(trx, changes);
    await nowNamed(trx, action.g, [...namedBy(changes), ...listOf(action)]);
    await writeSeals(trx, changes.core, seals);
    return ok(changes);
  });
}

/** What a link comes to, or why it can't be appended: all that needs no transaction. */
async function judge(
  db: Database,
  { link, seals, by }: Append,
): Promise<Result<{ action: Action; hash: string; changes: Changes }, AppendRefusal>> {
  const read = await readLink(link);
  if (!read.ok) return read;
  const { action, hash } = read.value;
  if (action.t === "create" && by !== undefined && action.by !== by) return err("not-member");
  const known = await readKnown(db, action);
  const expected = (known.core?.n ?? -1) + 1;
  if (action.n < expected) return err("conflict");
  const folded = await foldLink(known, read.value, { rotation: await stagedRotation(db, action) });
  if (!folded.ok) return folded;
  const changes = folded.value;
  const needed = await sealsNeeded(db, known, changes);
  if (!sameNames(needed, seals)) return err("seals");
  return ok({ action, hash, changes });
}

/** The list that a link names, where it names one and somebody has sent it. */
export async function stagedRotation(db: Database, action: Action): Promise<Bytes | null> {
  if (action.t !== "rotate" && action.t !== "remove") return null;
  const list = await readRotation(db, action.g, action.epoch, action.records);
  return list && new Uint8Array(list);
}

/** Whether the list that a link names is still here; true where it names none. */
export async function isRotationStaged(trx: Transaction<Schema>, action: Action): Promise<boolean> {
  if (action.t !== "rotate" && action.t !== "remove") return true;
  return (await stagedRotation(trx, action)) !== null;
}

/** Whether each ciphertext is here that the log will promise. */
export async function areRecordsStaged(
  trx: Transaction<Schema>,
  g: string,
  heads: readonly RecordHead[],
): Promise<boolean> {
  const wanted = namedBy({ heads });
  let found = 0;
  for (let at = 0; at < wanted.length; at += HASHES_AT_ONCE) {
    const { count } = await trx
      .selectFrom("blob")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("g", "=", g)
      .where("h", "in", wanted.slice(at, at + HASHES_AT_ONCE))
      .executeTakeFirstOrThrow();
    found += Number(count);
  }
  return found === wanted.length;
}

/** Keeps the key of a group's present epoch as it is sealed to its members. */
export async function writeSeals(
  trx: Transaction<Schema>,
  { g, epoch }: GroupCore,
  seals: readonly Seal[],
): Promise<void> {
  for (const { user, sealed } of seals)
    await trx
      .insertInto("seal")
      .values({ g, epoch, user_id: user, sealed })
      .onConflict((conflict) => conflict.columns(["g", "epoch", "user_id"]).doUpdateSet({ sealed }))
      .execute();
}

const HASHES_AT_ONCE = 1_000;

/** The ciphertexts that these heads name. */
export function namedBy({ heads }: { readonly heads: readonly RecordHead[] }): readonly string[] {
  return [...new Set(heads.flatMap(({ h }) => (h === null ? [] : [h])))];
}

/** The list that a link names, where it names one. */
export function listOf(action: Action): readonly string[] {
  return action.t === "rotate" || action.t === "remove" ? [action.records] : [];
}

function sameNames(needed: ReadonlySet<string>, seals: readonly Seal[]): boolean {
  const given = new Set(seals.map(({ user }) => user));
  return (
    given.size === seals.length && given.size === needed.size && [...needed].every((id) => given.has(id))
  );
}
