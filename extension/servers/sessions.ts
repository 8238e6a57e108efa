import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { openDeviceLabel, sealDeviceLabel } from "../../shared/identity/device-label.ts";
import { ok, type Result } from "../../shared/result.ts";
import { db, type RegistrationRow } from "../vault/db.ts";
import { openVaultKey } from "../vault/vault-key.ts";
import { withVaultLock } from "../vault/vault-lock.ts";
import { apiOf, ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import { type Connection, type ConnectionRefusal, openConnection } from "./connection.ts";
import { changeServer } from "./keep-server.ts";
import { openServer, unheardIn } from "./stored-server.ts";
import { withTokenLock } from "./token-lock.ts";
import { readUnheardKits, sealUnheardKits, withUnheardKit } from "./unheard-kits.ts";

export type SessionRefusal = AskFailure | ConnectionRefusal;

/** A device that is signed in at the server. Times are milliseconds since 1970 UTC. */
export type DeviceSession = {
  readonly id: string;
  readonly madeAt: number;
  readonly usedAt: number;
  /** What the device calls itself; null where it has not said, or with another kit's key. */
  readonly label: string | null;
  readonly isThisOne: boolean;
  /** Whether a second factor is still to be shown in it: until then it gets nothing. */
  readonly lacksFactor: boolean;
};

/**
 * The devices that are signed in as this person, the latest used first. This one says what it is called, if it has not
 * done so yet: encrypted, for the person's own devices.
 *
 * @param ownLabel e.g. "Chrome, Linux"
 */
export function readSessions(
  serverId: string,
  ownLabel: string,
): Promise<Result<readonly DeviceSession[], SessionRefusal>> {
  return withSession(serverId, async ({ api, userId, accountKey }) => {
    const read = await ask(api.user.sessions.query());
    if (!read.ok) return read;
    const place = (sessionId: string) => ({ serverId, userId, sessionId });
    const sessions = await Promise.all(
      read.value.map(async ({ label: sealed, ...session }) => {
        const bytes = sealed === null ? null : base64urlToBytes(sealed);
        const label = bytes?.ok ? await openDeviceLabel(accountKey, place(session.id), bytes.value) : null;
        return { ...session, label: label?.ok ? label.value : null };
      }),
    );
    // Not said yet, or with the key of a former kit.
    const own = sessions.find(({ isThisOne, label }) => isThisOne && label === null);
    const sealed = own && (await sealDeviceLabel(accountKey, place(own.id), ownLabel));
    // A name is a help, and nothing that somebody is kept waiting or told of a failure for.
    if (sealed?.ok) await ask(api.user.labelSession.mutate({ label: bytesToBase64url(sealed.value) }));
    return ok(sessions.map((session) => (session === own ? { ...session, label: ownLabel } : session)));
  });
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
export function signOut(serverId: string): Promise<{ readonly isTold: boolean }> {
  // Not while a page is getting the session its next token, which would stay.
  return withTokenLock(serverId, () => endOwnSession(serverId));
}

async function endOwnSession(serverId: string): Promise<{ readonly isTold: boolean }> {
  const connection = await openConnection(serverId);
  if (!connection.ok) {
    await changeServer(serverId, (secrets) => ({ ...secrets, token: null }));
    return { isTold: connection.error === "signed-out" };
  }
  const { origin, token } = connection.value;
  const api = apiOf(origin, token);
  const ended = await ask(api.user.signOut.mutate());
  await forgetSession(serverId, token);
  return { isTold: ended.ok || ended.error === "signed-out" };
}

/**
 * What every answer "signed-out" means: the token is good for nothing any more.
 *
 * @param token the one that was refused: who signs in anew meanwhile has another
 */
export function forgetSession(serverId: string, token: string): Promise<void> {
  return changeServer(serverId, (secrets) =>
    secrets.token === token ? { ...secrets, token: null } : secrets,
  );
}

/**
 * Signs out, as far as the server can be reached, and deletes from this device what it has of the server, the person's
 * keys among it: to be connected again, it needs the kit.
 */
export async function disconnect(serverId: string): Promise<void> {
  await signOut(serverId);
  await withVaultLock(async () => {
    const unheard = await unheardRow(serverId);
    await db.transaction("rw", [db.servers, db.registrations], async () => {
      if (unheard !== null) await db.registrations.put(unheard);
      await db.servers.delete(serverId);
      await db.registrations.delete(serverId);
    });
  });
}

/** What may be the only kit that counts is tried when somebody comes back by a kit. Null: nothing new is to be kept. */
async function unheardRow(serverId: string): Promise<RegistrationRow | null> {
  const [row, key] = await Promise.all([db.servers.get(serverId), openVaultKey()]);
  if (row === undefined || !key.ok) return null;
  const secrets = await openServer(key.value, row);
  if (!secrets.ok) return null;
  const stored = await readUnheardKits(key.value, serverId);
  const kits = unheardIn(secrets.value, row.userId);
  return kits.length === 0
    ? null
    : sealUnheardKits(key.value, serverId, kits.reduceRight(withUnheardKit, stored));
}

/** Asks in the session of this device, and forgets it where it is over. */
async function withSession<T>(
  serverId: string,
  use: (connection: Connection) => Promise<Result<T, AskFailure>>,
): Promise<Result<T, SessionRefusal>> {
  const connection = await openConnection(serverId);
  if (!connection.ok) return connection;
  const used = await use(connection.value);
  if (!used.ok && used.error === "signed-out") await forgetSession(serverId, connection.value.token);
  return used;
}
