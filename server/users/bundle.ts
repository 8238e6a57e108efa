import type { Database } from "../db/open.ts";

/** Somebody's own keys, as their devices have wrapped them: nothing in it can be opened here. */
export async function readBundle(
  db: Database,
  userId: string,
): Promise<{ ver: number; bundle: Uint8Array; wrappedByPassword: Uint8Array }> {
  const row = await db
    .selectFrom("user")
    .select(["bundle_ver", "bundle", "wrapped_by_password"])
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  return { ver: row.bundle_ver, bundle: row.bundle, wrappedByPassword: row.wrapped_by_password };
}
