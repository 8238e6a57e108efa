import * as z from "zod/mini";
import { localItem } from "../platform/local-storage.ts";

/**
 * How the interface looks, sorts and goes about a code: nothing that could be guessed against, so it may stand in storage.local, where a
 * page opens without asking the vault.
 */
const preferencesSchema = z.object({
  theme: z.enum(["system", "light", "dark", "contrast-light", "contrast-dark"]),
  language: z.enum(["system", "en", "zh-CN"]),
  sortBy: z.enum(["usage", "hand"]),
  /** With a default: what an earlier version stored knows nothing of it, and is to be kept. */
  copyAfterFilling: z._default(z.boolean(), false),
});

export type Preferences = z.infer<typeof preferencesSchema>;

export const DEFAULT_PREFERENCES: Preferences = {
  theme: "system",
  language: "system",
  sortBy: "usage",
  copyAfterFilling: false,
};

const item = localItem("preferences", preferencesSchema);

/** The preferences, or the defaults where none were chosen or what is stored can't be read. */
export async function readPreferences(): Promise<Preferences> {
  return (await item.get()) ?? DEFAULT_PREFERENCES;
}

/** Changes some preferences. */
export async function changePreferences(patch: Partial<Preferences>): Promise<void> {
  await item.set({ ...(await readPreferences()), ...patch });
}

/** Calls back after every change, from whichever page. @returns stops watching */
export function watchPreferences(onChange: (preferences: Preferences) => void): () => void {
  return item.watch((preferences) => onChange(preferences ?? DEFAULT_PREFERENCES));
}
