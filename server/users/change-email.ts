import { emailChangeContext } from "../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Secret } from "../secret.ts";
import type { Session } from "../sessions/session.ts";
import { isProven } from "./proven.ts";
import { normalizeEmail } from "./sign-in.ts";

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
  return db.transaction().execute(async (trx) => {
    const taken = await trx
      .selectFrom("user")
      .select("user_id")
      .where("email", "=", email)
      .where("user_id", "!=", userId)
      .executeTakeFirst();
    if (taken) return err("email-taken");
    await trx.updateTable("user").set({ email }).where("user_id", "=", userId).execute();
    return ok({ email });
  });
}
