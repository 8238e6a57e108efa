import type { Database } from "../db/open.ts";

/** What somebody's devices ask for about themselves: their address, and whether another device has replaced the bundle. */
export async function readSelf(
  db: Database,
  userId: string,
): Promise<{ userId: string; email: string; ver: number; madeAt: number }> {
  const row = await db
    .selectFrom("user")
    .select(["email", "bundle_ver", "made_at"])
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  return { userId, email: row.email, ver: row.bundle_ver, madeAt: row.made_at };
}
