import { emailChangeContext } from "../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { isTaken } from "../db/is-taken.ts";
import type { Database } from "../db/open.ts";
import { normalizeEmail } from "../normalize-email.ts";
import type { Secret } from "../secret.ts";
import type { Session } from "../sessions/session.ts";
import { isProven } from "./proven.ts";

/**
 * Changes the address that somebody signs in with; the password is bound to the login id, and stays. "email-taken" is said
 * whoever has it, suspended people too.
 *
 * @param change `proof`: base64url, the user's own signature (emailChangeContext) of the address as it is written here
 */
export async function changeEmail(
  db: Database,
  secret: Secret,
  { userId }: Session,
  change: { readonly email: string; readonly proof: string },
): Promise<Result<{ email: string }, "proof" | "email-taken">> {
  const email = normalizeEmail(change.email);
  const { sig } = await db
    .selectFrom("user")
    .select("sig")
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  const context = emailChangeContext(secret.serverId, userId, change.email);
  if (!(await isProven(sig, context, change.proof))) return err("proof");
  try {
    // The table itself refuses a second row with an address: a look beforehand would miss who takes it in between.
    await db.updateTable("user").set({ email }).where("user_id", "=", userId).execute();
    return ok({ email });
  } catch (error) {
    if (isTaken(error)) return err("email-taken");
    throw error;
  }
}
