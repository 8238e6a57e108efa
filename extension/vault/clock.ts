import * as z from "zod/mini";
import { localItem } from "../platform/local-storage.ts";

/** How far the clock stands behind the last time it was seen, in milliseconds, and whether nobody has been told yet. */
export type ClockJump = { readonly backMs: number; readonly isNew: boolean };

/** From one step of the usual period on, a code may come out wrong. Less is the usual correction by a time server. */
export const CLOCK_JUMP_THRESHOLD_MS = 30_000;
/** For so long a jump is told again: a popup may close before it was read. */
const TOLD_FOR_MS = 60 * 60 * 1000;

/** In clear on disk, and harmless: it says when the extension was last open. */
const lastSeen = localItem(
  "last-seen",
  z.object({
    at: z.number(),
    jump: z.nullable(z.object({ backMs: z.number(), noticedAt: z.number() })),
  }),
);

/**
 * Whether the clock went back since the last use, and remembers this one. It is to be said and never to be corrected:
 * nobody but the person knows whether the clock was wrong before or is wrong now.
 */
export async function clockJump(now: number): Promise<ClockJump | null> {
  const seen = await lastSeen.get();
  const backMs = seen === null ? 0 : seen.at - now;
  const known = seen?.jump ?? null;
  const stillTold = known !== null && now >= known.noticedAt && now - known.noticedAt < TOLD_FOR_MS;
  const jump = backMs >= CLOCK_JUMP_THRESHOLD_MS ? { backMs, noticedAt: now } : stillTold ? known : null;
  await lastSeen.set({ at: now, jump });
  return jump === null ? null : { backMs: jump.backMs, isNew: jump !== known };
}
