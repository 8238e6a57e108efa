import type { Transaction } from "kysely";
import type { Bytes } from "../../shared/bytes.ts";
import type { Action } from "../../shared/group/action.ts";
import { foldLink } from "../../shared/group/fold.ts";
import { type Link, readLink } from "../../shared/group/link.ts";
import type { LinkRefusal } from "../../shared/group/rules.ts";
import type { Changes } from "../../shared/group/state.ts";
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
    if (!(await everythingStaged(trx, changes, action))) return err("not-staged");
    const taken = await trx
      .insertInto("group_link")
      .values(row)
      .onConflict((conflict) => conflict.columns(["g", "n"]).doNothing())
      .executeTakeFirst();
    if (taken.numInsertedOrUpdatedRows !== 1n) return err("conflict");
    await writeChanges(trx, changes);
    await nowNamed(trx, action.g, [...namedBy(changes), ...listOf(action)]);
    for (const { user, sealed } of seals) {
      const seal = { g: action.g, epoch: changes.core.epoch, user_id: user, sealed };
      await trx
        .insertInto("seal")
        .values(seal)
        .onConflict((conflict) => conflict.columns(["g", "epoch", "user_id"]).doUpdateSet({ sealed }))
        .execute();
    }
    return ok(changes);
  });
}

/** What a link comes to, or why it can't be appended: all that needs no transaction. */
async function judge(
  db: Database,
  { link, seals }: Append,
): Promise<Result<{ action: Action; hash: string; changes: Changes }, AppendRefusal>> {
  const read = await readLink(link);
  if (!read.ok) return read;
  const { action, hash } = read.value;
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

async function stagedRotation(db: Database, action: Action): Promise<Bytes | null> {
  if (action.t !== "rotate" && action.t !== "remove") return null;
  const list = await readRotation(db, action.g, action.epoch, action.records);
  return list && new Uint8Array(list);
}

/** Whether each ciphertext that the log will promise is here, and the list that its link names. */
async function everythingStaged(
  trx: Transaction<Schema>,
  { core, heads }: Changes,
  action: Action,
): Promise<boolean> {
  if ((action.t === "rotate" || action.t === "remove") && (await stagedRotation(trx, action)) === null)
    return false;
  const wanted = namedBy({ heads });
  let found = 0;
  for (let at = 0; at < wanted.length; at += HASHES_AT_ONCE) {
    const { count } = await trx
      .selectFrom("blob")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("g", "=", core.g)
      .where("h", "in", wanted.slice(at, at + HASHES_AT_ONCE))
      .executeTakeFirstOrThrow();
    found += Number(count);
  }
  return found === wanted.length;
}

const HASHES_AT_ONCE = 1_000;

function namedBy({ heads }: Pick<Changes, "heads">): readonly string[] {
  return [...new Set(heads.flatMap(({ h }) => (h === null ? [] : [h])))];
}

function listOf(action: Action): readonly string[] {
  return action.t === "rotate" || action.t === "remove" ? [action.records] : [];
}

function sameNames(needed: ReadonlySet<string>, seals: readonly Seal[]): boolean {
  const given = new Set(seals.map(({ user }) => user));
  return (
    given.size === seals.length && given.size === needed.size && [...needed].every((id) => given.has(id))
  );
}
