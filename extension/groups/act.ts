import type { LinkRefusal } from "../../shared/group/rules.ts";
import type { GroupCore, Member } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import { type Connection, type ConnectionRefusal, openConnection } from "../servers/connection.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { appendOwn, type OwnLink } from "./append-own.ts";
import { presentMember, presentMembers, startUnstored } from "./known.ts";
import { asInLog } from "./own-place.ts";
import { pullGroup } from "./pull.ts";
import { type GroupSecrets, openGroupSecrets } from "./secrets.ts";
import { withSyncLock } from "./sync-lock.ts";
import { isSyncStopped, saySyncProgress } from "./sync-progress.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

/** Why an act in a group did not happen: nothing has changed then, here or there. */
export type ActRefusal = GroupTrouble | LinkRefusal | ConnectionRefusal | "no-such-group";

/** A group as it stands at its server this moment, verified. */
export type Standing = {
  readonly connection: Connection;
  readonly row: GroupRow;
  readonly core: GroupCore;
  readonly me: Member;
  /** Everybody, by id. */
  readonly members: ReadonlyMap<string, Member>;
  readonly secrets: GroupSecrets;
};

/** Somebody's role has changed, or they are gone, since the person decided. */
const MAX_ATTEMPTS = 6;

/**
 * Does one thing in a group: brings it up to its head, builds the link from what is there then, and appends it. Where
 * somebody else was quicker all of it is done again, so that what is signed always follows from what is really there.
 *
 * @param build null: there is nothing to do any more
 */
export function actInGroup<E extends string = never>(
  g: string,
  build: (standing: Standing) => Promise<Result<OwnLink | null, ActRefusal | E>>,
): Promise<Result<void, ActRefusal | E>> {
  return withSyncLock(async () => {
    try {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const standing = await stand(g);
        if (!standing.ok) return standing;
        const own = await build(standing.value);
        if (!own.ok) return own;
        if (own.value === null) return ok(undefined);
        const appended = await appendOwn(standing.value.connection, standing.value.row, own.value);
        if (appended.ok) return ok(undefined);
        if (appended.error !== "conflict") return err(appended.error);
      }
      return err("busy");
    } finally {
      saySyncProgress(g, null);
    }
  });
}

/** Brings one group up to its head. To be called with the sync lock held. */
export async function stand(g: string): Promise<Result<Standing, ActRefusal>> {
  const before = await db.groups.get(g);
  if (before === undefined) return err("no-such-group");
  const connection = await openConnection(before.serverId);
  if (!connection.ok) return connection;
  const heads = await ask(connection.value.api.group.heads.query());
  if (!heads.ok) return err(troubleOf(heads.error));
  const said = heads.value.find((head) => head.g === g);
  if (said === undefined) return err("no-access");
  const pulled = await pullGroup(connection.value, before, said);
  if (!pulled.ok) return pulled;
  // What did not come can't be carried into anything.
  if (pulled.value.missing > 0) return err(isSyncStopped(g) ? "stopped" : "withheld");
  const [row, unstored] = await Promise.all([db.groups.get(g), startUnstored(g)]);
  const [members, me] = await Promise.all([
    presentMembers(unstored),
    presentMember(unstored, connection.value.userId),
  ]);
  if (row?.core == null || me === null) return err("no-access");
  const mine = asInLog(connection.value, me);
  if (mine === null) return err("keys-taken");
  const secrets = await openGroupSecrets(await requireVaultKey(), row);
  return ok({ connection: mine, row, core: row.core, me, members, secrets });
}
