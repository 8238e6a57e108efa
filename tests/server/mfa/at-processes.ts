import { createTRPCClient, httpLink } from "@trpc/client";
import type { Database } from "../../../server/db/open.ts";
import type { AppRouter } from "../../../server/router/index.ts";
import { beginSession } from "../../../server/sessions/session.ts";
import { newWriter } from "../kill-under-load.ts";
import type { Api } from "../served.ts";
import { beginSetUp, done, setUpTotp, shownAs } from "./with-factor.ts";

/** How long a code of an authenticator is the newest one. */
const STEP_MS = 30_000;

/** A server that is a process of its own, as somebody's device calls it. */
export function apiOf(origin: string, token: string): Api {
  const headers = { authorization: `Bearer ${token}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/trpc`, headers })] });
}

export type WithCodes = {
  readonly userId: string;
  readonly totp: { readonly factorId: string; readonly secret: string };
  readonly recovery: { readonly factorId: string; readonly codes: readonly string[] };
};

/**
 * Somebody with an authenticator, set up by the code before the present one so that two more are good at once, and a set of
 * recovery codes.
 */
export async function newPersonWithCodes(db: Database, origin: string): Promise<WithCodes> {
  const { person, token } = await newWriter(db);
  // Not at the end of a step: one later this code is refused.
  await waitForStep(3_000);
  const totp = await setUpTotp(apiOf(origin, token), Date.now() - STEP_MS);
  const api = apiOf(origin, totp.token);
  const { factorId, challengeId, shown } = await beginSetUp(api, "recovery");
  const { codes } = shownAs(shown, "recovery-codes");
  const answer = { factorId, challengeId, proof: { code: codes[0] ?? "" }, languages: [], device: null };
  done(await api.mfa.verify.mutate(answer));
  return { userId: person.id, totp, recovery: { factorId, codes } };
}

/** A session that has given the password alone. */
export function halfSession(db: Database, userId: string): Promise<string> {
  return beginSession(db, userId, Date.now());
}

/** Waits for the next step of authenticators, where this one ends within so many milliseconds. */
async function waitForStep(ms: number): Promise<void> {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < ms) await new Promise((resolve) => setTimeout(resolve, left + 10));
}
