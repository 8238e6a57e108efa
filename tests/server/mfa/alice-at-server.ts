import { afterEach, beforeEach, vi } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { anyKind, KINDS } from "../../../server/mfa/registry.ts";
import { type Account, signIn } from "../users/account.ts";
import { ALICE, OLD, serveAccounts, type WithAccounts } from "../users/serve-accounts.ts";
import { insecureExampleKind } from "./insecure-example-module.ts";

const START = Date.UTC(2026, 10, 28, 12, 0, 5);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** The server's own kinds, and the one that is an example. */
const ALL_KINDS = { ...KINDS, insecure_example: anyKind(insecureExampleKind) };

/** What each test has: a server, alice, who is registered and signed in, and a clock that stands until it is moved. */
export type AliceAtServer = { db: Database; server: WithAccounts; alice: Account };

/** Before each test: a new database, served, and alice there. @param said what the server's mfa.json says */
export function aliceAtServer(open: () => Promise<Database>, said: object = {}): AliceAtServer {
  const at = {} as AliceAtServer;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    at.db = await open();
    at.server = await serveAccounts(at.db, JSON.stringify(said), ALL_KINDS);
    at.alice = await at.server.join(ALICE);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await at.server?.served.close();
  });
  return at;
}

/** Starts the server again, with another mfa.json. */
export async function serveAgain(at: AliceAtServer, said: object): Promise<void> {
  await at.server.served.close();
  at.server = await serveAccounts(at.db, JSON.stringify(said), ALL_KINDS, at.server.served);
}

/** Lets so many milliseconds pass, for the server as for everybody. */
export function later(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** The level of a session and the highest that its person can reach. */
export async function levelsOf({ server }: AliceAtServer, token: string) {
  const told = await server.place.api(token).mfa.getAuthenticatorAssuranceLevel.query();
  return [told.currentLevel, told.nextLevel];
}

/** A further session of alice's, with the password alone. @param device by which the device is remembered */
export async function signInAgain({ server }: AliceAtServer, device: string | null = null) {
  const signedIn = await signIn(server.place, ALICE, OLD, device);
  if (signedIn === null) throw Error("the password is not taken");
  return signedIn;
}
