import type { Words } from "../../../shared/mfa/form.ts";
import type { Database } from "../../db/open.ts";
import { takeFromRate } from "../../limits/rate-limit.ts";
import { MOST } from "../limits.ts";
import { type Mfa, moduleFor } from "../mfa.ts";
import type { FactorChange } from "./mail-words.ts";

/** Who is told, at which address, and in which languages, the best first; none: in all that we write. */
export type Told = {
  readonly userId: string;
  readonly email: string;
  readonly languages: readonly string[];
};

/**
 * Tells somebody by mail what has happened to their factors, after it has. Nobody waits for the mail server, and what it
 * refuses is in the log. Of each kind of change so many a day: whoever renames a factor all day fills no mailbox, and keeps
 * nobody from hearing that another one was added.
 *
 * @param at when it happened, in milliseconds since 1970 UTC
 */
export async function tell(
  db: Database,
  { mailer }: Pick<Mfa, "mailer">,
  { userId, email, languages }: Told,
  change: FactorChange,
  at: number,
): Promise<void> {
  if (mailer === null) return;
  const isFew = await takeFromRate(db, `mfa-notice ${change.what} ${userId}`, MOST.notices, at);
  if (isFew) void mailer.tell(email, change, { at, languages });
}

/** What a module is called; one that is switched off by now is called by its id. */
export function namesOf(mfa: Mfa, id: string, email: string): Words {
  return moduleFor(mfa, id, email)?.names ?? { en: id, "zh-CN": id };
}
