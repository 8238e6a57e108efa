import type { SealedRow, SlotRow, VaultRow } from "./db.ts";

/** What opens a vault and its first rows, as it lies in the database: nothing of it is decrypted. */
export type FirstLook = {
  readonly vault: VaultRow;
  readonly slots: readonly SlotRow[];
  readonly index: readonly SealedRow[];
  /**
   * Entries by their ids, undefined where there is none: as they were at the same moment where there are few, and else as
   * they are now. Null where they can't be read.
   */
  entries(ids: readonly string[]): Promise<readonly (SealedRow | undefined)[] | null>;
};

/** The structure of the database that is read here: of db.ts, which says it last. */
export const LOOKED_AT_VERSION = 3;
/** Dexie stores its versions times ten. */
const STORED_VERSION = LOOKED_AT_VERSION * 10;

/**
 * Reads the vault with nothing but the browser's own IndexedDB, in one transaction: this is what a page does while its
 * scripts are still being loaded. It changes nothing, makes no database where there is none, and is in nobody's way who
 * changes the structure of one.
 *
 * @returns null where there is no vault, or the database can't be read or is of another version: db.ts says which
 */
export async function lookFirst(): Promise<FirstLook | null> {
  const database = await openDatabase();
  if (database?.version === STORED_VERSION) {
    const look = await readFirst(database).catch(() => null);
    if (look !== null) return look;
  }
  database?.close();
  return null;
}

function openDatabase(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const request = indexedDB.open("countersign");
    // There was none. The one that is being made goes with the transaction.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      resolve(database);
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(null);
    };
  });
}

async function readFirst(database: IDBDatabase): Promise<FirstLook | null> {
  const transaction = database.transaction(["vault", "slots", "index", "entries"]);
  const store = (name: string) => transaction.objectStore(name);
  const [vault, slots, [index, entries]] = await Promise.all([
    answerOf<VaultRow | undefined>(store("vault").get("vault")),
    answerOf<SlotRow[]>(store("slots").getAll()),
    answerOf<SealedRow[]>(store("index").getAll()).then(async (parts) => {
      // One part of the index is of so few entries that reading them all takes no longer than asking for some later.
      const isSmall = parts.length === 1;
      return [parts, isSmall ? await answerOf<SealedRow[]>(store("entries").getAll()) : null] as const;
    }),
  ]);
  if (vault === undefined) return null;
  if (entries === null)
    return { vault, slots, index, entries: (ids) => readLater(database, ids).catch(() => null) };
  database.close();
  const byId = new Map(entries.map((row) => [row.id, row]));
  return { vault, slots, index, entries: async (ids) => ids.map((id) => byId.get(id)) };
}

async function readLater(
  database: IDBDatabase,
  ids: readonly string[],
): Promise<readonly (SealedRow | undefined)[]> {
  try {
    const entries = database.transaction(["entries"]).objectStore("entries");
    return await Promise.all(ids.map((id) => answerOf<SealedRow | undefined>(entries.get(id))));
  } finally {
    database.close();
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
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
