import * as z from "zod/mini";
import { readPolicy } from "../policy/policy.ts";
import { db } from "./db.ts";

export const DEFAULT_LOCK_MINUTES = 15;
const LOCK_MINUTES_CHOICES = [1, 5, 15, 30, 60, 240, null] as const;

const lockMinutesSchema = z.nullable(z.int().check(z.gte(1), z.lte(24 * 60)));

/**
 * Minutes without use until the vault locks; null: not before the browser closes. In the vault's database rather than in
 * storage.local, because it matters for security. What can't be read counts as the default, and what is longer than the
 * organisation allows as the longest it does: the choice itself stays, for the day on which nobody limits it any more.
 */
export async function readLockMinutes(): Promise<number | null> {
  const [row, { longestAutoLockMinutes }] = await Promise.all([
    db.settings.get("lock-minutes"),
    readPolicy(),
  ]);
  const stored = lockMinutesSchema.safeParse(row?.value);
  return atMost(stored.success ? stored.data : DEFAULT_LOCK_MINUTES, longestAutoLockMinutes);
}

/** The choices that an organisation leaves, the longest it allows among them. @param longest null: it leaves them all */
export function lockMinutesChoices(longest: number | null): readonly (number | null)[] {
  return [...new Set(LOCK_MINUTES_CHOICES.map((minutes) => atMost(minutes, longest)))];
}

/** The shorter of two times; null is without end. */
export function atMost(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

/** @param minutes 1 to 1440, or null */
export async function writeLockMinutes(minutes: number | null): Promise<void> {
  await db.settings.put({ id: "lock-minutes", value: lockMinutesSchema.parse(minutes) });
}
