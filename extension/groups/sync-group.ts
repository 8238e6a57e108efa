import { can } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import type { Connection } from "../servers/connection.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { isUnnamed, nameGroup } from "./create-group.ts";
import type { Told } from "./fetch-log.ts";
import { forgetBegun } from "./forget-group.ts";
import { inStepNow } from "./in-step.ts";
import { presentMember, startUnstored } from "./known.ts";
import { noteTrouble } from "./note-trouble.ts";
import { asInLog } from "./own-place.ts";
import { type Pulled, pullGroup } from "./pull.ts";
import { pushGroup } from "./push.ts";
import { rekeyGroup } from "./rekey.ts";
import { readGeneration, seeRestored } from "./restored.ts";
import { openGroupSecrets } from "./secrets.ts";
import { isSyncStopped, resumeSync } from "./sync-progress.ts";
import { asTrouble, type GroupTrouble, troubleOf } from "./trouble.ts";

/** Others may be quicker so many times in a row before it is left for later. */
const MAX_ATTEMPTS = 8;

/** How bringing a group in step went. */
export type Synced = {
  /** Entries that stand twice now, because they were changed here and elsewhere. */
  readonly conflicts: number;
  /** See Pulled. */
  readonly isNoted: Pulled["isNoted"];
};

/**
 * Brings one group in step, and writes down how that went. To be called with the sync lock held.
 *
 * @param said null where the server names it no more
 * @param row as it stands, where that was read already
 */
export async function syncGroup(
  connection: Connection,
  g: string,
  said: Told | null,
  row?: GroupRow,
): Promise<Result<Synced, GroupTrouble>> {
  const synced = await bringInStep(connection, g, said, row);
  if (synced.ok) {
    if (synced.value.isNoted === "no") await noteInStep(connection, g);
    return synced;
  }
  const restored = await seeRestored(connection, g, said, synced.error);
  const trouble = restored === null ? synced.error : "restored";
  await noteTrouble(g, trouble, restored === null ? {} : { restored });
  return err(trouble);
}

async function noteInStep(connection: Connection, g: string): Promise<void> {
  const row = await db.groups.get(g);
  if (row === undefined) return;
  // Asked once: only a server that was put back to a backup since then is believed to be (restored.ts).
  const generation = row.generation ?? (row.core === null ? null : await readGeneration(connection));
  await db.groups.update(g, { ...inStepNow(row), ...(generation !== null && { generation }) });
}

async function bringInStep(
  connection: Connection,
  g: string,
  said: Told | null,
  found: GroupRow | undefined,
): Promise<Result<Synced, GroupTrouble>> {
  let head = said;
  let conflicts = 0;
  const done = (isNoted: Synced["isNoted"] = "no") => ok({ conflicts, isNoted });
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const row = attempt === 0 && found ? found : await db.groups.get(g);
    if (row === undefined) return done();
    if (head === null) {
      if (isWaiting(row)) return done();
      if (!isBegun(row)) return err("no-access");
      // Its first link never reached the server. Whoever wanted it was told so.
      await forgetBegun(g);
      return done();
    }
    if (isSyncStopped(g)) return err("stopped");
    const pulled = await pullGroup(connection, row, head);
    if (!pulled.ok) return pulled;
    conflicts += pulled.value.conflicts;
    if (isSyncStopped(g) && pulled.value.missing > 0) return err("stopped");
    // It was all there before it could be stopped.
    resumeSync(g);
    if (pulled.value.isNoted !== "no") return done(attempt === 0 ? pulled.value.isNoted : "yes");
    const told = connection.former.length > 0 ? await rekeyGroup(connection, g) : ok(undefined);
    const isBehind = !told.ok && told.error === "conflict";
    // Whatever else went wrong with new keys keeps nothing back.
    const hasMoved = pulled.value.core.head !== row.core?.head;
    const pushed = isBehind
      ? told
      : hasMoved && (await hasNothingToSend(g))
        ? ok(undefined)
        : await pushAll(connection, g);
    if (pushed.ok && !told.ok) return err(asTrouble(told.error));
    if (pushed.ok) return pulled.value.missing > 0 ? err("withheld") : done();
    if (pushed.error !== "conflict") return err(asTrouble(pushed.error));
    const again = await ask(connection.api.group.heads.query());
    if (!again.ok) return err(troubleOf(again.error));
    head = again.value.find((each) => each.g === g) ?? null;
  }
  return err("busy");
}

/** Whether the pull that has just written found nothing to send beside what came. */
async function hasNothingToSend(g: string): Promise<boolean> {
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
