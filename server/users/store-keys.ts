import type { Transaction } from "kysely";
import type { Schema, UserRow } from "../db/schema.ts";

/** What of somebody's keys is put in the place of what was there; the bundle always, as the `ver` of what belongs together. */
export type NewKeys = Pick<UserRow, "bundle"> &
  Partial<Pick<UserRow, "record" | "sig" | "enc" | "recovery" | "wrapped_by_password" | "wrapped_by_kit">>;

/**
 * Puts new keys in place, in a transaction, if the bundle is still the one that they are made from.
 *
 * @param ver of the new bundle: one more than that of the bundle it replaces
 * @returns false where it is not, or where the user is suspended: then nothing is changed
 */
export async function storeKeys(
  trx: Transaction<Schema>,
  userId: string,
  ver: number,
  keys: NewKeys,
): Promise<boolean> {
  const stored = await trx
    .updateTable("user")
    .set({ ...keys, bundle_ver: ver })
    .where("user_id", "=", userId)
    .where("bundle_ver", "=", ver - 1)
    .where("suspended", "=", 0)
    .executeTakeFirst();
  return stored.numUpdatedRows === 1n;
}
