import type { Transaction } from "kysely";
import { foldLink } from "../../shared/group/fold.ts";
import { type Link, type ReadLink, readLink } from "../../shared/group/link.ts";
import { can } from "../../shared/group/permissions.ts";
import { applyChanges, type Changes, type GroupCore, type Known } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { together } from "../db/together.ts";
import {
  type AppendRefusal,
  insertingLink,
  isRotationStaged,
  listOf,
  namedBy,
  type Seal,
  stagedRotation,
  writingSeals,
} from "./append.ts";
import { forgettingStaged } from "./group-size.ts";
import { mustWait } from "./hold.ts";
import { growingLog, hasLogRoom, roomFor } from "./log-quota.ts";
import { NO_QUOTA, type Quota } from "./quota.ts";
import { standing, toStanding } from "./standing.ts";
import { lockingGroup, readState, writeChanges } from "./state.ts";

/** Links that were there once, and the group's key as it was sealed after the last of them. */
export type AppendAgain = {
  readonly links: readonly Link[];
  readonly seals: readonly Seal[];
  /** Who brings them, by whose role in the end it is decided how much room there is. */
  readonly by?: string;
};

export type AppendedAgain = {
  readonly core: GroupCore;
  /** Whose membership the links change. */
  readonly users: readonly string[];
};

/**
 * Appends links that a restored database has lost, all of them or none. Each is verified as it was the first time; what
 * has to be staged is what the group holds after the last of them alone. Nobody has the ciphertexts any more that later
 * links replaced, and nobody needs them.
 *
 * @param again one after the other, from the first that is missing. `seals` may be for more people than need one: only
 *   for those who came to the key by these links is it kept
 * @param now milliseconds since 1970 UTC
 */
export async function appendAgain(
  db: Database,
  again: AppendAgain,
  now: number,
  quota: Quota = NO_QUOTA,
): Promise<Result<AppendedAgain, AppendRefusal>> {
  const links: ReadLink[] = [];
  for (const link of again.links) {
    const read = await readLink(link);
    if (!read.ok) return read;
    links.push(read.value);
  }
  const g = links[0]?.action.g ?? "";
  const before = await readState(db, g);
  // Somebody else has brought them already, or the group has gone on from another link.
  if ((links[0]?.action.n ?? -1) <= (before.core?.n ?? -1)) return err("conflict");
  // A group is begun by its first link alone, in the name of whoever brings it (appendLink).
  if (before.core === null) return err("sequence");
  const folded = await foldAll(db, before, links);
  if (!folded.ok) return folded;
  const { after, steps } = folded.value;
  if (after.core === null) return err("malformed");
  const { core } = after;
  const role = after.members.get(again.by ?? "")?.role ?? "guest";
  const needed = sealsNeededSince(before, after);
  const seals = again.seals.filter(({ user }) => needed.has(user));
  if (new Set(seals.map(({ user }) => user)).size < needed.size) return err("seals");

  return db.transaction().execute(async (trx) => {
    const changed = [...after.heads.values()].filter((head) => head.changed > (before.core?.n ?? -1));
    const hashes = namedBy({ heads: changed });
    const [, stood] = await together(trx, [lockingGroup(trx, { g }), standing(trx, { g, hashes })]);
    const { hold, logBytes, here } = toStanding(stood.rows);
    const actions = links.map(({ action }) => action);
    if (await mustWait(trx, g, { hold, actions, now })) return err("held");
    if (here !== hashes.length) return err("not-staged");
    for (const { action } of links) if (!(await isRotationStaged(trx, action))) return err("not-staged");
    const grown = links.map(({ action }, at) => ({ action, link: again.links[at] ?? { body: "", sig: "" } }));
    const rooms = links.map(({ action }) => roomFor(action, role, quota));
    const room = await hasLogRoom(trx, logBytes, { links: grown, room: Math.min(...rooms) });
    if (!room.ok) return room;
    const rows = links.map(({ action, hash }, at) => ({
      g,
      n: action.n,
      body: again.links[at]?.body ?? "",
      sig: again.links[at]?.sig ?? "",
      hash,
      taken_at: now,
    }));
    if (!(await insertAll(trx, rows))) return err("conflict");
    for (const step of steps) await writeChanges(trx, step);
    await together(trx, [
      ...forgettingStaged(trx, g, [...hashes, ...links.flatMap(({ action }) => listOf(action))]),
      ...(await growingLog(trx, g, grown)),
      ...writingSeals(trx, core, seals),
    ]);
    return ok({ core, users: steps.flatMap(({ members }) => members.map(({ id }) => id)) });
  });
}

type LinkRow = Schema["group_link"];

/**
 * Whether all of them are in the log now. One by one in their sequence: who finds the first number taken writes nothing,
 * and nobody can be between two of them.
 */
async function insertAll(trx: Transaction<Schema>, rows: readonly LinkRow[]): Promise<boolean> {
  for (const [at, row] of rows.entries()) {
    const taken = await trx.executeQuery(insertingLink(trx, row));
    if (taken.numAffectedRows === 1n) continue;
    if (at === 0) return false;
    throw Error("a log has no gaps");
  }
  return true;
}

async function foldAll(
  db: Database,
  before: Known,
  links: readonly ReadLink[],
): Promise<Result<{ after: Known; steps: readonly Changes[] }, AppendRefusal>> {
  let after = before;
  const steps: Changes[] = [];
  for (const link of links) {
    const folded = await foldLink(after, link, { rotation: await stagedRotation(db, link.action) });
    if (!folded.ok) return folded;
    steps.push(folded.value);
    after = applyChanges(after, folded.value);
  }
  return ok({ after, steps });
}

/** Everybody who may use codes after the links, and could not open the key of then before. */
function sealsNeededSince(before: Known, after: Known): ReadonlySet<string> {
  const isSameKey = before.core?.epoch === after.core?.epoch;
  const able = [...after.members.values()].filter(({ role }) => can(role, "use-codes"));
  const without = able.filter(({ id, enc }) => {
    const was = before.members.get(id);
    return !(isSameKey && was !== undefined && was.enc === enc && can(was.role, "use-codes"));
  });
  return new Set(without.map(({ id }) => id));
}
