import { type FakeEvent, fakeEvent } from "./fake-event.ts";

type Change = { oldValue?: unknown; newValue?: unknown };
type Changes = Record<string, Change>;

export type FakeStorageArea = {
  readonly onChanged: FakeEvent<[Changes]>;
  get(keys?: null | string | string[] | Record<string, unknown>): Promise<Record<string, unknown>>;
  getKeys(): Promise<string[]>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
  clear(): Promise<void>;
  getBytesInUse(keys?: null | string | string[]): Promise<number>;
  setAccessLevel(options: { accessLevel: string }): Promise<void>;
  /** For tests: everything that is stored, as the JSON text it would be kept as. */
  dump(): Record<string, string>;
  /** For tests: forgets everything without an event. */
  forget(): void;
};

/**
 * A storage area in memory. Values pass through JSON as in the real one: a Uint8Array comes back as a plain object, a
 * key set to undefined is not stored. The change event comes after the promise's own turn, and only for values that
 * differ.
 */
export function fakeStorageArea(onAnyChange: (changes: Changes) => void): FakeStorageArea {
  const stored = new Map<string, string>();
  const onChanged = fakeEvent<[Changes]>();

  const read = (key: string): unknown => {
    const json = stored.get(key);
    return json === undefined ? undefined : JSON.parse(json);
  };
  const change = (key: string, json: string | undefined, changes: Changes): void => {
    if (stored.get(key) === json) return;
    const entry: Change = {};
    if (stored.has(key)) entry.oldValue = read(key);
    if (json === undefined) stored.delete(key);
    else {
      stored.set(key, json);
      entry.newValue = read(key);
    }
    changes[key] = entry;
  };
  const announce = (changes: Changes): void => {
    if (Object.keys(changes).length === 0) return;
    setTimeout(() => {
      void onChanged.fire(changes);
      onAnyChange(changes);
    });
  };
  const removeKeys = (keys: Iterable<string>): void => {
    const changes: Changes = {};
    for (const key of [...keys]) change(key, undefined, changes);
    announce(changes);
  };

  return {
    onChanged,
    async get(keys) {
      const defaults = typeof keys === "object" && keys !== null && !Array.isArray(keys) ? keys : {};
      const wanted = keys == null ? [...stored.keys()] : typeof keys === "string" ? [keys] : wantedKeys(keys);
      return Object.fromEntries(
        wanted.flatMap((key): [string, unknown][] => {
          if (stored.has(key)) return [[key, read(key)]];
          return key in defaults ? [[key, defaults[key]]] : [];
        }),
      );
    },
    getKeys: async () => [...stored.keys()],
    async set(items) {
      const changes: Changes = {};
      for (const [key, value] of Object.entries(items)) {
        const json: string | undefined = JSON.stringify(value);
        if (json !== undefined) change(key, json, changes);
      }
      announce(changes);
    },
    remove: async (keys) => removeKeys(typeof keys === "string" ? [keys] : keys),
    clear: async () => removeKeys(stored.keys()),
    async getBytesInUse(keys) {
      const wanted = keys == null ? [...stored.keys()] : typeof keys === "string" ? [keys] : keys;
      return wanted.reduce(
        (sum, key) => sum + (stored.has(key) ? key.length + (stored.get(key)?.length ?? 0) : 0),
        0,
      );
    },
    setAccessLevel: async () => {},
    dump: () => Object.fromEntries(stored),
    forget: () => stored.clear(),
  };
}

function wantedKeys(keys: string[] | Record<string, unknown>): string[] {
  return Array.isArray(keys) ? keys : Object.keys(keys);
}
