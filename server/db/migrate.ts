import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { up as groups } from "./migrations/0001-groups.ts";
import { up as users } from "./migrations/0002-users.ts";
import { up as recovery } from "./migrations/0003-recovery.ts";
import { up as invitations } from "./migrations/0004-invitations.ts";
import { up as quotas } from "./migrations/0006-quotas.ts";
import { up as logSizes } from "./migrations/0007-log-sizes.ts";
import { up as holds } from "./migrations/0008-holds.ts";
import { up as secondFactors } from "./migrations/0009-second-factors.ts";
import { up as guessesAndNetworks } from "./migrations/0010-guesses-and-networks.ts";
import type { DatabaseKind } from "./open.ts";

type Up = (db: Kysely<unknown>, kind: DatabaseKind) => Promise<void>;

/** By name, in the sequence of their names. One that was released is never edited: the next one changes what it made. */
const MIGRATIONS: Readonly<Record<string, Up>> = {
  "0001-groups": groups,
  "0002-users": users,
  "0003-recovery": recovery,
  "0004-invitations": invitations,
  "0006-quotas": quotas,
  "0007-log-sizes": logSizes,
  "0008-holds": holds,
  "0009-second-factors": secondFactors,
  "0010-guesses-and-networks": guessesAndNetworks,
};

/**
 * Brings a database to the version of this code, in one transaction; where several servers start at once, one does it.
 * Throws, with nothing changed, where a later version has been at it.
 */
export async function migrate<T>(db: Kysely<T>, kind: DatabaseKind): Promise<void> {
  const migrations: Record<string, Migration> = {};
  for (const [name, up] of Object.entries(MIGRATIONS)) migrations[name] = { up: (at) => up(at, kind) };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const missing = /executed migration (\S+) is missing/.exec(String(error))?.[1];
  if (missing !== undefined) {
    throw Error(
      `the database has been used by a later version of this server (${missing}): run that version, or restore a backup made before it`,
    );
  }
  const failed = results?.find(({ status }) => status === "Error")?.migrationName ?? "of the database";
  throw Error(`the migration ${failed} failed, and nothing was changed: ${String(error)}`, { cause: error });
}
