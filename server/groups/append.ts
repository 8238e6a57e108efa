import type { Compilable, Transaction } from "kysely";
import type { Bytes } from "../../shared/bytes.ts";
import type { Action } from "../../shared/group/action.ts";
import { foldLink } from "../../shared/group/fold.ts";
import { hashLink, type Link, openLink, readLink } from "../../shared/group/link.ts";
import type { Role } from "../../shared/group/permissions.ts";
import type { LinkRefusal } from "../../shared/group/rules.ts";
import type { Changes, GroupCore, RecordHead } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import { ready } from "../db/ready.ts";
import type { GroupLinkRow, Schema } from "../db/schema.ts";
import { together } from "../db/together.ts";
import { dropAttempt } from "./drop-staged.ts";
import { forgettingStaged } from "./group-size.ts";
import { endingHold, holdFor, mustWait } from "./hold.ts";
import { growingLog, hasLogRoom, type LogRefusal, mayBegin, roomFor } from "./log-quota.ts";
import { NO_QUOTA, type Quota } from "./quota.ts";
import { readRotation } from "./read.ts";
import { sealsNeeded } from "./seals-needed.ts";
import { standing, toStanding } from "./standing.ts";
import { lockingGroup, readKnown, writingChanges } from "./state.ts";

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
  | LogRefusal
  | "malformed"
  | "version"
  | "conflict"
  | "not-staged"
  | "seals"
  /** It is the turn of somebody who could remove whoever wrote it (hold.ts). */
  | "held"
  /** Whoever brings it has brought too many. */
  | "too-often";

/** How much whoever brings links may. */
export type Limits = {
  /**
   * The statement that counts a link of theirs, taken or not, and gives no row where they have brought too many. It is part
   * of the transaction, which waits for the disk once and not twice.
   */
  readonly count: (db: Database) => Compilable;
  readonly quota: Quota;
};

/** For what nobody sends over the network. */
export const NO_LIMITS: Limits = {
  count: (db) => db.selectNoFrom(({ lit }) => lit(1).as("one")),
  quota: NO_QUOTA,
};

/**
 * Appends a link to its group's log, with all that it changes, or nothing. That it may be there is decided by its
 * signature and the log alone: anybody may bring it. Everything that takes time or can be refused comes before the
 * transaction; in it, the key of the table lets one of two through who append at once.
 *
 * What its bringer has staged for a link that comes too late, or that there is no room for, goes at once: it would be counted
 * until it is swept away, and whoever is crossed again and again could send nothing more. A removal or a new key of an admin
 * that came too late has the next turn (hold.ts).
 *
 * @param now milliseconds since 1970 UTC
 */
export async function appendLink(
  db: Database,
  append: Append,
  now: number,
  limits: Limits = NO_LIMITS,
): Promise<Result<Changes, AppendRefusal>> {
  const appended = await appendWithin(db, append, now, limits);
  if (appended.ok || append.by === undefined) return appended;
  if (isInVain(appended.error)) await dropAttempt(db, append.link, append.by);
  const read = appended.error === "conflict" ? await readLink(append.link) : null;
  if (read?.ok) await holdFor(db, read.value.action, append.by, now);
  return appended;
}

function isInVain(refusal: AppendRefusal): boolean {
  return refusal === "conflict" || refusal === "log-full" || refusal === "held";
}

async function appendWithin(
  db: Database,
  append: Append,
  now: number,
  { count, quota }: Limits,
): Promise<Result<Changes, AppendRefusal>> {
  const judged = await judge(db, append);
  if (!judged.ok) return refuse(db, judged.error, count);
  const { action, hash, changes, role } = judged.value;
  const { link, seals } = append;
  const { g, n } = action;
  const hashes = namedBy(changes);
  const links = [{ link, action }];
  const row = { g, n, ...link, hash, taken_at: now };
  const transaction = db.transaction().execute(async (trx) => {
    const [counted, , stood] = await together(trx, [
      count(trx),
      // From here on nothing is swept away that the link names.
      lockingGroup(trx, { g }),
      standing(trx, { g, hashes }),
    ]);
    if (counted.rows.length === 0) return err("too-often");
    const { hold, logBytes, here } = toStanding(stood.rows);
    if (await mustWait(trx, g, { hold, actions: [action], now })) return err("held");
    if (!(await isRotationStaged(trx, action))) return err("not-staged");
    if (here !== hashes.length) return err("not-staged");
    const room = await hasLogRoom(trx, logBytes, { links, room: roomFor(action, role, quota) });
    if (!room.ok) return room;
    const begins = action.t === "create" ? await mayBegin(trx, action.by, quota) : ok(undefined);
    if (!begins.ok) return begins;
    const grown = await growingLog(trx, g, links);
    const [taken] = await together(trx, [
      insertingLink(trx, row),
      ...writingChanges(trx, changes),
      ...forgettingStaged(trx, g, [...hashes, ...listOf(action)]),
      ...grown,
      ...endingHold(trx, action),
      ...writingSeals(trx, changes.core, seals),
    ]);
    // Nothing stays of what was sent with it.
    if (taken.numAffectedRows !== 1n) throw new NumberTaken();
    return ok(changes);
  });
  return transaction.catch((error) => {
    if (!(error instanceof NumberTaken)) throw error;
    return refuse(db, "conflict", count);
  });
}

/** Another link has got there first: whatever else the transaction has done is taken back. */
class NumberTaken extends Error {}

/** Counts a link that is refused and of which no transaction is left. */
async function refuse(
  db: Database,
  refusal: AppendRefusal,
  count: Limits["count"],
): Promise<Result<never, AppendRefusal>> {
  const counted = await db.executeQuery(count(db));
  return err(counted.rows.length === 0 ? "too-often" : refusal);
}

/** The statement that lets one of two through who append at once; it changes no row where the number is taken. */
export const insertingLink = ready((db, row: GroupLinkRow) =>
  db
    .insertInto("group_link")
    .values(row)
    .onConflict((conflict) => conflict.columns(["g", "n"]).doNothing()),
);

/** What a link comes to, or why it can't be appended: all that needs no transaction. */
async function judge(
  db: Database,
  { link, seals, by }: Append,
): Promise<Result<{ action: Action; hash: string; changes: Changes; role: Role }, AppendRefusal>> {
  const opened = openLink(link);
  if (!opened.ok) return opened;
  const { action } = opened.value;
  if (action.t === "create" && by !== undefined && action.by !== by) return err("not-member");
  const [known, read] = await Promise.all([readKnown(db, action), hashLink(opened.value)]);
  const expected = (known.core?.n ?? -1) + 1;
  if (action.n < expected) return err("conflict");
  const folded = await foldLink(known, read, { rotation: await stagedRotation(db, action) });
  if (!folded.ok) return folded;
  const changes = folded.value;
  const needed = await sealsNeeded(db, known, changes);
  if (!sameNames(needed, seals)) return err("seals");
  const role = known.members.get(action.by)?.role ?? "owner";
  return ok({ action, hash: read.hash, changes, role });
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

/** The statements that keep the key of a group's present epoch as it is sealed to its members. */
export function writingSeals(
  trx: Transaction<Schema>,
  { g, epoch }: GroupCore,
  seals: readonly Seal[],
): Compilable[] {
  return seals.map(({ user, sealed }) =>
    trx
      .insertInto("seal")
      .values({ g, epoch, user_id: user, sealed })
      .onConflict((conflict) => conflict.columns(["g", "epoch", "user_id"]).doUpdateSet({ sealed })),
  );
}

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
