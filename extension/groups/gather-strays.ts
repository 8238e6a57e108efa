import { bytesToHex } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { MOST_COUNTER_STEPS } from "../../shared/group/counter.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { type Change, commit, type VaultView } from "../vault/commit.ts";
import { db } from "../vault/db.ts";
import { readEntries, readIndex } from "../vault/entries.ts";
import { type Uses, usesOf } from "../vault/index-row.ts";
import { entryOf, type StoredRow } from "../vault/stored-row.ts";
import { readPersonalGroups } from "./personal-group.ts";

/** An entry in a personal group that is not the one used, and its copy in the one that is. */
type Stray = { readonly g: string; readonly id: string; readonly rev: number; readonly copy: string };

/** What is under way: the group that is used, and what is copied into it. */
export type Strays = { readonly used: string; readonly strays: readonly Stray[] };

/** A record that counts its codes, and the one that it goes on as. */
export type Move = { readonly g: string; readonly record: string; readonly to: Omit<Move, "to"> };

/**
 * Has the server count a record and its copy as one from then on.
 *
 * @returns the last counter that it gave out for either, null where none was; "not-moved" where that can't be had now
 */
export type MoveCounter = (move: Move) => Promise<number | null | "not-moved">;

/**
 * Where two devices each made a personal group, copies what is in the other one into the one that is used. Each device may
 * do so at the same time: a copy's id follows from what is copied, so that all make the same one. Nothing is taken away
 * before the copies are with the server (dropCopied), and what was changed meanwhile is copied as well.
 *
 * What counts its codes is copied once the server counts both as one: another device may be giving codes of the former. It
 * stays where it is until then.
 *
 * @param which "counted": only what counts its codes, before anything is pulled. Another device may have put it together,
 *   and what comes then takes the former away, with the counters that this device alone has used
 * @returns null where there is nothing to be put together
 */
export async function copyStrays(
  serverId: string,
  moveCounter: MoveCounter,
  which: "all" | "counted" = "all",
): Promise<Strays | null> {
  const [used, ...spare] = await readPersonalGroups(serverId);
  if (used === undefined || spare.length === 0) return null;
  const moved = await moveCounters(used, spare, moveCounter);
  const strays = await commit(async (view): Promise<Change<Stray[]>> => {
    const ids = view.index.flatMap(({ id, group = "" }) => (spare.includes(group) ? [id] : []));
    const [opened, revs] = await Promise.all([view.open(ids), view.revs(ids)]);
    const known = new Set(view.index.map(({ id }) => id));
    const rows = new Map<string, StoredRow | null>();
    const uses = new Map<string, Uses>();
    const found: Stray[] = [];
    for (const id of ids) {
      const row = opened.get(id);
      const entry = row?.ok ? entryOf(row.value) : null;
      // What can't be read stays where it is.
      if (!row?.ok || !entry?.ok || row.value.group === undefined) continue;
      if (which === "counted" && entry.value.counter === null) continue;
      const { group: g, presses: _, ...own } = row.value;
      const copy = await copyIdOf(used, g, id, entry.value);
      const counter = counterAfter(entry.value, moved.get(copy));
      if (counter === "not-moved") continue;
      found.push({ g, id, rev: revs.get(id) ?? -1, copy });
      if (known.has(copy)) {
        const there = (await view.open([copy])).get(copy);
        const stands = there?.ok ? entryOf(there.value) : null;
        // A counter that this device alone knows of goes on with the copy.
        if (there?.ok && stands?.ok && counter !== null && (stands.value.counter ?? 0) < counter)
          rows.set(copy, { ...there.value, entry: { ...stands.value, counter } });
        continue;
      }
      if ((await db.recordHeads.get([used, copy])) !== undefined) continue;
      rows.set(copy, { ...own, group: used, entry: { ...entry.value, counter } });
      const index = view.index.find((each) => each.id === id);
      if (index) uses.set(copy, usesOf(index));
    }
    return { result: found, rows, uses };
  });
  return strays.length === 0 ? null : { used, strays };
}

/** What the server says of the counters of all that count, by the ids of their copies. */
async function moveCounters(used: string, spare: readonly string[], moveCounter: MoveCounter) {
  const strays = (await readIndex()).filter(({ group }) => group !== undefined && spare.includes(group));
  const entries = await readEntries(strays.map(({ id }) => id));
  const moved = new Map<string, Awaited<ReturnType<MoveCounter>>>();
  for (const { id, group: g = "" } of strays) {
    const entry = entries.get(id);
    if (!entry?.ok || entry.value.counter === null) continue;
    const copy = await copyIdOf(used, g, id, entry.value);
    moved.set(copy, await moveCounter({ g, record: id, to: { g: used, record: copy } }));
  }
  return moved;
}

/**
 * The next counter of a copy, null where it counts nothing. A server that names one so far ahead that the service would
 * refuse its code is not believed.
 *
 * @param last undefined where the server was not asked for this one
 */
function counterAfter(
  { counter }: Entry,
  last: Awaited<ReturnType<MoveCounter>> | undefined,
): number | null | "not-moved" {
  if (counter === null) return null;
  if (last === undefined || last === "not-moved") return "not-moved";
  if (last === null) return counter;
  return last + 1 - counter > MOST_COUNTER_STEPS ? "not-moved" : Math.max(counter, last + 1);
}

/** Takes away what was copied, where the copy is in the log and the entry still is what was copied. */
export function dropCopied({ used, strays }: Strays): Promise<void> {
  return commit(async (view): Promise<Change<void>> => {
    const revs = await view.revs(strays.map(({ id }) => id));
    const rows = new Map<string, null>();
    for (const { id, rev, copy } of strays)
      if (revs.get(id) === rev && (await isThere(view, used, copy))) rows.set(id, null);
    return { result: undefined, rows };
  });
}

/** Whether a copy is in the log and on this device, or was deleted in the log: a server may withhold the one that it names. */
async function isThere(view: VaultView, used: string, copy: string): Promise<boolean> {
  const head = await db.recordHeads.get([used, copy]);
  if (head === undefined) return false;
  return head.h === null || view.index.some(({ id }) => id === copy);
}

/** A UUID in the form of a random one (RFC 9562 section 5.4). The counter is left out: each device has its own. */
async function copyIdOf(used: string, g: string, id: string, entry: Entry): Promise<string> {
  const said = JSON.stringify({ ...entry, counter: null });
  const bytes = (await sha256(CTX("personal-copy", used, g, id, said))).slice(0, 16);
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
