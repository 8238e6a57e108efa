import { can } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import { settlePendingKit } from "../servers/bundle.ts";
import { type Connection, type ConnectionRefusal, openConnection } from "../servers/connection.ts";
import { forgetSession } from "../servers/sessions.ts";
import { settleReplacement } from "../servers/settle-replacement.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { isUnnamed, nameGroup } from "./create-group.ts";
import type { Told } from "./fetch-log.ts";
import { forgetBegun } from "./forget-group.ts";
import { copyStrays, dropCopied, type MoveCounter } from "./gather-strays.ts";
import { presentMember, startUnstored } from "./known.ts";
import { askForNews, noteQuiet } from "./news.ts";
import { adoptGroups, takeInCompared, tellOtherDevices } from "./other-devices.ts";
import { asInLog } from "./own-place.ts";
import { pullGroup } from "./pull.ts";
import { pushGroup } from "./push.ts";
import { finishNewKeys, rekeyGroup } from "./rekey.ts";
import { readGeneration, seeRestored } from "./restored.ts";
import { openGroupSecrets } from "./secrets.ts";
import { withSyncLock } from "./sync-lock.ts";
import { isSyncStopped, resumeSync } from "./sync-progress.ts";
import { asTrouble, type GroupTrouble, isCheat, troubleOf } from "./trouble.ts";

/** Others may be quicker so many times in a row before it is left for later. */
const MAX_ATTEMPTS = 8;

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
  await settleReplacement(serverId);
  await settlePendingKit(serverId);
  const connection = await openConnection(serverId);
  if (!connection.ok) return connection;
  const heads = await askForNews(connection.value);
  if (!heads.ok) {
    if (heads.error === "signed-out") await forgetSession(serverId, connection.value.token);
    await noteTrouble(serverId, troubleOf(heads.error));
    return err(troubleOf(heads.error));
  }
  await adoptGroups(serverId, heads.value);
  const waiting = new Map<string, GroupTrouble>();
  await copyStrays(serverId, moveCounterAt(connection.value, waiting), "counted");
  const saidById = new Map(heads.value.map((head) => [head.g, head]));
  const troubles = new Map<string, GroupTrouble>();
  let conflicts = 0;
  const rows = await db.groups.where("serverId").equals(serverId).toArray();
  const quiet = new Set(await noteQuiet(connection.value, rows, saidById));
  for (const row of rows.filter(({ g }) => !quiet.has(g))) {
    const unheard = waiting.get(row.g);
    const synced =
      unheard === undefined
        ? await syncGroup(connection.value, row.g, saidById.get(row.g) ?? null)
        : await waitForCounters(row.g, unheard);
    if (synced.ok) conflicts += synced.value;
    else troubles.set(row.g, synced.error);
  }
  await gatherPersonal(connection.value);
  await tellOtherDevices(serverId);
  // A server that has just lied is asked for nothing more.
  if (![...troubles.values()].some(isCheat)) await takeInCompared(serverId);
  if (connection.value.former.length > 0) await finishNewKeys(connection.value, heads.value);
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
async function waitForCounters(g: string, trouble: GroupTrouble): Promise<Result<number, GroupTrouble>> {
  await db.groups
    .where("g")
    .equals(g)
    .modify((row) => withTrouble(row, trouble));
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

/** One group, and writes down how that went. @param said null where the server names it no more */
async function syncGroup(
  connection: Connection,
  g: string,
  said: Told | null,
): Promise<Result<number, GroupTrouble>> {
  const synced = await bringInStep(connection, g, said);
  if (synced.ok) {
    await noteInStep(connection, g);
    return synced;
  }
  const restored = await seeRestored(connection, g, said, synced.error);
  const trouble = restored === null ? synced.error : "restored";
  await db.groups
    .where("g")
    .equals(g)
    .modify((row) => {
      withTrouble(row, trouble);
      if (restored !== null) Object.assign(row, { restored });
    });
  return err(trouble);
}

async function noteInStep(connection: Connection, g: string): Promise<void> {
  const row = await db.groups.get(g);
  if (row === undefined) return;
  // Asked once: only a server that was put back to a backup since then is believed to be (restored.ts).
  const generation = row.generation ?? (row.core === null ? null : await readGeneration(connection));
  await db.groups.update(g, {
    syncedAt: Date.now(),
    trouble: null,
    restored: row.restored?.isSent ? row.restored : null,
    ...(generation !== null && { generation }),
  });
}

async function bringInStep(
  connection: Connection,
  g: string,
  said: Told | null,
): Promise<Result<number, GroupTrouble>> {
  let head = said;
  let conflicts = 0;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const row = await db.groups.get(g);
    if (row === undefined) return ok(conflicts);
    if (head === null) {
      if (isWaiting(row)) return ok(conflicts);
      if (!isBegun(row)) return err("no-access");
      // Its first link never reached the server. Whoever wanted it was told so.
      await forgetBegun(g);
      return ok(conflicts);
    }
    if (isSyncStopped(g)) return err("stopped");
    const pulled = await pullGroup(connection, row, head);
    if (!pulled.ok) return pulled;
    conflicts += pulled.value.conflicts;
    if (isSyncStopped(g) && pulled.value.missing > 0) return err("stopped");
    // It was all there before it could be stopped.
    resumeSync(g);
    const told = connection.former.length > 0 ? await rekeyGroup(connection, g) : ok(undefined);
    const isBehind = !told.ok && told.error === "conflict";
    // Whatever else went wrong with new keys keeps nothing back.
    const hasMoved = pulled.value.core.head !== row.core?.head;
    const pushed = isBehind
      ? told
      : hasMoved && (await isAllSent(g))
        ? ok(undefined)
        : await pushAll(connection, g);
    if (pushed.ok && !told.ok) return err(asTrouble(told.error));
    if (pushed.ok) return pulled.value.missing > 0 ? err("withheld") : ok(conflicts);
    if (pushed.error !== "conflict") return err(asTrouble(pushed.error));
    const again = await ask(connection.api.group.heads.query());
    if (!again.ok) return err(troubleOf(again.error));
    head = again.value.find((each) => each.g === g) ?? null;
  }
  return err("busy");
}

/** Whether the pull that has just written found nothing to send beside what came. */
async function isAllSent(g: string): Promise<boolean> {
  const [row, vault] = await Promise.all([db.groups.get(g), db.vault.get("vault")]);
  return row !== undefined && row.sentRev === vault?.rev;
}

/** An invitation was accepted, and nobody has confirmed it yet. */
function isWaiting({ promised }: GroupRow): boolean {
  return promised !== null && promised.by !== null;
}

/** It was begun here, and nothing is known of its first link. */
function isBegun({ core, promised }: GroupRow): boolean {
  return core === null && promised === null;
}

async function pushAll(connection: Connection, g: string): Promise<Result<void, GroupTrouble | "conflict">> {
  for (;;) {
    const row = await db.groups.get(g);
    if (row?.core == null) return ok(undefined);
    const me = await presentMember(await startUnstored(g), connection.userId);
    if (me === null) return err("no-access");
    const mine = asInLog(connection, me);
    if (mine === null) return err("keys-taken");
    if (!can(me.role, "use-codes")) return ok(undefined);
    const secrets = await openGroupSecrets(await requireVaultKey(), row);
    if (!row.core.closed && (await isUnnamed(g, secrets, me))) {
      const named = await nameGroup(mine, row, row.core, secrets);
      if (!named.ok) return err(named.error === "conflict" ? named.error : asTrouble(named.error));
      continue;
    }
    const pushed = await pushGroup(mine, row, row.core, me, secrets);
    if (!pushed.ok) return err(pushed.error === "conflict" ? pushed.error : asTrouble(pushed.error));
    if (pushed.value === "nothing") return ok(undefined);
  }
}

async function noteTrouble(serverId: string, trouble: GroupTrouble): Promise<void> {
  await db.groups
    .where("serverId")
    .equals(serverId)
    .modify((row) => withTrouble(row, trouble));
}

/** A lie that was found out is told until all is well again: a server must not make it forgotten by breaking down. */
function withTrouble(row: { trouble: string | null }, trouble: GroupTrouble): void {
  // An older state is what it is, and only by now is it said why.
  const isExplained = row.trouble === "rollback" && trouble === "restored";
  const isLie = row.trouble !== null && isCheat(asTrouble(row.trouble)) && !isExplained;
  if (!isLie || isCheat(trouble)) row.trouble = trouble;
}
