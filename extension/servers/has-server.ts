import { liveQuery } from "dexie";
import { db } from "../vault/db.ts";

/** Whether this device is connected to any server. */
export async function hasServer(): Promise<boolean> {
  return (await db.servers.count()) > 0;
}

/**
 * Calls back at once and whenever it changes with whether this device is connected to any server. It knows nothing more, so
 * that a popup need not load what speaks to servers.
 *
 * @returns stops watching
 */
export function watchHasServer(onAnswer: (hasServer: boolean) => void): () => void {
  const rows = liveQuery(() => db.servers.count()).subscribe({
    next: (count) => onAnswer(count > 0),
    error: () => {},
  });
  return () => rows.unsubscribe();
}
