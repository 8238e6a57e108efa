import { liveQuery } from "dexie";
import { openConnection } from "../servers/connection.ts";
import { watchHeads } from "../servers/watch-heads.ts";
import { db } from "../vault/db.ts";

/** A line that broke for good is tried anew after so long. */
const RETRY_MS = 30_000;

/**
 * Listens to every server that this device is signed in at, and to those that come.
 *
 * @param onNews a server says that a group has another head
 * @returns stops listening
 */
export function holdLines(onNews: () => void): () => void {
  const lines = new Map<string, () => void>();
  const retries = new Set<ReturnType<typeof setTimeout>>();
  let stopped = false;
  const hold = async (ids: readonly string[]) => {
    for (const [id, close] of lines) {
      if (ids.includes(id)) continue;
      close();
      lines.delete(id);
    }
    for (const id of ids) {
      if (lines.has(id)) continue;
      const connection = await openConnection(id);
      if (stopped || !connection.ok || lines.has(id)) continue;
      const { origin, token } = connection.value;
      const onEnd = () => {
        lines.delete(id);
        const retry = setTimeout(() => {
          retries.delete(retry);
          void hold(ids);
        }, RETRY_MS);
        retries.add(retry);
      };
      lines.set(id, watchHeads({ origin, token }, onNews, onEnd));
    }
  };
  // Whole rows: whoever has signed in again has another token.
  const servers = liveQuery(() => db.servers.toArray()).subscribe({
    next: (rows) => void hold(rows.map(({ id }) => id)),
    error: () => {},
  });
  return () => {
    stopped = true;
    servers.unsubscribe();
    for (const retry of retries) clearTimeout(retry);
    for (const close of lines.values()) close();
  };
}
