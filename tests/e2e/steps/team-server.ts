import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";

const MAIN = new URL("../../../server/main.ts", import.meta.url).pathname;
const MOVED_CLOCK = new URL("../../support/moved-clock.ts", import.meta.url).pathname;

/** A server for teams as an administrator starts it, on this computer alone, with a data folder of its own. */
export type TeamServer = {
  readonly origin: string;
  /** The code that it gave for its first owner. */
  readonly code: string;
  /** A further code of that kind. */
  anotherCode(): Promise<string>;
  /** Does one thing beside it, as whoever runs it does on the command line. @returns what that said */
  admin(...words: string[]): Promise<string>;
  /** Stops it, and starts it again with another mfa.json. */
  configure(factors: object): Promise<void>;
  /** What its clock shows, in milliseconds since 1970 UTC. */
  now(): number;
  /** Sets its clock ahead by so many milliseconds more. */
  moveClock(ms: number): Promise<void>;
  /** Copies its database, as `admin backup` does. */
  backUp(): Promise<void>;
  /** Stops it, puts that copy in the database's place, and starts it again. */
  restore(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts one; whoever calls it stops it.
 *
 * @param port where another one was before, to stand in its place
 * @param factors what its mfa.json says
 * @param settings further ones, by their names in its environment
 */
export async function startTeamServer(
  port?: number,
  factors?: object,
  settings: Readonly<Record<string, string>> = {},
): Promise<TeamServer> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-team-"));
  const ownPort = port ?? (await freePort());
  const mfa = join(folder, "mfa.json");
  await writeFile(mfa, JSON.stringify(factors ?? {}));
  const clock = join(folder, "clock");
  let ahead = 0;
  await writeFile(clock, String(ahead));
  const env = {
    ...{
      PATH: process.env.PATH,
      MOVED_CLOCK: clock,
      COUNTERSIGN_PORT: String(ownPort),
      COUNTERSIGN_MFA: mfa,
    },
    ...settings,
  };
  const start = (...words: string[]) => {
    const child = spawn(process.execPath, ["--import", MOVED_CLOCK, MAIN, ...words], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Whatever becomes of the test, it does not live on.
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    const ended = new Promise<void>((resolve) =>
      child.once("exit", () => {
        process.off("exit", kill);
        resolve();
      }),
    );
    return { child, ended, said: collect(child) };
  };
  const origin = `http://localhost:${ownPort}`;
  let running = start();
  // Said once it listens.
  while (!running.said().includes("CS1-") && running.child.exitCode === null)
    await once(running.child.stderr, "data");
  const halt = async () => {
    running.child.kill("SIGTERM");
    await running.ended;
  };
  const startAgain = async () => {
    running = start();
    // No code this time: it says that it listens.
    while (!running.said().includes('"listening"') && running.child.exitCode === null)
      await once(running.child.stdout, "data");
  };
  const backup = join(folder, "backup");
  return {
    origin,
    code: codeIn(running.said()),
    backUp: () => start("admin", "backup", backup).ended,
    async restore() {
      await halt();
      await start("admin", "restore", backup).ended;
      await startAgain();
    },
    async admin(...words) {
      const run = start("admin", ...words);
      await run.ended;
      return run.said();
    },
    async configure(next) {
      await halt();
      await writeFile(mfa, JSON.stringify(next));
      await startAgain();
    },
    now: () => Date.now() + ahead,
    async moveClock(ms) {
      ahead += ms;
      // Never half written: it is read at any moment.
      await writeFile(`${clock}.next`, String(ahead));
      await rename(`${clock}.next`, clock);
    },
    async anotherCode() {
      const run = start("admin", "set-up-code");
      await run.ended;
      return codeIn(run.said());
    },
    async stop() {
      await halt();
      await rm(folder, { recursive: true, maxRetries: 5 });
    },
  };
}

function collect(child: ChildProcess): () => string {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (said += String(data)));
  return () => said;
}

function codeIn(text: string): string {
  const code = /CS1-\w+/.exec(text)?.[0];
  if (code === undefined) throw Error(`no code: ${text}`);
  return code;
}
