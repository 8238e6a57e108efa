import type { SealedRow, SlotRow, VaultRow } from "./db.ts";

/** What opens a vault and its first rows, as it lies in the database: nothing of it is decrypted. */
export type FirstLook = {
  readonly vault: VaultRow;
  readonly slots: readonly SlotRow[];
  readonly index: readonly SealedRow[];
  /** Some of them where there are many. */
  readonly entries: readonly SealedRow[];
};

/** The structure of the database that is read here: of db.ts, which says it last. */
export const LOOKED_AT_VERSION = 3;
/** Dexie stores its versions times ten. */
const STORED_VERSION = LOOKED_AT_VERSION * 10;
/** So many entries have room in one part of the index, and are read in a millisecond. */
const MOST_ENTRIES = 128;

/**
 * Reads the vault with nothing but the browser's own IndexedDB, in one transaction: this is what a page does while its
 * scripts are still being loaded. It changes nothing, and makes no database where there is none.
 *
 * @returns null where there is no vault, or the database can't be read or is of another version: db.ts says which
 */
export async function lookFirst(): Promise<FirstLook | null> {
  const database = await openDatabase();
  if (database === null) return null;
  try {
    return database.version === STORED_VERSION ? await readFirst(database) : null;
  } catch {
    return null;
  } finally {
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const request = indexedDB.open("countersign");
    // There was none. The one that is being made goes with the transaction.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => {
      const database = request.result;
      // Another page of a newer version waits for this one.
      database.onversionchange = () => database.close();
      resolve(database);
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(null);
    };
  });
}

function readFirst(database: IDBDatabase): Promise<FirstLook | null> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(["vault", "slots", "index", "entries"]);
    const vault: IDBRequest<VaultRow | undefined> = transaction.objectStore("vault").get("vault");
    const slots: IDBRequest<SlotRow[]> = transaction.objectStore("slots").getAll();
    const index: IDBRequest<SealedRow[]> = transaction.objectStore("index").getAll();
    const entries: IDBRequest<SealedRow[]> = transaction.objectStore("entries").getAll(null, MOST_ENTRIES);
    // The last one's answer is the moment at which all are there; the end of the transaction comes later.
    entries.onsuccess = () =>
      resolve(
        vault.result === undefined
          ? null
          : { vault: vault.result, slots: slots.result, index: index.result, entries: entries.result },
      );
    transaction.onabort = () => reject(transaction.error);
  });
}

const LEFT = Symbol.for("countersign.first-look");
type Leaving = { [LEFT]?: Promise<FirstLook | null> };

/** Leaves a look for the page whose scripts come after it. */
export function leaveFirstLook(look: Promise<FirstLook | null>): void {
  (globalThis as Leaving)[LEFT] = look;
}

/** The look that was left, once. */
export function takeFirstLook(): Promise<FirstLook | null> {
  const look = (globalThis as Leaving)[LEFT] ?? Promise.resolve(null);
  delete (globalThis as Leaving)[LEFT];
  return look;
}
