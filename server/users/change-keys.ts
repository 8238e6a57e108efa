import type { Bytes } from "../../shared/bytes.ts";
import { bundleContext, kitChangeContext, passwordChangeContext } from "../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Secret } from "../secret.ts";
import { endOtherSessions, type Session } from "../sessions/session.ts";
import { answerRegistration } from "./opaque-registration.ts";
import { isProven } from "./proven.ts";
import { type NewKeys, storeKeys } from "./store-keys.ts";

/**
 * "proof": not signed by the user's own key, which a stolen token does not have; "conflict": another device has replaced
 * the bundle meanwhile, so that this one must be read and changed again.
 */
export type KeyChangeRefusal = "proof" | "conflict";

/** The bundle that takes the place of the one of version `ver - 1`. */
type NextBundle = {
  readonly bundle: Bytes;
  readonly ver: number;
  /** base64url: the user's own signature of the change. */
  readonly proof: string;
};

/** Puts a bundle in place of the one before it: groups and contacts have changed. The wraps of its key stay. */
export async function replaceBundle(
  db: Database,
  { userId }: Session,
  { bundle, ver, proof }: NextBundle,
): Promise<Result<void, KeyChangeRefusal>> {
  const context = await bundleContext(userId, { bundle, ver });
  if (!(await isProven(await signingKeyOf(db, userId), context, proof))) return err("proof");
  const isStored = await db.transaction().execute((trx) => storeKeys(trx, userId, ver, { bundle }));
  return isStored ? ok(undefined) : err("conflict");
}

/** The first half of changing the password. */
export async function startPasswordChange(
  db: Database,
  secret: Secret,
  { userId }: Session,
  request: string,
): Promise<Result<{ loginId: string; response: string }, "malformed">> {
  const { login_id: loginId } = await db
    .selectFrom("user")
    .select("login_id")
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  const response = await answerRegistration(secret, loginId, request);
  return response === null ? err("malformed") : ok({ loginId, response });
}

/** The second half: from then on the new password alone signs in, and every session but the one that did it has ended. */
export async function finishPasswordChange(
  db: Database,
  session: Session,
  change: NextBundle & { readonly record: string; readonly wrappedByPassword: Bytes },
): Promise<Result<void, KeyChangeRefusal>> {
  const { userId } = session;
  const { record, wrappedByPassword, bundle, ver, proof } = change;
  const context = await passwordChangeContext(userId, { record, ver });
  if (!(await isProven(await signingKeyOf(db, userId), context, proof))) return err("proof");
  return storeAndEndOthers(db, session, ver, { record, wrapped_by_password: wrappedByPassword, bundle });
}

/** Puts a new kit in place of one that was lost or seen: the account key changes with it, so every other device signs in anew. */
export async function replaceKit(
  db: Database,
  session: Session,
  change: NextBundle & {
    readonly recovery: string;
    readonly wrappedByPassword: Bytes;
    readonly wrappedByKit: Bytes;
  },
): Promise<Result<void, KeyChangeRefusal>> {
  const { userId } = session;
  const { recovery, wrappedByPassword, wrappedByKit, bundle, ver, proof } = change;
  const context = kitChangeContext(userId, { recovery, ver });
  if (!(await isProven(await signingKeyOf(db, userId), context, proof))) return err("proof");
  const wraps = { wrapped_by_password: wrappedByPassword, wrapped_by_kit: wrappedByKit };
  return storeAndEndOthers(db, session, ver, { ...wraps, recovery, bundle });
}

async function storeAndEndOthers(
  db: Database,
  session: Session,
  ver: number,
  keys: NewKeys,
): Promise<Result<void, "conflict">> {
  return db.transaction().execute(async (trx) => {
    if (!(await storeKeys(trx, session.userId, ver, keys))) return err("conflict");
    await endOtherSessions(trx, session);
    return ok(undefined);
  });
}

/** The key that somebody signs what they do to their own keys with, base64url. */
export async function signingKeyOf(db: Database, userId: string): Promise<string> {
  const { sig } = await db
    .selectFrom("user")
    .select("sig")
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  return sig;
}
