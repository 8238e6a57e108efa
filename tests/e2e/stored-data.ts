import type { Page } from "playwright-core";

/** What the tests know of the extension's API in its own pages and worker; they are compiled without its types. */
type Areas = Record<"local" | "session", { get(): Promise<Record<string, unknown>> }>;

/**
 * Everything in the extension's databases, as text: rows by table, bytes in hexadecimal, keys by what they may be used
 * for. Two equal dumps mean that not a byte was changed.
 *
 * @param page a page of the extension
 */
export function dumpDatabases(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const hex = (bytes: Uint8Array) =>
      Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const asText = (_: string, value: unknown): unknown => {
      if (value instanceof Uint8Array) return `bytes:${hex(value)}`;
      if (value instanceof ArrayBuffer) return `bytes:${hex(new Uint8Array(value))}`;
      if (value instanceof CryptoKey)
        return `key:${value.algorithm.name}:${value.extractable}:${value.usages}`;
      return value;
    };
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const dump: Record<string, unknown> = {};
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name));
      for (const table of db.objectStoreNames) {
        const store = db.transaction(table).objectStore(table);
        const [keys, rows] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
        dump[`${name}/${table}`] = { keys, rows };
      }
      db.close();
    }
    return JSON.stringify(dump, asText, 1);
  });
}

/** Everything in storage.local or storage.session. @param page a page of the extension */
export function dumpStorage(page: Page, area: "local" | "session"): Promise<Record<string, unknown>> {
  return page.evaluate(
    (name) => (globalThis as unknown as { chrome: { storage: Areas } }).chrome.storage[name].get(),
    area,
  );
}
