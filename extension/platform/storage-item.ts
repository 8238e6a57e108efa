import type * as z from "zod/mini";
import { browser } from "./browser.ts";

/** One value in a storage area, checked when read. What does not fit its schema counts as absent. */
export type StorageItem<T> = {
  get(): Promise<T | null>;
  set(value: T): Promise<void>;
  remove(): Promise<void>;
  /** Calls back after each change made anywhere, with null when it is gone. @returns stops watching */
  watch(onChange: (value: T | null) => void): () => void;
};

/**
 * @param T JSON only: an area turns a Uint8Array or a CryptoKey into an empty object, so bytes are stored as base64
 */
export function storageItem<T>(
  area: "session" | "local",
  key: string,
  schema: z.ZodMiniType<T>,
): StorageItem<T> {
  const parse = (value: unknown): T | null => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : null;
  };
  return {
    async get() {
      return parse((await browser.storage[area].get(key))[key]);
    },
    async set(value) {
      await browser.storage[area].set({ [key]: value });
    },
    async remove() {
      await browser.storage[area].remove(key);
    },
    watch(onChange) {
      const listener = (changes: Record<string, { newValue?: unknown }>, changedArea: string) => {
        const change = changes[key];
        if (changedArea === area && change !== undefined) onChange(parse(change.newValue));
      };
      browser.storage.onChanged.addListener(listener);
      return () => browser.storage.onChanged.removeListener(listener);
    },
  };
}
