import { liveQuery } from "dexie";

/**
 * Calls back with what `read` gives, at once and whenever the rows that `query` reads change, from whichever page. Where
 * it throws, as it does while the vault is locked, nothing is said.
 *
 * @param query reads the database alone
 * @returns stops watching
 */
export function watchRows<T>(
  query: () => Promise<unknown>,
  read: () => Promise<T>,
  onRead: (value: T) => void,
): () => void {
  let stopped = false;
  let asked = 0;
  const look = async () => {
    const asking = ++asked;
    const found = await read().then(
      (value) => ({ value }),
      () => null,
    );
    // What was asked for later has been answered already.
    if (found !== null && !stopped && asking === asked) onRead(found.value);
  };
  const rows = liveQuery(query).subscribe({ next: () => void look(), error: () => {} });
  return () => {
    stopped = true;
    rows.unsubscribe();
  };
}
