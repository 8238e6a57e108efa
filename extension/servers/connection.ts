import { liveQuery, type Table } from "dexie";
import type { Bytes } from "../../shared/bytes.ts";
import { importPrivateKey, type KeyPair } from "../../shared/crypto/private-key.ts";
import type { SecretKeys } from "../../shared/identity/bundle.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db, type ServerRow } from "../vault/db.ts";
import { openVaultKeyBeside, requireVaultKey, type VaultKey } from "../vault/vault-key.ts";
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

/** What is stored of a server, opened: enough to ask it something as the person who is signed in there. */
export type Session = {
  readonly serverId: string;
  readonly origin: string;
  readonly userId: string;
  readonly token: string;
  readonly api: Api;
  readonly secrets: ServerSecrets;
  /** As it was then. Whatever is written opens it anew (commit). */
  readonly vault: VaultKey;
};

/** What a device speaks to a server with, as one person. */
export type Connection = OwnPair & {
  readonly serverId: string;
  readonly origin: string;
  readonly userId: string;
  readonly email: string;
  readonly token: string;
  readonly api: Api;
  readonly vault: VaultKey;
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
  const opened = await openSession(serverId, [], async () => {});
  return opened.ok ? ok(await connect(opened.value.session)) : opened;
}

/**
 * Opens what a server can be asked with, before the person's keys, which take longer.
 *
 * @param read other rows of the same moment, from these tables alone
 */
export async function openSession<T>(
  serverId: string,
  tables: readonly Table[],
  read: () => Promise<T>,
): Promise<Result<{ readonly session: Session; readonly beside: T }, ConnectionRefusal>> {
  const look = await openVaultKeyBeside([db.servers, ...tables], () =>
    Promise.all([db.servers.get(serverId), read()]),
  );
  const [row, beside] = look.beside;
  if (row === undefined) return err("not-connected");
  if (!look.key.ok) return err("locked");
  const vault = look.key.value;
  const opened = await openServer(vault, row);
  if (!opened.ok || opened.value.token === null) return err("signed-out");
  const { origin, userId } = row;
  const { token } = opened.value;
  const session = {
    serverId,
    origin,
    userId,
    token,
    api: sessionApi(serverId, origin, token),
    secrets: opened.value,
    vault,
  };
  return ok({ session, beside });
}

/** The connection of a session: with the person's own keys. */
export async function connect({ secrets, ...session }: Session): Promise<Connection> {
  const { email, bundle, accountKey } = secrets;
  const [own, ...former] = await Promise.all([bundle, ...(bundle.former ?? [])].map(importPair));
  if (own === undefined) throw Error("a bundle has keys");
  return { ...session, email, ...own, former, accountKey: storedBytes(accountKey) };
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
