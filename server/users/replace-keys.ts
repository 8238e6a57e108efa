import type { Bytes } from "../../shared/bytes.ts";
import { areKeys } from "../../shared/group/rules.ts";
import { newKeysContext } from "../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Secret } from "../secret.ts";
import { endOtherSessions, type Session } from "../sessions/session.ts";
import { type KeyChangeRefusal, signingKeyOf } from "./change-keys.ts";
import { isProven } from "./proven.ts";
import { storeKeys } from "./store-keys.ts";

/** What takes the place of somebody's keys, all of it at once. */
export type Replacement = {
  /** base64url of the new public keys. */
  readonly sig: string;
  readonly enc: string;
  readonly recovery: string;
  readonly bundle: Bytes;
  readonly ver: number;
  readonly wrappedByPassword: Bytes;
  readonly wrappedByKit: Bytes;
  /** base64url: the old signing key's signature of all this (newKeysContext), and the new one's. */
  readonly proof: string;
  readonly newProof: string;
};

/**
 * Puts new keys of somebody in the place of theirs, with a new kit, and ends every other session: whoever has the old keys
 * gets nothing here any more. What groups know them by is for their logs to say.
 */
export async function replaceKeys(
  db: Database,
  { serverId }: Secret,
  session: Session,
  { proof, newProof, ...said }: Replacement,
): Promise<Result<void, KeyChangeRefusal>> {
  const { userId } = session;
  const { sig, enc, recovery, bundle, ver, wrappedByPassword, wrappedByKit } = said;
  if (!areKeys({ sig, enc })) return err("proof");
  const context = await newKeysContext(serverId, userId, said);
  if (!(await isProven(await signingKeyOf(db, userId), context, proof))) return err("proof");
  if (!(await isProven(sig, context, newProof))) return err("proof");
  const wraps = { wrapped_by_password: wrappedByPassword, wrapped_by_kit: wrappedByKit };
  return db.transaction().execute(async (trx) => {
    const isStored = await storeKeys(trx, userId, ver, { sig, enc, recovery, bundle, ...wraps });
    if (!isStored) return err("conflict");
    await endOtherSessions(trx, session);
    // It was sealed with what the old kit gives: the device says it again, for those that have the new one.
    await trx.updateTable("session").set({ label: null }).where("token_hash", "=", session.id).execute();
    return ok(undefined);
  });
}
