import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import { type Connection, type ConnectionRefusal, connect } from "../servers/connection.ts";
import { forgetSession } from "../servers/sessions.ts";
import type { GroupRow } from "../vault/db.ts";
import { lookFirst } from "./first-look.ts";
import { copyStrays, dropCopied, type MoveCounter } from "./gather-strays.ts";
import { askForNews, noteQuiet } from "./news.ts";
import { noteTrouble, noteTroubleAt } from "./note-trouble.ts";
import { adoptGroups, takeInCompared, tellOtherDevices } from "./other-devices.ts";
import { mayBePersonal } from "./personal-group.ts";
import { finishNewKeys } from "./rekey.ts";
import { type Synced, syncGroup } from "./sync-group.ts";
import { withSyncLock } from "./sync-lock.ts";
import { type GroupTrouble, isCheat, troubleOf } from "./trouble.ts";

export type SyncOutcome = {
  /** Entries that stand twice now, because they were changed here and elsewhere. */
  readonly conflicts: number;
  readonly troubles: ReadonlyMap<string, GroupTrouble>;
};

/** Brings every group of a server in step, both ways. Each group stands for itself: one in trouble keeps none back. */
export async function syncServer(
  serverId: string,
): Promise<Result<SyncOutcome, ConnectionRefusal | GroupTrouble>> {
  return withSyncLock(() => bringServerInStep(serverId));
}

/** The same. To be called with the sync lock held. */
export async function bringServerInStep(
  serverId: string,
): Promise<Result<SyncOutcome, ConnectionRefusal | GroupTrouble>> {
  const first = await lookFirst(serverId);
  if (!first.ok) return first;
  const { session, groups } = first.value;
  // While the server answers: what asks nobody.
  const [heads, connection, personal] = await Promise.all([
    askForNews(session.api, groups),
    connect(session),
    mayBePersonal(session.vault, groups),
  ]);
  if (!heads.ok) {
    if (heads.error === "signed-out") await forgetSession(serverId, session.token);
    await noteTroubleAt(serverId, troubleOf(heads.error));
    return err(troubleOf(heads.error));
  }
  await adoptGroups(serverId, groups, heads.value);
  const waiting = new Map<string, GroupTrouble>();
  const mayGather = personal.length > 1;
  if (mayGather) await copyStrays(serverId, moveCounterAt(connection, waiting), "counted");
  const saidById = new Map(heads.value.map((head) => [head.g, head]));
  const troubles = new Map<string, GroupTrouble>();
  let conflicts = 0;
  // Whether something has come that more may follow from than what is written of it.
  let hasChanged = false;
  const bringInStep = async (rows: readonly GroupRow[]) => {
    for (const row of rows) {
      const unheard = waiting.get(row.g);
      const synced =
        unheard === undefined
          ? await syncGroup(connection, row.g, saidById.get(row.g) ?? null, row)
          : await waitForCounters(row.g, unheard);
      if (synced.ok) conflicts += synced.value.conflicts;
      else troubles.set(row.g, synced.error);
      hasChanged ||= !synced.ok || synced.value.isNoted !== "alone";
    }
  };
  // Those that have moved are none of the quiet ones.
  const moved = new Map(
    groups.filter(({ g, core }) => saidById.get(g)?.head !== core?.head).map((row) => [row.g, row]),
  );
  const [{ rows, quiet }] = await Promise.all([
    noteQuiet(connection, saidById),
    bringInStep([...moved.values()]),
  ]);
  await bringInStep(rows.filter(({ g }) => !quiet.has(g) && !moved.has(g)));
  if (hasChanged || mayGather) await gatherPersonal(connection);
  const told = session.secrets.bundle.groups;
  if (rows.some(({ g }) => !Object.hasOwn(told, g))) await tellOtherDevices(serverId);
  // A server that has just lied is asked for nothing more.
  const mayCompare = hasChanged || rows.some(({ newKeys }) => (newKeys ?? []).length > 0);
  if (mayCompare && ![...troubles.values()].some(isCheat)) await takeInCompared(serverId);
  if (connection.former.length > 0) await finishNewKeys(connection, heads.value);
  return ok({ conflicts, troubles });
}

/** @param waiting is told of each group of which a counter was asked for, and no answer came */
function moveCounterAt({ api }: Connection, waiting: Map<string, GroupTrouble>): MoveCounter {
  return async (move) => {
    const moved = await ask(api.group.moveCounter.mutate(move));
    if (moved.ok) return moved.value.last;
    if (typeof moved.error === "string") waiting.set(move.g, moved.error);
    return "not-moved";
  };
}

/**
 * Leaves a group as it is until its counters are known: what comes may take away what another device has put together
 * already, and with it the counters that this device alone has used.
 */
async function waitForCounters(g: string, trouble: GroupTrouble): Promise<Result<Synced, GroupTrouble>> {
  await noteTrouble(g, trouble);
  return err(trouble);
}

/** Puts together what two devices of this person began to keep apart. Cut short anywhere, the next sync goes on with it. */
async function gatherPersonal(connection: Connection): Promise<void> {
  const waiting = new Map<string, GroupTrouble>();
  const found = await copyStrays(connection.serverId, moveCounterAt(connection, waiting));
  if (found === null) return;
  const sync = async (g: string) => {
    const heads = await ask(connection.api.group.heads.query());
    const said = heads.ok ? heads.value.find((head) => head.g === g) : undefined;
    if (said !== undefined) await syncGroup(connection, g, said);
  };
  await sync(found.used);
  await dropCopied(found);
  for (const g of new Set(found.strays.map((stray) => stray.g))) if (!waiting.has(g)) await sync(g);
}
