import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";

const MAIN = new URL("../../../server/main.ts", import.meta.url).pathname;

/** A server for teams as an administrator starts it, on this computer alone, with a data folder of its own. */
export type TeamServer = {
  readonly origin: string;
  /** The code that it gave for its first owner. */
  readonly code: string;
  /** A further code of that kind. */
  anotherCode(): Promise<string>;
  stop(): Promise<void>;
};

/** Starts one; whoever calls it stops it. @param port where another one was before, to stand in its place */
export async function startTeamServer(port?: number): Promise<TeamServer> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-team-"));
  const ownPort = port ?? (await freePort());
  const start = (...words: string[]) => {
    const child = spawn(process.execPath, [MAIN, ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH, COUNTERSIGN_PORT: String(ownPort) },
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
  const { child, ended, said } = start();
  // Said once it listens.
  while (!said().includes("CS1-") && child.exitCode === null) await once(child.stderr, "data");
  return {
    origin: `http://localhost:${ownPort}`,
    code: codeIn(said()),
    async anotherCode() {
      const run = start("admin", "set-up-code");
      await run.ended;
      return codeIn(run.said());
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
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
