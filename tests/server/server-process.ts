import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { freePort } from "../support/free-port.ts";

const MAIN = new URL("../../server/main.ts", import.meta.url).pathname;

export type ServerProcess = {
  readonly child: ChildProcess;
  readonly origin: string;
  said(): string;
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
};

/** Starts `npm run server`, or one of its commands, in a folder, and waits until it listens or has ended. */
export async function startProcess(
  folder: string,
  words: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd: folder,
    // What one has compiled the next need not: starting is most of what a test of processes takes.
    env: {
      PATH: process.env.PATH,
      COUNTERSIGN_PORT: String(port),
      NODE_COMPILE_CACHE: join(folder, "compiled"),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data) => {
        said += String(data);
        if (said.includes('"listening"')) resolve();
      });
    }
  });
  await Promise.race([listening, ended]);
  return { child, origin: `http://localhost:${port}`, said: () => said, ended };
}
