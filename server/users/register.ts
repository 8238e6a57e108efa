import { ready, server } from "@serenity-kit/opaque";
import { type Bytes, base64urlToBytes, utf8 } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { verify } from "../../shared/crypto/signature.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Secret } from "../secret.ts";
import { hashToken, newId } from "../tokens.ts";
import { normalizeEmail } from "./sign-in.ts";

/** Lets the holder of a token register one user until then. */
export async function allowRegistration(db: Database, token: string, until: number): Promise<void> {
  await db
    .insertInto("registration_token")
    .values({ token_hash: hashToken(token), until, login_id: null, user_id: null, used_at: null })
    .execute();
}

/** "refused": no token, one that has run out, or one that was used; nobody learns which. */
export type RegistrationRefusal = "refused" | "malformed";

/** The first half of registering: gives out the ids that the new user's keys and password are then bound to. */
export async function startRegistration(
  db: Database,
  secret: Secret,
  { token, request }: { readonly token: string; readonly request: string },
  now: number,
): Promise<
  Result<{ userId: string; loginId: string; serverId: string; response: string }, RegistrationRefusal>
> {
  await ready;
  const hash = hashToken(token);
  const row = await openToken(db, hash, now);
  if (row === null) return err("refused");
  // The same ids however often it is begun: a connection that broke off costs nothing.
  const [userId, loginId] = [row.user_id ?? crypto.randomUUID(), row.login_id ?? newId()];
  const response = respond(secret, loginId, request);
  if (response === null) return err("malformed");
  if (row.user_id === null) {
    const set = await db
      .updateTable("registration_token")
      .set({ user_id: userId, login_id: loginId })
      .where("token_hash", "=", hash)
      .where("user_id", "is", null)
      .executeTakeFirst();
    if (set.numUpdatedRows !== 1n) return err("refused");
  }
  return ok({ userId, loginId, serverId: secret.serverId, response });
}

/** What a new user's device brings: how they sign in, their public keys, and their own keys wrapped for themselves. */
export type Registration = {
  readonly token: string;
  readonly email: string;
  readonly record: string;
  /** base64url of 32 bytes each. */
  readonly sig: string;
  readonly enc: string;
  readonly recovery: string;
  readonly bundle: Bytes;
  readonly wrappedByPassword: Bytes;
  readonly wrappedByKit: Bytes;
  /** base64url: the signing key's own signature of all this (registrationContext). */
  readonly proof: string;
};

/** What a new user signs: that these keys, this password and this address belong together, at this server. */
export async function registrationContext(
  serverId: string,
  { email, record, sig, enc, recovery }: Pick<Registration, "email" | "record" | "sig" | "enc" | "recovery">,
): Promise<Bytes> {
  return CTX("register", serverId, email, await sha256(utf8(record)), sig, enc, recovery);
}

/**
 * The second half: makes the user. "email-taken" is said to the holder of a valid token alone, who has to choose another
 * address; anybody else is "refused".
 */
export async function finishRegistration(
  db: Database,
  secret: Secret,
  registration: Registration,
  now: number,
): Promise<Result<{ userId: string }, RegistrationRefusal | "proof" | "email-taken">> {
  const hash = hashToken(registration.token);
  const row = await openToken(db, hash, now);
  if (row === null || row.user_id === null || row.login_id === null) return err("refused");
  const [sig, proof] = [base64urlToBytes(registration.sig), base64urlToBytes(registration.proof)];
  if (!sig.ok || !proof.ok) return err("malformed");
  const context = await registrationContext(secret.serverId, registration);
  if (!(await verify(sig.value, context, proof.value)).ok) return err("proof");

  const { user_id: userId, login_id: loginId } = row;
  const user = {
    user_id: userId,
    email: normalizeEmail(registration.email),
    login_id: loginId,
    record: registration.record,
    sig: registration.sig,
    enc: registration.enc,
    recovery: registration.recovery,
    bundle: registration.bundle,
    wrapped_by_password: registration.wrappedByPassword,
    wrapped_by_kit: registration.wrappedByKit,
    bundle_ver: 1,
    suspended: 0,
    made_at: now,
  };
  return db.transaction().execute(async (trx) => {
    const used = await trx
      .updateTable("registration_token")
      .set({ used_at: now })
      .where("token_hash", "=", hash)
      .where("used_at", "is", null)
      .executeTakeFirst();
    if (used.numUpdatedRows !== 1n) return err("refused");
    const taken = await trx
      .selectFrom("user")
      .select("user_id")
      .where("email", "=", user.email)
      .executeTakeFirst();
    if (taken) {
      await trx
        .updateTable("registration_token")
        .set({ used_at: null })
        .where("token_hash", "=", hash)
        .execute();
      return err("email-taken");
    }
    await trx.insertInto("user").values(user).execute();
    return ok({ userId });
  });
}

async function openToken(db: Database, hash: string, now: number) {
  const row = await db
    .selectFrom("registration_token")
    .selectAll()
    .where("token_hash", "=", hash)
    .where("used_at", "is", null)
    .where("until", ">=", now)
    .executeTakeFirst();
  return row ?? null;
}

function respond(secret: Secret, loginId: string, registrationRequest: string): string | null {
  try {
    return server.createRegistrationResponse({
      serverSetup: secret.opaqueSetup,
      userIdentifier: loginId,
      registrationRequest,
    }).registrationResponse;
  } catch {
    // What was sent is no message of the protocol.
    return null;
  }
}
