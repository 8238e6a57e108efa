import type { Readable, Writable } from "node:stream";
import type { CDPSession } from "playwright-core";

/** The commands of one target, typed as playwright types them. */
export type Session = { readonly id: string | undefined; readonly send: CDPSession["send"] };

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
};
type Listener = (params: unknown, sessionId: string | undefined) => void;

/**
 * A bare connection to a browser through its debugging pipe (JSON texts, each ended by a NUL). Playwright attaches to a
 * popup only once it has opened, and asks a page for more than a measurement should.
 */
export class DevTools {
  readonly #output: Writable;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #lastId = 0;
  #received = "";

  constructor({ input, output }: { readonly input: Readable; readonly output: Writable }) {
    this.#output = output;
    input.setEncoding("utf8");
    input.on("data", (text: string) => {
      const texts = (this.#received + text).split("\0");
      this.#received = texts.pop() ?? "";
      for (const each of texts) this.#receive(JSON.parse(each));
    });
    input.on("close", () => {
      for (const { reject } of this.#waiting.values()) reject(Error("the browser has gone"));
      this.#waiting.clear();
    });
    // A browser that has gone is told by its pipe being closed.
    output.on("error", () => {});
  }

  /** @param id of an attached target; without one the browser as a whole is meant */
  session(id?: string): Session {
    const send = (method: string, params: object = {}) => this.#send(method, params, id);
    // Names, parameters and results are those that playwright declares; this only carries them.
    return { id, send: send as CDPSession["send"] };
  }

  /** @returns stops listening */
  on(method: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  #send(method: string, params: object, sessionId: string | undefined): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #receive({ id, method, params, sessionId, result, error }: Message): void {
    if (method !== undefined) {
      for (const listener of this.#listeners.get(method) ?? []) listener(params, sessionId);
      return;
    }
    const waiting = this.#waiting.get(id ?? 0);
    this.#waiting.delete(id ?? 0);
    if (error) waiting?.reject(Error(error.message));
    else waiting?.resolve(result);
  }
}
