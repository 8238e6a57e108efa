import { type Preferences, readPreferences } from "../preferences/preferences.ts";
import { chooseLanguage, setLanguage } from "../ui/i18n.ts";
import { loadPolicy } from "./use-policy.ts";

/**
 * Puts the person's language and theme on this document, and has ready what the organisation has set; every page of ours
 * does so before it draws.
 */
export async function startPage(): Promise<Preferences> {
  const [preferences] = await Promise.all([readPreferences(), loadPolicy()]);
  applyPreferences(preferences);
  return preferences;
}

/** Applies preferences to the document; text that is drawn already changes when it is drawn again. */
export function applyPreferences(preferences: Preferences): void {
  setLanguage(chooseLanguage(preferences.language, navigator.language));
  if (preferences.theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = preferences.theme;
}
