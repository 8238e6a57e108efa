export const LOCK_REASONS = ["restart", "idle-timeout", "screen-locked", "by-hand", "clock-moved"] as const;
export type LockReason = (typeof LOCK_REASONS)[number];
