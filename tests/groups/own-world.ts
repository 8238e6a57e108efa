import { beforeEach } from "vitest";
import { storedBytes } from "../../extension/servers/stored-bytes.ts";
import type { Database } from "../../server/db/open.ts";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import type { Served } from "../server/served.ts";
import { value } from "./device.ts";
import { eachWithServer } from "./each-with-server.ts";
import { type Line, onLine } from "./network.ts";
import { codeAt, newOwnDevice, type OwnDevice } from "./own-device.ts";

export const EMAIL = "alice@example.com";
export const FIRST = "alice keeps four random words";

/** Alice, who has registered at a server with the passphrase of the vault on her first device. */
export type OwnWorld = {
  readonly db: Database;
  readonly served: Served;
  readonly serverId: string;
  readonly first: OwnDevice;
  /** As it is printed. */
  readonly kit: string;
};

/** Every test of a file that calls this has a world of its own. @param factors what the server's mfa.json says */
export function eachWithAlice(factors: string | null = null): () => OwnWorld {
  const server = eachWithServer(factors);
  let world: OwnWorld;
  beforeEach(async () => {
    const { db, served } = server();
    const first = await newOwnDevice(FIRST);
    const code = await codeAt(db, served, served.origin);
    const wish = { code, email: EMAIL, passphrase: FIRST };
    const { serverId } = value(await first.register.registerWithCode(wish));
    const kit = await kitOn(first, serverId);
    value(await first.kit.checkKit(serverId, kit));
    world = { db, served, serverId, first, kit };
  });
  return () => world;
}

/** A further device of hers, connected with the kit. @param vault the passphrase of the vault there */
export async function connected(
  { served }: OwnWorld,
  given: { readonly vault: string; readonly passphrase: string; readonly kit: string },
): Promise<OwnDevice> {
  const device = await newOwnDevice(given.vault);
  const { passphrase, kit } = given;
  value(await device.connect.connectWithKit({ origin: served.origin, email: EMAIL, passphrase, kit }));
  return device;
}

export async function secretsOn({ db, keys, stored }: OwnDevice, serverId: string) {
  const row = await db.servers.get(serverId);
  if (!row) throw Error("not connected");
  return value(await stored.openServer(await keys.requireVaultKey(), row));
}

/** The kit that a device waits for to be checked. */
export async function kitOn(device: OwnDevice, serverId: string): Promise<string> {
  return formatKit(storedBytes((await secretsOn(device, serverId)).uncheckedKit ?? ""));
}

/** All that a device has stored. */
export function dumpOf({ db }: OwnDevice) {
  return Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]));
}

/** Forgets how often somebody has tried. */
export async function restRates({ db }: Pick<OwnWorld, "db">): Promise<void> {
  await db.deleteFrom("rate_limit").execute();
}

/**
 * Does something on a device that dies at one of its requests: before it is sent, or before its answer comes. Nothing that
 * it asks afterwards goes out.
 *
 * @returns whether there was a request of that number at all; then what came of it
 */
export async function dyingAt<T>(
  request: number,
  kind: Exclude<Line, "up">,
  work: () => Promise<T>,
): Promise<{ readonly hasDied: boolean; readonly outcome: T }> {
  let asked = 0;
  const line = (): Line => {
    asked++;
    return asked < request ? "up" : asked === request ? kind : "down";
  };
  const outcome = await onLine.run(line, work);
  return { hasDied: asked >= request, outcome };
}
