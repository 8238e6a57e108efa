import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Verdict } from "./accounts.ts";

export type EnrolmentRequest = {
  readonly account: string;
  readonly type: string;
  readonly algorithm: string;
  readonly digits: number;
  readonly period: number;
  readonly counter: number;
};

export type Verifier = {
  /** Makes a fresh secret for an account and returns it as base32; throws where the parameters make no sense. */
  enrol(request: EnrolmentRequest): Promise<string>;
  /** One code, or two of consecutive steps. */
  verify(account: string, code: string, code2?: string): Promise<Verdict>;
  stop(): Promise<void>;
};

/** Starts the verifier as a process of its own. It ends with `stop`, or by itself when this process does. */
export async function startVerifier(): Promise<Verifier> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "verifier.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(Error(`the verifier ended at once with code ${code}`)));
  });
  const ask = async (path: string, question: object): Promise<unknown> => {
    const body = JSON.stringify(question);
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body });
    if (!response.ok) throw Error(await response.text());
    return response.json();
  };
  return {
    async enrol(request) {
      const { secret } = (await ask("/enrol", request)) as { secret: string };
      return secret;
    },
    verify: async (account, code, code2) => (await ask("/verify", { account, code, code2 })) as Verdict,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
