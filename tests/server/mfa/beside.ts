import { type ChildProcess, spawn } from "node:child_process";

/** A process of its own beside the server, at an address of its own. */
export type Beside = {
  readonly child: ChildProcess;
  readonly origin: string;
  /** Asks it for JSON, as nobody but a test does. */
  ask<T>(path: string): Promise<T>;
  stop(): Promise<void>;
};

/**
 * Starts a script of this folder as a process and waits until it listens.
 *
 * @param script prints its port as its first line
 */
export async function startBeside(script: string, ...words: readonly string[]): Promise<Beside> {
  const path = new URL(script, import.meta.url).pathname;
  const child = spawn(process.execPath, [path, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (said) => resolve(String(said).trim()));
    void ended.then(() => reject(Error(`${script} ended before it listened`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    child,
    origin,
    ask: async (asked) => (await fetch(`${origin}${asked}`)).json(),
    async stop() {
      child.kill();
      await ended;
    },
  };
}
