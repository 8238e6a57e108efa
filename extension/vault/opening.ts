import type { Entry } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";
import { db, type SealedRow, type SlotRow, type VaultRow } from "./db.ts";
import { openEntries, type ReadRefusal, readEntries, readIndex } from "./entries.ts";
import type { IndexRow } from "./index-row.ts";
import { byOrder } from "./order-between.ts";
import { type VaultState, vaultState } from "./state.ts";
import { openLatestIndex } from "./stored-index.ts";
import { chooseSlot, openProtectedKey, readUnlocked } from "./vault-key.ts";

/** What a page shows first. */
export type Opening = {
  readonly state: VaultState;
  /** By order, trash included; none unless the vault is unlocked. */
  readonly rows: readonly IndexRow[];
  /** Opens some entries. Every id asked for has an answer. */
  entries(ids: readonly string[]): Promise<Map<string, Result<Entry, ReadRefusal>>>;
};

/**
 * The state of the vault and its rows as they are now, in one look at the database and one at storage.session: asking
 * for state, key, index and entries one after the other is what made opening slow.
 *
 * That the index speaks of all entries there are, and of no others, is left for watchIndex to see: until then a row
 * without an entry reads "not-found". Whatever else is not as it should be is read step by step, and throws what
 * readIndex throws.
 */
export async function readOpening(now: number = Date.now()): Promise<Opening> {
  // A database that can't be read is one of the things that are read step by step.
  const [found, unlocked] = await Promise.all([readFound().catch(() => null), readUnlocked(now)]);
  const key = found && (await openProtectedKey(found, unlocked));
  const rows = found && key?.ok ? await openLatestIndex(key.value, found.vault, found.index) : null;
  if (!key?.ok || rows === null) return readStepByStep(now);
  const protection = found?.slot?.id === "device" ? "device" : "passphrase";
  const lockAt = protection === "device" ? null : (unlocked?.lockAt ?? null);
  return {
    state: { kind: "unlocked", protection, lockAt },
    rows: [...rows].sort(byOrder),
    entries: (ids) => openEntries(key.value, ids),
  };
}

async function readStepByStep(now: number): Promise<Opening> {
  const state = await vaultState(now);
  const rows = state.kind === "unlocked" ? await readIndex() : [];
  return { state, rows, entries: readEntries };
}

type Found = {
  readonly vault: VaultRow;
  readonly slot: SlotRow | null;
  readonly index: readonly SealedRow[];
};

async function readFound(): Promise<Found | null> {
  const [vault, slots, index] = await db.transaction("r", [db.vault, db.slots, db.index], () =>
    Promise.all([db.vault.get("vault"), db.slots.toArray(), db.index.toArray()]),
  );
  return vault === undefined ? null : { vault, slot: chooseSlot(slots), index };
}
