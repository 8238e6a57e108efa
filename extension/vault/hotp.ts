import { codeAt } from "../../shared/otp/code.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Change, commit } from "./commit.ts";
import type { ReadRefusal } from "./entries.ts";
import { entryOf, type StoredRow } from "./stored-row.ts";
import { VaultLockedError } from "./vault-locked.ts";

export type HotpCode = {
  readonly code: string;
  /** The counter this code was made from. */
  readonly counter: number;
};
export type HotpRefusal = ReadRefusal | "not-hotp" | "bad-secret" | "counter-exhausted";

/** How many presses are remembered. One that is asked about again is seconds old, and few happen at once. */
const REMEMBERED_PRESSES = 8;

/**
 * The next code of a hotp entry (RFC 4226). The counter is stored before the code is returned: whoever dies in between
 * loses one code, and none is ever given twice.
 *
 * @param pressId made anew for each press of the person; the same one gives the same code again, never a second step
 */
export async function advanceHotp(id: string, pressId: string): Promise<Result<HotpCode, HotpRefusal>> {
  try {
    return await commit(async (view): Promise<Change<Result<HotpCode, HotpRefusal>>> => {
      const row = (await view.open([id])).get(id);
      if (row === undefined) return { result: err("not-found") };
      if (!row.ok) return { result: row };
      const stepped = step(row.value, pressId);
      if (!stepped.ok) return { result: stepped };
      const { code, row: next } = stepped.value;
      return next === null ? { result: ok(code) } : { result: ok(code), rows: new Map([[id, next]]) };
    });
  } catch (error) {
    if (error instanceof VaultLockedError) return err("locked");
    throw error;
  }
}

/**
 * Has a press get the code of a counter that was given out to it, and the entry go on behind that. A press that has its
 * counter keeps it. Nothing happens to an entry that counts nothing.
 */
export function reservePress(id: string, pressId: string, counter: number): Promise<void> {
  return commit(async (view): Promise<Change<void>> => {
    const row = (await view.open([id])).get(id);
    const entry = row?.ok ? entryOf(row.value) : null;
    if (!row?.ok || !entry?.ok || entry.value.counter === null) return { result: undefined };
    if (row.value.presses?.some((press) => press.id === pressId)) return { result: undefined };
    const next = Math.max(entry.value.counter, counter + 1);
    return {
      result: undefined,
      rows: new Map([[id, withPress(row.value, entry.value, { pressId, counter, next })]]),
    };
  });
}

/** Whether a press has its counter already. */
export async function hasPress(id: string, pressId: string): Promise<boolean> {
  return commit(async (view): Promise<Change<boolean>> => {
    const row = (await view.open([id])).get(id);
    return { result: row?.ok === true && row.value.presses?.some((press) => press.id === pressId) === true };
  });
}

/** @returns the code, and the row to store; null where the press had its code already */
function step(
  row: StoredRow,
  pressId: string,
): Result<{ code: HotpCode; row: StoredRow | null }, HotpRefusal> {
  const entry = entryOf(row);
  if (!entry.ok) return entry;
  if (entry.value.type !== "hotp" || entry.value.counter === null) return err("not-hotp");
  const presses = row.presses ?? [];
  const again = presses.find((press) => press.id === pressId);
  const counter = again?.counter ?? entry.value.counter;
  const code = codeAt({ ...entry.value, counter }, 0);
  if (!code.ok) return err("bad-secret");
  if (again !== undefined) return ok({ code: { code: code.value, counter }, row: null });
  if (!Number.isSafeInteger(counter + 1)) return err("counter-exhausted");
  const next = withPress(row, entry.value, { pressId, counter, next: counter + 1 });
  return ok({ code: { code: code.value, counter }, row: next });
}

function withPress(
  row: StoredRow,
  entry: Entry,
  { pressId, counter, next }: { readonly pressId: string; readonly counter: number; readonly next: number },
): StoredRow {
  const presses = [...(row.presses ?? []), { id: pressId, counter }].slice(-REMEMBERED_PRESSES);
  return { ...row, entry: { ...entry, counter: next }, presses };
}
