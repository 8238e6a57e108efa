import type { Lack } from "../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { apiOf, ask } from "./api.ts";
import type { HalfSession } from "./factor-session.ts";

/**
 * Has the person show a second factor in a session that has just begun, or set one up where they have to have one, and gives it
 * its next token by that (factors.ts). "factor-cancelled": they would not; else what the session lacks, where nobody can be
 * asked.
 */
export type ShowFactor = (half: HalfSession) => Promise<Result<void, "factor-cancelled" | Lack>>;

/** For where no person can be asked. */
export const showNoFactor: ShowFactor = async ({ lacks }) => err(lacks);

/** What a sign-in goes on with. @returns device: undefined where no factor was shown in it */
type Whole = { readonly token: string; readonly device: string | null | undefined };

/**
 * Has what a session lacks shown in it. Otherwise it is ended, as far as the server can be reached: one that stays behind can
 * do nothing, and ends by itself after a week.
 */
export async function makeWhole(
  half: HalfSession,
  showFactor: ShowFactor,
): Promise<Result<Whole, "factor-cancelled" | Lack>> {
  const { lacks } = half;
  // The passphrase was given this moment.
  const shown = lacks === "sign-in-again" ? err(lacks) : await showFactor(half);
  if (shown.ok) return ok(half.current());
  await ask(apiOf(half.origin, half.current().token).user.signOut.mutate());
  return shown;
}
