import type { IncomingMessage } from "node:http";
import type { Config } from "./config.ts";
import type { Database } from "./db/open.ts";
import type { Bus } from "./events/bus.ts";
import { callerAddress } from "./limits/address.ts";
import type { Mfa } from "./mfa/mfa.ts";
import type { Secret } from "./secret.ts";

/** What every procedure is given: it ends at the router, and the domain is handed what it needs of it. */
export type Context = {
  readonly db: Database;
  readonly bus: Bus;
  readonly secret: Secret;
  readonly mfa: Mfa;
  readonly config: Config;
  /** Milliseconds since 1970 UTC, when the request came. */
  readonly now: number;
  /** The bearer token, or null. */
  readonly token: string | null;
  /** Where the request came from, as far as that is known: an address, or the network that whoever has one of IPv6 has. */
  readonly address: string;
};

/** Reads who calls from a request. */
export function callerOf(request: IncomingMessage, config: Config): Pick<Context, "token" | "address"> {
  const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? "");
  const forwarded = config.isBehindProxy ? request.headers["x-forwarded-for"] : undefined;
  // The proxy adds what it saw at the end; what stands before it anybody may have written.
  const last = String(forwarded ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  const said = last || (request.socket.remoteAddress ?? "unknown");
  return { token: bearer?.[1] ?? null, address: callerAddress(said) };
}
