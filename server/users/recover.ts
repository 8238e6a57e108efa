import type { Bytes } from "../../shared/bytes.ts";
import { recoveredContext, recoveryContext } from "../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import { normalizeEmail } from "../normalize-email.ts";
import type { Secret } from "../secret.ts";
import { beginSession, endSessions } from "../sessions/session.ts";
import { hashToken, newToken } from "../tokens.ts";
import { answerRegistration } from "./opaque-registration.ts";
import { isProven } from "./proven.ts";
import { storeKeys } from "./store-keys.ts";

/** The device has the kit already when it asks for the challenge. */
const CHALLENGE_MS = 5 * 60_000;
/** Long enough to think of a password, print the new kit and type it back. */
const OPENED_MS = 30 * 60_000;

/** A key that nobody signs with, so that an unknown address takes as long as a known one: RFC 8032 section 7.1, test 1. */
const NOBODYS_KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/** The first step of recovering with the kit: a challenge, whether or not anybody has that address. */
export async function startRecovery(
  db: Database,
  { email }: { readonly email: string },
  now: number,
): Promise<{ round: string; challenge: string }> {
  const user = await db
    .selectFrom("user")
    .select("user_id")
    .where("email", "=", normalizeEmail(email))
    .where("suspended", "=", 0)
    .executeTakeFirst();
  const [round, challenge] = [newToken(), newToken()];
  await db
    .deleteFrom("recovery_round")
    .where("made_at", "<", now - OPENED_MS)
    .execute();
  await db
    .insertInto("recovery_round")
    .values({
      token_hash: hashToken(round),
      user_id: user?.user_id ?? null,
      challenge,
      opened_ver: null,
      made_at: now,
    })
    .execute();
  return { round, challenge };
}

/** What the holder of a kit is given: their keys, and the server's part in setting a password. */
export type OpenedRecovery = {
  readonly round: string;
  readonly userId: string;
  readonly loginId: string;
  readonly ver: number;
  readonly bundle: Uint8Array;
  readonly wrappedByKit: Uint8Array;
  readonly response: string;
};

/**
 * The second step, for who has the kit. Each challenge is good for one attempt. "refused": another kit, an unknown address,
 * or a challenge that is over or was never given; nobody learns which.
 */
export async function openRecovery(
  db: Database,
  secret: Secret,
  { round, proof, request }: { readonly round: string; readonly proof: string; readonly request: string },
  now: number,
): Promise<Result<OpenedRecovery, "refused" | "malformed">> {
  const row = await db
    .deleteFrom("recovery_round")
    .where("token_hash", "=", hashToken(round))
    .where("opened_ver", "is", null)
    .where("made_at", ">=", now - CHALLENGE_MS)
    .returningAll()
    .executeTakeFirst();
  // Looked for in any case, and verified in any case: who has no such user waits as long.
  const user = await findUser(db, row?.user_id ?? "");
  const context = recoveryContext(secret.serverId, row?.challenge ?? "");
  const hasKit = await isProven(user?.recovery ?? NOBODYS_KEY, context, proof);
  if (!row || !user || !hasKit) return err("refused");
  const response = await answerRegistration(secret, user.login_id, request);
  if (response === null) return err("malformed");
  const opened = newToken();
  await db
    .insertInto("recovery_round")
    .values({ ...row, token_hash: hashToken(opened), opened_ver: user.bundle_ver, made_at: now })
    .execute();
  return ok({
    round: opened,
    userId: user.user_id,
    loginId: user.login_id,
    ver: user.bundle_ver,
    bundle: user.bundle,
    wrappedByKit: user.wrapped_by_kit,
    response,
  });
}

/** What takes the place of everything that may have been lost. */
export type Recovery = {
  readonly round: string;
  readonly record: string;
  readonly recovery: string;
  readonly wrappedByPassword: Bytes;
  readonly wrappedByKit: Bytes;
  readonly bundle: Bytes;
  readonly ver: number;
  /** base64url: by the signing key in the bundle, of all this (recoveredContext). */
  readonly proof: string;
};

/**
 * The last step: a new password and a new kit, all or nothing. Every session ends, and one begins. "proof": who asks has not
 * opened the bundle; "conflict": it was replaced meanwhile, so that recovering begins again.
 */
export async function recover(
  db: Database,
  secret: Secret,
  recovery: Recovery,
  now: number,
): Promise<Result<{ token: string; userId: string }, "refused" | "proof" | "conflict">> {
  const round = await db
    .selectFrom("recovery_round")
    .select(["user_id", "opened_ver"])
    .where("token_hash", "=", hashToken(recovery.round))
    .where("made_at", ">=", now - OPENED_MS)
    .executeTakeFirst();
  const user = round?.user_id ? await findUser(db, round.user_id) : undefined;
  if (!round || round.opened_ver === null || !user) return err("refused");
  const { user_id: userId, sig } = user;
  const context = await recoveredContext(secret.serverId, userId, recovery);
  if (!(await isProven(sig, context, recovery.proof))) return err("proof");
  // Whatever was replaced since, the kit too, is not replaced again by whoever had what was there before.
  if (recovery.ver !== round.opened_ver + 1) return err("conflict");
  const keys = {
    record: recovery.record,
    recovery: recovery.recovery,
    wrapped_by_password: recovery.wrappedByPassword,
    wrapped_by_kit: recovery.wrappedByKit,
    bundle: recovery.bundle,
  };
  return db.transaction().execute(async (trx) => {
    // First, and alone what decides: of two who finish with one round, the second finds another bundle.
    if (!(await storeKeys(trx, userId, recovery.ver, keys))) return err("conflict");
    await endSessions(trx, userId);
    return ok({ token: await beginSession(trx, userId, now), userId });
  });
}

function findUser(db: Database, userId: string) {
  return db
    .selectFrom("user")
    .selectAll()
    .where("user_id", "=", userId)
    .where("suspended", "=", 0)
    .executeTakeFirst();
}
