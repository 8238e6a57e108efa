import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Config } from "../config.ts";
import { isPostgres, openDatabase } from "../db/open.ts";
import { takeDataFolder } from "../running.ts";
import { makeBackup } from "./make-backup.ts";
import { endWhatWasBegun, type Restored, restoreBackup } from "./restore-backup.ts";
import type { Contents } from "./verify.ts";

/** What an administrator can have done with the database as a whole: it is not opened before. */
export type BackupCommand = {
  readonly does: string;
  /** What is to be said after the command's name, in capitals. */
  readonly takes: "FILE" | null;
  readonly runOn: (config: Config, file: string) => Promise<Result<string, string>>;
};

export const BACKUP_COMMANDS: Readonly<Record<string, BackupCommand>> = {
  backup: {
    does: "copies the database into a file while the server runs, and checks the copy",
    takes: "FILE",
    runOn: backup,
  },
  restore: {
    does: "puts a backup in the database's place, while the server is stopped, and says what has come back",
    takes: "FILE",
    runOn: restore,
  },
  "after-restore": {
    does: "what restore does after: for a database that was restored by other means, such as pg_restore",
    takes: null,
    runOn: afterRestore,
  },
};

async function backup(config: Config, name: string): Promise<Result<string, string>> {
  const file = resolve(name);
  if (isPostgres(config.database))
    return err(
      `PostgreSQL makes its own backups, while the server runs: pg_dump --format=custom --file=${name} "$DATABASE_URL"`,
    );
  if (!existsSync(config.database)) return err(`There is no database at ${config.database}.`);
  if (existsSync(file)) return err(`${file} is there already: name another file.`);
  const made = await makeBackup(config.database, file);
  if (!made.ok) return err(`No backup was made: ${made.error}.`);
  return ok(
    [
      `${file} holds ${describe(made.value)}. It was opened and checked.`,
      `It does not hold ${config.secretFile}: keep a copy of that apart from the backups. Without it nobody can sign in any more.`,
    ].join("\n"),
  );
}

async function restore(config: Config, name: string): Promise<Result<string, string>> {
  const file = resolve(name);
  if (isPostgres(config.database))
    return err(
      `PostgreSQL restores its own backups. Stop the server, then: pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${name}\nThen: npm run server -- admin after-restore`,
    );
  if (!existsSync(file)) return err(`There is no file ${file}.`);
  const alone = takeDataFolder(config.dataFolder, "alone");
  if (!alone.ok) return err("The server is running, or another command is: stop it first.");
  try {
    const restored = await restoreBackup(config.database, file, Date.now());
    return restored.ok ? ok(report(restored.value)) : err(`Nothing was changed: ${restored.error}.`);
  } finally {
    alone.value();
  }
}

async function afterRestore(config: Config): Promise<Result<string, string>> {
  const db = await openDatabase(config.database);
  try {
    const generation = await endWhatWasBegun(db, 0, Date.now());
    return ok([ended(generation), UNKNOWN, ADVICE].join("\n"));
  } finally {
    await db.destroy();
  }
}

function describe({ users, groups, lastLinkAt }: Contents): string {
  const last =
    lastLinkAt === null ? "" : `, the last change of a group on ${new Date(lastLinkAt).toISOString()}`;
  return `${users} users and ${groups} groups${last}`;
}

const ended = (generation: number) =>
  `This is generation ${generation} of the database, and devices are told so. Everybody has to sign in again; invitations and codes that were not used yet are void.`;

const UNKNOWN =
  "Passwords, addresses, second factors, who administers and who is suspended are as they were when the backup was made, and who registered since is not there.";

const ADVICE =
  "Whose password was changed because somebody else knew it has to change it again: suspend them until they do.";

const FACTOR_ADVICE =
  "Whose factor was removed because somebody else had it removes it again; or you take all of theirs away: admin reset-factors ADDRESS.";

function report({ contents, generation, replaced, cameBack }: Restored): string {
  const lines = [
    `In place now: ${describe(contents)}.`,
    ...(replaced === null ? [] : [`What was there before is kept in ${replaced}.`]),
    ended(generation),
  ];
  if (cameBack === null) return [...lines, UNKNOWN, ADVICE].join("\n");
  const { oldPasswords, noLongerSuspended, oldAddresses, gone } = cameBack;
  const { removedFactors, lostFactors, usedCodes, administrators, noLongerAdministrators } = cameBack;
  const items = [
    ...oldPasswords.map((email) => `- ${email} has an older password again.`),
    ...noLongerSuspended.map((email) => `- ${email} is no longer suspended.`),
    ...oldAddresses.map((email) => `- ${email} has this older address again.`),
    ...removedFactors.map((email) => `- ${email} has a second factor again that they have removed.`),
    ...lostFactors.map((email) => `- ${email} has lost a second factor that they set up after the backup.`),
    ...usedCodes.map((email) => `- ${email} has recovery codes again that were used: a fresh set ends them.`),
    ...administrators.map((email) => `- ${email} administers the server again.`),
    ...noLongerAdministrators.map((email) => `- ${email} administers the server no longer.`),
    ...gone.map((email) => `- ${email} is not here any more: they registered after the backup was made.`),
  ];
  if (items.length === 0) lines.push("Users, passwords, addresses and factors are the same as before.");
  else lines.push("What has come back:", ...items);
  return [
    ...lines,
    ...(oldPasswords.length > 0 ? [ADVICE] : []),
    ...(removedFactors.length > 0 ? [FACTOR_ADVICE] : []),
  ].join("\n");
}
