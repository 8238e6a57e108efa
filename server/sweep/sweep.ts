import type { Database } from "../db/open.ts";
import type { Log } from "../log.ts";
import { sweepCiphertexts } from "./ciphertexts.ts";
import { sweepKeys } from "./keys.ts";
import { sweepRows } from "./rows.ts";

const EVERY_MS = 6 * 60 * 60_000;

/**
 * Drops what has had its time: in small transactions, so that nobody waits long for one. It may run beside appends, and in
 * several processes at once.
 *
 * @param now milliseconds since 1970 UTC
 * @returns how much of each was dropped
 */
export async function sweep(
  db: Database,
  now: number,
  signal: AbortSignal = new AbortController().signal,
): Promise<Record<string, number>> {
  const counts = await sweepRows(db, now, signal);
  let [ciphertexts, keys] = [0, 0];
  for (const { g } of await db.selectFrom("group_state").select("g").execute()) {
    if (signal.aborted) break;
    ciphertexts += await sweepCiphertexts(db, g, now, signal);
    keys += await sweepKeys(db, g, now);
  }
  return { ...counts, ...(ciphertexts > 0 ? { ciphertexts } : {}), ...(keys > 0 ? { keys } : {}) };
}

/**
 * Sweeps now, and every six hours from now on.
 *
 * @returns ends it, once the transaction that is under way is done
 */
export function keepSweeping(db: Database, log: Log): () => Promise<void> {
  const stopping = new AbortController();
  const run = async () => {
    try {
      const counts = await sweep(db, Date.now(), stopping.signal);
      if (Object.keys(counts).length > 0) log("swept", counts);
    } catch (error) {
      // The next time will do; nothing depends on it.
      log("failed", { path: "sweep", error: String(error) });
    }
  };
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await running;
  };
}
