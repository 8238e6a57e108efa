import type { Words } from "../../../shared/mfa/form.ts";
import { type Mfa, moduleFor } from "../mfa.ts";
import type { FactorChange } from "./mail-words.ts";

/** Who is told, and in which languages, the best first; none: in all that we write. */
export type Told = { readonly email: string; readonly languages: readonly string[] };

/**
 * Tells somebody by mail what has happened to their factors, after it has. Nobody waits for the mail server, and what it
 * refuses is in the log.
 */
export function tell(
  mfa: Pick<Mfa, "mailer">,
  { email, languages }: Told,
  change: FactorChange,
  at: number,
): void {
  void mfa.mailer?.tell(email, change, { at, languages });
}

/** What a module is called; one that is switched off by now is called by its id. */
export function namesOf(mfa: Mfa, id: string, email: string): Words {
  return moduleFor(mfa, id, email)?.names ?? { en: id, "zh-CN": id };
}
