/** An event of the extension API, which a test can fire. Listeners run in the order they were added. */
export type FakeEvent<Args extends unknown[]> = {
  addListener(listener: (...args: Args) => unknown): void;
  removeListener(listener: (...args: Args) => unknown): void;
  hasListener(listener: (...args: Args) => unknown): boolean;
  hasListeners(): boolean;
  /** Calls every listener and waits for those that return a promise; gives what they returned. */
  fire(...args: Args): Promise<unknown[]>;
};

/** Makes an event without listeners. */
export function fakeEvent<Args extends unknown[]>(): FakeEvent<Args> {
  const listeners = new Set<(...args: Args) => unknown>();
  return {
    addListener: (listener) => void listeners.add(listener),
    removeListener: (listener) => void listeners.delete(listener),
    hasListener: (listener) => listeners.has(listener),
    hasListeners: () => listeners.size > 0,
    fire: (...args) => Promise.all([...listeners].map((listener) => listener(...args))),
  };
}
