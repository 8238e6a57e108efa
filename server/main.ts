import { mkdirSync } from "node:fs";
import { ADMIN_COMMANDS, type AdminCommand, setUpCode } from "./admin.ts";
import { type Config, readConfig } from "./config.ts";
import { type Database, openDatabase } from "./db/open.ts";
import { openBus } from "./events/open.ts";
import { createHttpServer } from "./http.ts";
import { logToStdout as log } from "./log.ts";
import { openSecret } from "./secret.ts";
import { keepSweeping } from "./sweep/sweep.ts";

/** Whoever is being answered gets to the end. */
const STOP_MS = 10_000;

/** `npm run server` serves until it is stopped; `npm run server -- admin COMMAND` does one thing beside it. */
const [mode = "serve", command = "", ...words] = process.argv.slice(2);
const config = readConfig(process.env, process.cwd());
if (!config.ok) stop(`The server can't start:\n${config.error.map((mistake) => `- ${mistake}`).join("\n")}`);
else if (mode === "serve") await serve(config.value);
else await administer(config.value);

async function serve(config: Config): Promise<void> {
  const opened = { config, ...(await openAll(config)), bus: await openBus(config.database) };
  const http = createHttpServer(opened, log);
  // Before it listens: once it does it may be stopped, and the database with it.
  const code = (await hasNobody(opened.db)) ? await setUpCode(opened, Date.now()) : null;
  const stopSweeping = keepSweeping(opened.db, log);
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
            .then(() => log("stopped")),
      );
    });
  }
}

async function administer(config: Config): Promise<void> {
  const isKnown = mode === "admin" && Object.hasOwn(ADMIN_COMMANDS, command);
  const chosen = isKnown ? ADMIN_COMMANDS[command] : undefined;
  if (chosen === undefined) {
    const known = Object.entries(ADMIN_COMMANDS).map(
      ([name, each]) => `  ${usage(name, each)}: ${each.does}`,
    );
    return stop(`The server knows no such command. It knows:\n${known.join("\n")}`);
  }
  const [what = "", ...more] = words;
  if (chosen.takes === null ? words.length > 0 : what === "" || more.length > 0) {
    const wanted = chosen.takes === null ? "nothing more" : `one ${chosen.takes}`;
    return stop(`admin ${command} takes ${wanted}: npm run server -- ${usage(command, chosen)}`);
  }
  const opened = { config, ...(await openAll(config)) };
  const said = await (chosen.takes === null ? chosen.run(opened) : chosen.run(opened, what));
  await opened.db.destroy();
  if (said.ok) process.stdout.write(`${said.value}\n`);
  else stop(said.error, 1);
}

function usage(name: string, { takes }: AdminCommand): string {
  return takes === null ? `admin ${name}` : `admin ${name} ${takes}`;
}

async function openAll(config: Config) {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  return { secret: await openSecret(config.secretFile), db: await openDatabase(config.database) };
}

async function hasNobody(db: Database): Promise<boolean> {
  return (await db.selectFrom("user").select("user_id").limit(1).executeTakeFirst()) === undefined;
}

/** @param code 2: what was asked for is not understood; 1: it could not be done */
function stop(why: string, code: 1 | 2 = 2): void {
  console.error(why);
  process.exitCode = code;
}
