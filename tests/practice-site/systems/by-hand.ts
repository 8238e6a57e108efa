import { Accounts } from "../accounts.ts";
import { hotpCode, timeStep, toBase32 } from "../expected-code.ts";
import { playSystems, type SystemId } from "./index.ts";

export type Json = Readonly<Record<string, unknown>>;

/** One system without a browser, by a clock of its own. */
export type ByHand = {
  /** Posts to it; the answer's members beside HTTP's status. */
  ask(path: string, body?: Json, bearer?: string): Promise<Json & { readonly status: number }>;
  /** Opens a page for an account, and returns the session that the page is given. */
  open(page: string, account: string): string;
  later(seconds: number): void;
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** The code of now. */
  code(): string;
  wrongCode(): string;
};

const SECRET = Buffer.from("12345678901234567890");

/** Plays a system anew; everybody has the same secret there. */
export function playByHand(id: SystemId): ByHand {
  let now = 1_700_000_010_000;
  let factors = 0;
  const accounts = new Accounts();
  const system = playSystems({
    now: () => now,
    host: () => "127.0.0.1:4321",
    async newSecret() {
      const name = `factor ${factors++}`;
      const usual = { type: "totp", algorithm: "SHA1", digits: 6, period: 30, counter: 0 } as const;
      accounts.enrol(name, { ...usual, secret: SECRET });
      return { name, secret: toBase32(SECRET) };
    },
    verify: async (name, code) => accounts.verify(name, code, now),
    shown: () => undefined,
  }).get(id);
  if (system === undefined) throw Error(`${id} is not played`);
  const code = () => hotpCode(SECRET, timeStep(now, 30), "SHA1", 6);
  return {
    async ask(path, body = {}, bearer = "") {
      const reply = await system.call({ method: "POST", path, body, bearer });
      if (reply === null) throw Error(`nothing answers ${path}`);
      return { status: reply.status, ...reply.json };
    },
    open(page, account) {
      const { html } = system.page(page, new URLSearchParams({ account }));
      return /data-(?:token|session)="([^"]*)"/.exec(html)?.[1] ?? "";
    },
    later: (seconds) => {
      now += seconds * 1000;
    },
    now: () => now,
    code,
    wrongCode: () => (code().startsWith("0") ? "111111" : "000000"),
  };
}
