import * as z from "zod/mini";
import { db } from "./db.ts";

export const DEFAULT_LOCK_MINUTES = 15;
export const LOCK_MINUTES_CHOICES = [1, 5, 15, 30, 60, 240, null] as const;

const lockMinutesSchema = z.nullable(z.int().check(z.gte(1), z.lte(24 * 60)));

/**
 * Minutes without use until the vault locks; null: not before the browser closes. In the vault's database rather than in
 * storage.local, because it matters for security. What can't be read counts as the default.
 */
export async function readLockMinutes(): Promise<number | null> {
  const stored = lockMinutesSchema.safeParse((await db.settings.get("lock-minutes"))?.value);
  return stored.success ? stored.data : DEFAULT_LOCK_MINUTES;
}

/** @param minutes 1 to 1440, or null */
export async function writeLockMinutes(minutes: number | null): Promise<void> {
  await db.settings.put({ id: "lock-minutes", value: lockMinutesSchema.parse(minutes) });
}
