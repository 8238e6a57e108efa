import { bytesToBase64url } from "../../shared/bytes.ts";
import { sign } from "../../shared/crypto/signature.ts";
import { emailChangeContext } from "../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "./api.ts";
import { type AskFailure, isSaidNo } from "./api-failure.ts";
import { type ConnectionRefusal, openConnection } from "./connection.ts";
import { changeServer } from "./keep-server.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { type ShowFactor, showNoFactor } from "./show-factor.ts";
import { provePassphrase, type SignInAgainRefusal } from "./sign-in-again.ts";
import { withEmail } from "./stored-server.ts";

/**
 * "email-refused": the server gives the person another address than this one only; why, it does not say; "email-unknown": no
 * answer came, and it can't be told yet which of the two addresses holds.
 */
export type EmailRefusal = SignInAgainRefusal | ConnectionRefusal | "email-refused" | "email-unknown";

/**
 * Changes the address that somebody signs in with. Their other devices hear of it from the server (refreshEmail), or are told
 * where they sign in again. The new one is stored before the server is asked: whoever never hears the answer signs in with
 * whichever holds.
 */
export function changeEmail(
  serverId: string,
  wish: { readonly email: string; readonly passphrase: string },
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<{ email: string }, EmailRefusal>> {
  return withOwnAccess(() => moveTo(serverId, wish, showFactor));
}

async function moveTo(
  serverId: string,
  wish: { readonly email: string; readonly passphrase: string },
  showFactor: ShowFactor,
): Promise<Result<{ email: string }, EmailRefusal>> {
  const proven = await provePassphrase(serverId, wish.passphrase, { isForChange: true, showFactor });
  if (!proven.ok) return proven;
  const connection = await openConnection(serverId);
  if (!connection.ok) return connection;
  const { api, signing, userId } = connection.value;
  const email = wish.email.trim();
  const proof = bytesToBase64url(await sign(signing, emailChangeContext(serverId, userId, email)));
  const wanted = spellingOf(email);
  await changeServer(serverId, (secrets) => ({ ...secrets, pendingEmail: wanted }));
  const changed = await ask(api.user.changeEmail.mutate({ email, proof }));
  if (!changed.ok) {
    if (isSaidNo(changed.error)) {
      await changeServer(serverId, (secrets) => withEmail(secrets, secrets.email));
      const isTaken = typeof changed.error === "object" && changed.error.refused === "email-taken";
      return isTaken ? err("email-refused") : changed;
    }
    // Whatever became of the answer: what the server says is what it has.
    const looked = await refreshEmail(serverId);
    if (!looked.ok) return err("email-unknown");
    return looked.value === wanted ? ok({ email: wanted }) : changed;
  }
  // As the server spells it, if it is the same one.
  if (changed.value.email !== wanted) return err("not-a-server");
  await keepEmail(serverId, changed.value.email);
  return ok(changed.value);
}

/**
 * Looks which address the person has at the server by now: another device of theirs may have changed it, or this one without
 * hearing the answer.
 *
 * @returns the address where it is another one than this device knew, else null
 */
export async function refreshEmail(
  serverId: string,
): Promise<Result<string | null, AskFailure | ConnectionRefusal>> {
  const connection = await openConnection(serverId);
  if (!connection.ok) return connection;
  const { api, userId, email: known } = connection.value;
  const self = await ask(api.user.self.query());
  if (!self.ok) return self;
  // Somebody else is not this person with another address.
  if (self.value.userId !== userId) return err("another-server");
  const { email } = self.value;
  await keepEmail(serverId, email);
  return ok(email === spellingOf(known) ? null : email);
}

function keepEmail(serverId: string, email: string): Promise<void> {
  return changeServer(serverId, (secrets) => withEmail(secrets, email));
}

/** One spelling for each address, as the server has it (server/users/sign-in.ts). */
function spellingOf(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}
