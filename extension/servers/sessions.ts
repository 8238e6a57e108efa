import { err, ok, type Result } from "../../shared/result.ts";
import { db } from "../vault/db.ts";
import { withVaultLock } from "../vault/vault-lock.ts";
import { ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import { type Connection, type ConnectionRefusal, openConnection } from "./connection.ts";
import { changeServer } from "./keep-server.ts";

export type SessionRefusal = AskFailure | ConnectionRefusal;

/** A device that is signed in at the server. Times are milliseconds since 1970 UTC. */
export type DeviceSession = {
  readonly id: string;
  readonly madeAt: number;
  readonly usedAt: number;
  readonly isThisOne: boolean;
};

/** The devices that are signed in as this person, the latest used first. */
export function readSessions(serverId: string): Promise<Result<readonly DeviceSession[], SessionRefusal>> {
  return withSession(serverId, ({ api }) => ask(api.user.sessions.query()));
}

/** Ends the session of another device. */
export async function endOtherSession(serverId: string, id: string): Promise<Result<void, SessionRefusal>> {
  const ended = await withSession(serverId, ({ api }) => ask(api.user.endSession.mutate({ id })));
  return ended.ok ? ok(undefined) : ended;
}

/**
 * Signs this device out; what it has stays. The token is forgotten here whatever the server says: where it could not be
 * told, the session ends there by itself after a week.
 */
export async function signOut(serverId: string): Promise<{ readonly isTold: boolean }> {
  const sessions = await readSessions(serverId);
  const id = sessions.ok ? sessions.value.find(({ isThisOne }) => isThisOne)?.id : undefined;
  const ended = id === undefined ? err("signed-out") : await endOtherSession(serverId, id);
  await forgetSession(serverId);
  return { isTold: ended.ok || (!sessions.ok && sessions.error === "signed-out") };
}

/** What every answer "signed-out" means: the token is good for nothing any more. */
export function forgetSession(serverId: string): Promise<void> {
  return changeServer(serverId, (secrets) => ({ ...secrets, token: null }));
}

/**
 * Signs out, as far as the server can be reached, and deletes from this device what it has of the server, the person's
 * keys among it: to be connected again, it needs the kit.
 */
export async function disconnect(serverId: string): Promise<void> {
  await signOut(serverId);
  await withVaultLock(() =>
    db.transaction("rw", [db.servers, db.registrations], async () => {
      await db.servers.delete(serverId);
      await db.registrations.delete(serverId);
    }),
  );
}

/** Asks in the session of this device, and forgets it where it is over. */
async function withSession<T>(
  serverId: string,
  use: (connection: Connection) => Promise<Result<T, AskFailure>>,
): Promise<Result<T, SessionRefusal>> {
  const connection = await openConnection(serverId);
  if (!connection.ok) return connection;
  const used = await use(connection.value);
  if (!used.ok && used.error === "signed-out") await forgetSession(serverId);
  return used;
}
