import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { appOfPreferences } from "./parts/android-preferences.ts";

/** The preferences of an Android app that is not known to hold codes: recognised, so that it can be said. */
export const androidPreferencesFormat = {
  id: "android-preferences",
  recognise: (file) => appOfPreferences(file) === "unknown",
  read: async () => err("android-preferences"),
  write: null,
} as const satisfies Format;
