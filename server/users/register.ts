import type { Transaction } from "kysely";
import type { Bytes } from "../../shared/bytes.ts";
import { registrationContext } from "../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { stillOpen } from "../invitations/open.ts";
import { normalizeEmail } from "../normalize-email.ts";
import type { Secret } from "../secret.ts";
import { endSessions } from "../sessions/session.ts";
import { hashToken, newId } from "../tokens.ts";
import { answerRegistration } from "./opaque-registration.ts";
import { isProven } from "./proven.ts";

/** Lets the holder of a token register one user until then. */
export async function allowRegistration(db: Database, token: string, until: number): Promise<void> {
  await db
    .insertInto("registration_token")
    .values({
      token_hash: hashToken(token),
      until,
      login_id: null,
      user_id: null,
      used_at: null,
      replaces: null,
    })
    .execute();
}

/** "refused": no token, one that has run out, or one that was used; nobody learns which. */
export type RegistrationRefusal = "refused" | "malformed";

/** The ids that a new user's keys and password are bound to. */
export type BegunRegistration = {
  readonly userId: string;
  readonly loginId: string;
  readonly serverId: string;
  /** The address under which somebody begins anew; null for somebody new, who says theirs. */
  readonly email: string | null;
  readonly response: string;
};

/** The first half of registering: gives out the ids. */
export async function startRegistration(
  db: Database,
  secret: Secret,
  { token, request }: { readonly token: string; readonly request: string },
  now: number,
): Promise<Result<BegunRegistration, RegistrationRefusal>> {
  const hash = hashToken(token);
  const row = await openToken(db, hash, now);
  if (row === null) return err("refused");
  // The same ids however often it is begun: a connection that broke off costs nothing.
  const [userId, loginId] = [row.user_id ?? crypto.randomUUID(), row.login_id ?? newId()];
  const response = await answerRegistration(secret, loginId, request);
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
  const replaced = row.replaces === null ? undefined : await findReplaced(db, row.replaces);
  return ok({ userId, loginId, serverId: secret.serverId, email: replaced?.email ?? null, response });
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

/**
 * The second half: makes the user. "email-taken" is said to the holder of a valid token alone, who has to choose another
 * address; anybody else is "refused". With a token that an administrator gave for somebody who has lost password and kit,
 * the new user takes the place of the old one, whose sessions end: "another-address" is said where it is not theirs. Groups
 * know people by their user ids, so they go on listing the old one until they remove them.
 */
export async function finishRegistration(
  db: Database,
  secret: Secret,
  registration: Registration,
  now: number,
): Promise<Result<{ userId: string }, RegistrationRefusal | "proof" | "email-taken" | "another-address">> {
  const hash = hashToken(registration.token);
  const row = await openToken(db, hash, now);
  if (row === null || row.user_id === null || row.login_id === null) return err("refused");
  const context = await registrationContext(secret.serverId, registration);
  if (!(await isProven(registration.sig, context, registration.proof))) return err("proof");

  const { user_id: userId, login_id: loginId, replaces } = row;
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
    replaced_by: null,
  };
  return db.transaction().execute(async (trx) => {
    const used = await trx
      .updateTable("registration_token")
      .set({ used_at: now })
      .where("token_hash", "=", hash)
      .where("used_at", "is", null)
      .executeTakeFirst();
    if (used.numUpdatedRows !== 1n) return err("refused");
    if (replaces !== null && !(await retire(trx, replaces, user))) {
      await giveBack(trx, hash);
      return err("another-address");
    }
    const administrator = await isToAdminister(trx, replaces);
    const made = await trx
      .insertInto("user")
      .values({ ...user, administrator })
      .onConflict((conflict) => conflict.column("email").doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 1n) return ok({ userId });
    // Thrown, so that nobody is retired for it.
    if (replaces !== null) throw Error("the address that was set free was taken in the same moment");
    await giveBack(trx, hash);
    return err("email-taken");
  });
}

/** Whoever is here first sets the server up; whoever begins anew goes on as what they were. */
async function isToAdminister(trx: Transaction<Schema>, replaces: string | null): Promise<0 | 1> {
  const first = await trx.selectFrom("user").select("user_id").limit(1).executeTakeFirst();
  if (!first) return 1;
  const replaced = await trx
    .selectFrom("user")
    .select("administrator")
    .where("user_id", "=", replaces ?? "")
    .executeTakeFirst();
  return replaced?.administrator === 1 ? 1 : 0;
}

/** A token that made nobody is as good as before. */
async function giveBack(trx: Transaction<Schema>, hash: string): Promise<void> {
  await trx.updateTable("registration_token").set({ used_at: null }).where("token_hash", "=", hash).execute();
}

/** Takes somebody's address away from who had it, for good. @returns false where they do not have it (any more) */
async function retire(
  trx: Transaction<Schema>,
  userId: string,
  next: { readonly user_id: string; readonly email: string },
): Promise<boolean> {
  const retired = await trx
    .updateTable("user")
    // No address: nobody can ask for it.
    .set({ email: `replaced ${userId}`, suspended: 1, replaced_by: next.user_id })
    .where("user_id", "=", userId)
    .where("email", "=", next.email)
    .where("suspended", "=", 0)
    .executeTakeFirst();
  if (retired.numUpdatedRows !== 1n) return false;
  await endSessions(trx, userId);
  return true;
}

function findReplaced(db: Database, userId: string) {
  return db.selectFrom("user").select("email").where("user_id", "=", userId).executeTakeFirst();
}

async function openToken(db: Database, hash: string, now: number) {
  const row = await db
    .selectFrom("registration_token")
    .selectAll()
    .where("token_hash", "=", hash)
    .where("used_at", "is", null)
    .where("until", ">=", now)
    .executeTakeFirst();
  if (!row) return null;
  // An invitation's token is worth what the invitation is: who was removed from the group lets nobody in any more.
  const ofInvitation = await db
    .selectFrom("invitation")
    .select("id")
    .where("registration", "=", hash)
    .executeTakeFirst();
  if (!ofInvitation) return row;
  const holds = await stillOpen(db, now)
    .select("invitation.id")
    .where("invitation.id", "=", ofInvitation.id)
    .executeTakeFirst();
  return holds ? row : null;
}
