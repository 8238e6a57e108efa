import { createHmac } from "node:crypto";
import { ready, server } from "@serenity-kit/opaque";
import type { Transaction } from "kysely";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { normalizeEmail } from "../normalize-email.ts";
import type { Secret } from "../secret.ts";
import { beginSession, endSession } from "../sessions/session.ts";
import { hashToken, newId } from "../tokens.ts";

/** Long enough for the slowest device to derive its key. */
const ROUND_MS = 5 * 60_000;

/**
 * The first half of signing in (OPAQUE, RFC 9807 section 6): the server learns nothing of the password. Whoever asks for
 * an address that nobody has gets an answer of the same shape, always the same for that address.
 */
export async function startSignIn(
  db: Database,
  secret: Secret,
  { email, request }: { readonly email: string; readonly request: string },
  now: number,
): Promise<Result<{ round: string; loginId: string; response: string }, "malformed">> {
  await ready;
  const address = normalizeEmail(email);
  const user = await db
    .selectFrom("user")
    .select(["user_id", "login_id", "record"])
    .where("email", "=", address)
    .where("suspended", "=", 0)
    .executeTakeFirst();
  const loginId = user?.login_id ?? decoyLoginId(secret, address);
  const started = startLogin(secret, loginId, user?.record ?? null, request);
  if (started === null) return err("malformed");
  const round = newId();
  await db
    .insertInto("sign_in_round")
    .values({
      id: round,
      user_id: user?.user_id ?? null,
      record: user?.record ?? null,
      state: started.serverLoginState,
      made_at: now,
    })
    .execute();
  return ok({ round, loginId, response: started.loginResponse });
}

/**
 * The second half. `before` is the token that the device has had: if it is the same person's, that session ends, so that a
 * device that signs in again is in the list once. "refused" for a wrong password, an unknown address, and a round that is
 * over or was never begun.
 *
 * @param factorShown when a second factor was shown on this device, where that counts for the sign-in; null: it does not
 */
export async function finishSignIn(
  db: Database,
  secret: Secret,
  {
    round,
    loginId,
    finish,
    before = null,
    factorShown = async () => null,
  }: {
    readonly round: string;
    readonly loginId: string;
    readonly finish: string;
    readonly before?: string | null;
    readonly factorShown?: (user: { userId: string; email: string }) => Promise<number | null>;
  },
  now: number,
): Promise<Result<{ token: string; userId: string; email: string }, "refused">> {
  await ready;
  const row = await db.selectFrom("sign_in_round").selectAll().where("id", "=", round).executeTakeFirst();
  if (!row) return err("refused");
  const hasPassword = now - row.made_at <= ROUND_MS && hasFinished(secret, loginId, row.state, finish);
  const { user_id: userId, record } = row;
  const factorAt = hasPassword && userId !== null ? await shownAt(db, userId, factorShown) : null;
  return db.transaction().execute(async (trx) => {
    // Written, not read, so that a password that is being changed, or a user being shut out, waits for this, and ends it.
    const isTheirs = hasPassword && userId !== null && record !== null;
    const email = isTheirs ? await holdUser(trx, userId, record) : null;
    // Each round is good for one attempt.
    const taken = await trx.deleteFrom("sign_in_round").where("id", "=", round).executeTakeFirst();
    if (!isTheirs || email === null || taken.numDeletedRows !== 1n) return err("refused");
    if (before !== null) await endSession(trx, userId, hashToken(before));
    return ok({ token: await beginSession(trx, userId, now, factorAt), userId, email });
  });
}

async function shownAt(
  db: Database,
  userId: string,
  factorShown: (user: { userId: string; email: string }) => Promise<number | null>,
): Promise<number | null> {
  const user = await db.selectFrom("user").select("email").where("user_id", "=", userId).executeTakeFirst();
  return user ? factorShown({ userId, email: user.email }) : null;
}

/** Keeps others from changing a user until the transaction ends. @returns their address; null where that is not their record */
async function holdUser(trx: Transaction<Schema>, userId: string, record: string): Promise<string | null> {
  const held = await trx
    .updateTable("user")
    .set({ record })
    .where("user_id", "=", userId)
    .where("record", "=", record)
    .where("suspended", "=", 0)
    .returning("email")
    .executeTakeFirst();
  return held?.email ?? null;
}

/** Both sides bind the sign-in to these. */
function identifiersOf(secret: Secret, loginId: string) {
  return { client: loginId, server: secret.serverId };
}

function startLogin(
  secret: Secret,
  loginId: string,
  registrationRecord: string | null,
  startLoginRequest: string,
) {
  try {
    return server.startLogin({
      serverSetup: secret.opaqueSetup,
      registrationRecord,
      startLoginRequest,
      userIdentifier: loginId,
      identifiers: identifiersOf(secret, loginId),
    });
  } catch {
    // What was sent is no message of the protocol.
    return null;
  }
}

function hasFinished(
  secret: Secret,
  loginId: string,
  serverLoginState: string,
  finishLoginRequest: string,
): boolean {
  try {
    const identifiers = identifiersOf(secret, loginId);
    server.finishLogin({ serverLoginState, finishLoginRequest, identifiers });
    return true;
  } catch {
    return false;
  }
}

/** Looks like a login id, and is the same each time. */
function decoyLoginId({ decoyKey }: Secret, address: string): string {
  const key = Buffer.from(decoyKey, "base64");
  return createHmac("sha256", key)
    .update(`login-id ${address}`)
    .digest()
    .subarray(0, 16)
    .toString("base64url");
}
