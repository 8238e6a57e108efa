import { liveQuery } from "dexie";
import type { Bytes } from "../../shared/bytes.ts";
import { importPrivateKey, type KeyPair } from "../../shared/crypto/private-key.ts";
import type { SecretKeys } from "../../shared/identity/bundle.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db, type ServerRow } from "../vault/db.ts";
import { openVaultKey, requireVaultKey } from "../vault/vault-key.ts";
import type { Api } from "./api.ts";
import { sessionApi } from "./session-api.ts";
import { storedBytes } from "./stored-bytes.ts";
import { openServer, type ServerSecrets } from "./stored-server.ts";

/** Somebody's own private keys. */
export type OwnPair = {
  /** Ed25519. */
  readonly signing: KeyPair;
  /** X25519. */
  readonly opening: KeyPair;
};

/** What a device speaks to a server with, as one person. */
export type Connection = OwnPair & {
  readonly serverId: string;
  readonly origin: string;
  readonly userId: string;
  readonly email: string;
  readonly token: string;
  readonly api: Api;
  /** Those that present ones have taken the place of, while a group may know the person by them. */
  readonly former: readonly OwnPair[];
  /** 32 bytes that each device of the person has, and the server has not. */
  readonly accountKey: Bytes;
};

/** "signed-out": the session is over, or what was stored can't be read; signing in again mends the first. */
export type ConnectionRefusal = "not-connected" | "locked" | "signed-out";

/** A server that this device is connected to. */
export type KnownServer = {
  readonly id: string;
  readonly origin: string;
  readonly userId: string;
  /** Null where what was stored is damaged; then nothing can be done but disconnecting and connecting again. */
  readonly secrets: ServerSecrets | null;
};

/** Opens the connection to a server. Asks nothing of it: whether the session still holds, the first call says. */
export async function openConnection(serverId: string): Promise<Result<Connection, ConnectionRefusal>> {
  const [row, key] = await Promise.all([db.servers.get(serverId), openVaultKey()]);
  if (row === undefined) return err("not-connected");
  if (!key.ok) return err("locked");
  const secrets = await openServer(key.value, row);
  if (!secrets.ok || secrets.value.token === null) return err("signed-out");
  const { token, email, bundle, accountKey } = secrets.value;
  return ok({
    serverId,
    origin: row.origin,
    userId: row.userId,
    email,
    token,
    api: sessionApi(serverId, row.origin, token),
    ...(await importPair(bundle)),
    former: await Promise.all((bundle.former ?? []).map(importPair)),
    accountKey: storedBytes(accountKey),
  });
}

async function importPair({ signingSeed, openingSecret }: SecretKeys): Promise<OwnPair> {
  return {
    signing: await importPrivateKey("Ed25519", storedBytes(signingSeed)),
    opening: await importPrivateKey("X25519", storedBytes(openingSecret)),
  };
}

/** The servers that this device is connected to. Throws VaultLockedError. */
export async function listServers(): Promise<
  { id: string; origin: string; email: string; isSignedIn: boolean }[]
> {
  return (await readServers()).map(({ id, origin, secrets }) => ({
    id,
    origin,
    email: secrets?.email ?? "",
    isSignedIn: (secrets?.token ?? null) !== null,
  }));
}

/** The same with what was stored of each. Throws VaultLockedError. */
export async function readServers(): Promise<KnownServer[]> {
  const rows = await db.servers.toArray();
  // Nothing to open, so nothing to ask for.
  if (rows.length === 0) return [];
  const key = await requireVaultKey();
  return Promise.all(
    rows.map(async (row) => {
      const secrets = await openServer(key, row);
      const { id, origin, userId } = row;
      return { id, origin, userId, secrets: secrets.ok ? secrets.value : null };
    }),
  );
}

/**
 * Calls back with the servers at once, and then whenever they change, from whichever page. While the vault is locked
 * nothing is said.
 *
 * @returns stops watching
 */
export function watchServers(onServers: (servers: readonly KnownServer[]) => void): () => void {
  let stopped = false;
  let asked = 0;
  const look = async () => {
    const asking = ++asked;
    const servers = await readServers().catch(() => null);
    if (servers !== null && !stopped && asking === asked) onServers(servers);
  };
  const rows = liveQuery((): Promise<ServerRow[]> => db.servers.toArray()).subscribe({
    next: () => void look(),
    error: () => {},
  });
  return () => {
    stopped = true;
    rows.unsubscribe();
  };
}
