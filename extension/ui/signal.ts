import { useEffect, useState } from "preact/hooks";

/** A value that components can watch, for the few things that belong to the whole page. */
export interface Signal<T> {
  get(): T;
  set(value: T): void;
  /** Calls back after every change. @returns stops watching */
  watch(onChange: (value: T) => void): () => void;
}

/** Makes a signal with its first value. */
export function signal<T>(initial: T): Signal<T> {
  let value = initial;
  const watchers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const watcher of watchers) watcher(next);
    },
    watch(onChange) {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}

/** The value of a signal as a hook: the component draws again when it changes. */
export function useSignal<T>(watched: Signal<T>): T {
  const [seen, setSeen] = useState(() => watched.get());
  useEffect(() => {
    setSeen(() => watched.get());
    return watched.watch((next) => setSeen(() => next));
  }, [watched]);
  return seen;
}
