import type { FactorActivity, ListedFactor, OfferedModule } from "../../shared/mfa/answers.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { FactorRefusal } from "./factor-refusal.ts";
import { ownFactorSession } from "./factor-session.ts";
import { type FactorLevel, listFactors, listModules, readActivity, readLevel } from "./factors.ts";

/** Everything that a server says of a person's second factors. */
export type KnownFactors = {
  /** The kinds that they may set up, in the server's sequence. */
  readonly modules: readonly OfferedModule[];
  /** The id of one of them. */
  readonly recommended: string | null;
  readonly factors: readonly ListedFactor[];
  readonly level: FactorLevel;
  /** The latest first; nothing as long as the session has to show something before it hears of it. */
  readonly activity: readonly FactorActivity[];
};

/** Reads it all at once, in the session of this device. */
export async function readFactors(serverId: string): Promise<Result<KnownFactors, FactorRefusal>> {
  const session = await ownFactorSession(serverId);
  if (!session.ok) return session;
  const [offered, factors, level, activity] = await Promise.all([
    listModules(session.value),
    listFactors(session.value),
    readLevel(session.value),
    readActivity(session.value),
  ]);
  if (!offered.ok) return offered;
  if (!factors.ok) return factors;
  if (!level.ok) return level;
  if (!activity.ok && level.value.lacks === null) return activity;
  return ok({
    ...offered.value,
    factors: factors.value,
    level: level.value,
    activity: activity.ok ? activity.value : [],
  });
}
