import { mkdirSync } from "node:fs";
import { ADMIN_COMMANDS, type AdminCommand, setUpCode } from "./admin.ts";
import { BACKUP_COMMANDS, type BackupCommand } from "./backup/commands.ts";
import { type Config, readConfig } from "./config.ts";
import { type Database, openDatabase } from "./db/open.ts";
import { openBus } from "./events/open.ts";
import { createHttpServer } from "./http.ts";
import { logToStdout as log } from "./log.ts";
import { readMfaConfig } from "./mfa/config.ts";
import { makeMfa } from "./mfa/mfa.ts";
import { endSwitchedOff } from "./mfa/standing/end-switched-off.ts";
import { takeDataFolder } from "./running.ts";
import { openSecret } from "./secret.ts";
import { keepSweeping } from "./sweep/sweep.ts";

/** Whoever is being answered gets to the end. */
const STOP_MS = 10_000;

/** `npm run server` serves until it is stopped; `npm run server -- admin COMMAND` does one thing beside it. */
const [mode = "serve", command = "", ...words] = process.argv.slice(2);
const config = readConfig(process.env, process.cwd());
if (!config.ok) stop(`The server can't start:\n${listOf(config.error)}`);
else if (mode === "serve") await serve(config.value);
else await administer(config.value);

async function serve(config: Config): Promise<void> {
  const factors = readMfaConfig(config);
  if (!factors.ok) return stop(`The server can't start: in ${config.mfaFile}\n${listOf(factors.error)}`);
  const { secret, ...others } = await openAll(config);
  const mfa = await makeMfa(factors.value, secret, config, log).catch((error: Error) => error);
  if (mfa instanceof Error) {
    await others.db.destroy();
    others.leave();
    return stop(`The server can't start: in ${config.mfaFile}\n${listOf(mfa.message.split("\n"))}`);
  }
  await endSwitchedOff(others.db, mfa);
  const opened = { config, secret, mfa, ...others, bus: await openBus(config.database) };
  const http = createHttpServer(opened, log);
  // Before it listens: once it does it may be stopped, and the database with it.
  const code = (await hasNobody(opened.db)) ? await setUpCode(opened, Date.now()) : null;
  const stopSweeping = keepSweeping(opened.db, log);
  http.once("error", (error: NodeJS.ErrnoException) => {
    const why = error.code === "EADDRINUSE" ? "something else listens there already" : String(error.code);
    console.error(`The server can't start: ${config.host}, port ${config.port}: ${why}.`);
    process.exit(2);
  });
  http.listen(config.port, config.host, () => {
    log("listening", { host: config.host, port: config.port, origin: config.origin });
    if (code !== null)
      console.error(`Nobody is here yet. Paste this code into the extension within the hour:\n\n  ${code}\n`);
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      log("stopping", { signal });
      setTimeout(() => process.exit(1), STOP_MS).unref();
      // Whoever watches would never be done.
      void opened.bus.close();
      http.close(
        () =>
          void stopSweeping()
            .then(() => opened.db.destroy())
            .then(opened.leave)
            .then(() => log("stopped")),
      );
    });
  }
}

async function administer(config: Config): Promise<void> {
  const known: Readonly<Record<string, AdminCommand | BackupCommand>> = {
    ...ADMIN_COMMANDS,
    ...BACKUP_COMMANDS,
  };
  const chosen = mode === "admin" && Object.hasOwn(known, command) ? known[command] : undefined;
  if (chosen === undefined) {
    const lines = Object.entries(known).map(([name, each]) => `  ${usage(name, each)}: ${each.does}`);
    return stop(`The server knows no such command. It knows:\n${lines.join("\n")}`);
  }
  const [what = "", ...more] = words;
  if (chosen.takes === null ? words.length > 0 : what === "" || more.length > 0) {
    const wanted = chosen.takes === null ? "nothing more" : `one ${chosen.takes}`;
    return stop(`admin ${command} takes ${wanted}: npm run server -- ${usage(command, chosen)}`);
  }
  const said = "runOn" in chosen ? await chosen.runOn(config, what) : await runOpened(config, chosen, what);
  if (said.ok) process.stdout.write(`${said.value}\n`);
  else stop(said.error, 1);
}

async function runOpened(config: Config, chosen: AdminCommand, what: string) {
  const opened = { config, ...(await openAll(config)) };
  const said = await (chosen.takes === null ? chosen.run(opened) : chosen.run(opened, what));
  await opened.db.destroy();
  opened.leave();
  return said;
}

function usage(name: string, { takes }: Pick<AdminCommand | BackupCommand, "takes">): string {
  return takes === null ? `admin ${name}` : `admin ${name} ${takes}`;
}

async function openAll(config: Config) {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const folder = takeDataFolder(config.dataFolder, "shared");
  if (!folder.ok) throw Error("a backup is being put in the database's place: wait until that is done");
  const secret = await openSecret(config.secretFile);
  return { secret, db: await openDatabase(config.database), leave: folder.value };
}

async function hasNobody(db: Database): Promise<boolean> {
  return (await db.selectFrom("user").select("user_id").limit(1).executeTakeFirst()) === undefined;
}

function listOf(mistakes: readonly string[]): string {
  return mistakes.map((mistake) => `- ${mistake}`).join("\n");
}

/** @param code 2: what was asked for is not understood; 1: it could not be done */
function stop(why: string, code: 1 | 2 = 2): void {
  console.error(why);
  process.exitCode = code;
}
