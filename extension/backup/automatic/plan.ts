import * as z from "zod/mini";
import { readBackupRow, writeBackupRow } from "../../vault/backup-rows.ts";
import { requireVaultKey, type VaultKey } from "../../vault/vault-key.ts";
import type { AgeLock } from "../age-file.ts";

export const INTERVALS = ["day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** How many files there may be. */
export const KEEP_CHOICES = [1, 3, 5, 10, 20] as const;

/** Where they are put: among the browser's downloads, or in a folder that was chosen. */
export type PlaceKind = "downloads" | "folder";

const lockSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("passphrase"), passphrase: z.string().check(z.minLength(1)) }),
  z.object({ kind: z.literal("recipient"), recipient: z.string() }),
]);

const planSchema = z.object({
  version: z.literal(1),
  isOn: z.boolean(),
  lock: lockSchema,
  /** Names the lock: another one as soon as the files are encrypted to something else. */
  lockId: z.string(),
  /** Since when, in milliseconds since 1970 UTC. */
  lockSetAt: z.number(),
  place: z.enum(["downloads", "folder"]),
  /** At most one in so long, and only after something has changed. */
  every: z.enum(INTERVALS),
  keep: z.int().check(z.gte(1), z.lte(100)),
});

/** How backups are made by themselves. */
export type Plan = Omit<z.infer<typeof planSchema>, "version">;

/** What a person chooses of it beside the lock. */
export type PlanChoices = Pick<Plan, "place" | "every" | "keep">;

export const DEFAULT_CHOICES: PlanChoices = { place: "downloads", every: "day", keep: 5 };

/** @returns null: never set up, or set up by a version that this one can't read */
export async function readPlan(key: VaultKey): Promise<Plan | null> {
  const found = await readBackupRow(key, "plan", planSchema);
  if (found === null) return null;
  const { version: _, ...plan } = found.value;
  return plan;
}

/** Switches it on; with another lock, where files that are there already keep theirs. Throws VaultLockedError. */
export async function switchOn(choices: PlanChoices, lock: AgeLock, now: number = Date.now()): Promise<void> {
  const key = await requireVaultKey();
  await writePlan(key, { ...choices, isOn: true, lock, lockId: crypto.randomUUID(), lockSetAt: now });
}

/** Changes what is set up. Throws VaultLockedError, and where nothing is set up. */
export async function changePlan(patch: Partial<PlanChoices & { isOn: boolean }>): Promise<void> {
  const key = await requireVaultKey();
  await writePlan(key, { ...(await requirePlan(key)), ...patch });
}

/** Has the files that are made from now on encrypted to something else. Throws VaultLockedError. */
export async function changeLock(lock: AgeLock, now: number = Date.now()): Promise<void> {
  const key = await requireVaultKey();
  await writePlan(key, { ...(await requirePlan(key)), lock, lockId: crypto.randomUUID(), lockSetAt: now });
}

async function requirePlan(key: VaultKey): Promise<Plan> {
  const plan = await readPlan(key);
  if (plan === null) throw Error("there is no plan to change");
  return plan;
}

function writePlan(key: VaultKey, plan: Plan): Promise<void> {
  return writeBackupRow(key, "plan", { version: 1, ...plan });
}
