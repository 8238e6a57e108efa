import { afterEach, beforeEach, vi } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { type Account, signIn } from "../users/account.ts";
import { ALICE, OLD, serveAccounts, type WithAccounts } from "../users/serve-accounts.ts";

const START = Date.UTC(2026, 10, 28, 12, 0, 5);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** What each test has: a server, alice, who is registered and signed in, and a clock that stands until it is moved. */
export type AliceAtServer = { db: Database; server: WithAccounts; alice: Account };

/** Before each test: a new database, served, and alice there. @param factors what the server's mfa.json says */
export function aliceAtServer(open: () => Promise<Database>, factors: string | null = null): AliceAtServer {
  const at = {} as AliceAtServer;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    at.db = await open();
    at.server = await serveAccounts(at.db, factors);
    at.alice = await at.server.join(ALICE);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await at.server?.served.close();
  });
  return at;
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

/** A further session of alice's, with the password alone. */
export async function signInAgain({ server }: AliceAtServer) {
  const signedIn = await signIn(server.place, ALICE, OLD);
  if (signedIn === null) throw Error("the password is not taken");
  return signedIn;
}
