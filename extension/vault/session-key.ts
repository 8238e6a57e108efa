import * as z from "zod/mini";
import { sessionItem } from "../platform/session-storage.ts";
import { LOCK_REASONS } from "./lock-reason.ts";

const time = z.number();

/** The unlocked vault key, as base64 text. Only unlocking writes it: nothing that moves a deadline can bring it back. */
export const unlockedKey = sessionItem(
  "vault-key",
  z.object({ key: z.string(), keyId: z.string(), unlockedAt: time }),
);

/** When the key above must be forgotten. */
export const lockDeadline = sessionItem(
  "vault-deadline",
  z.object({
    /** The latest time at which the person was seen; a clock that stands before it was moved back. */
    seenAt: time,
    /** null: not before the browser closes. */
    deadline: z.nullable(time),
  }),
);

/** Why and when the vault was locked. Absent after a restart of the browser. */
export const lockNote = sessionItem(
  "vault-locked",
  z.object({ reason: z.enum(LOCK_REASONS), lockedAt: time }),
);
