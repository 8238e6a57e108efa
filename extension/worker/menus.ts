import { browser } from "../platform/browser.ts";
import { readPreferences } from "../preferences/preferences.ts";
import { chooseLanguage, type Language, messageIn } from "../ui/i18n.ts";

export const SCAN_MENU = "scan-qr-code";
export const FILL_MENU = "fill-code";

/** Makes the entries of the context menu anew, in the person's language. */
export async function createMenus(): Promise<void> {
  const { language } = await readPreferences();
  const chosen: Language = chooseLanguage(language, navigator.language);
  // Installing, starting and a change of language may come together, and an entry made twice is an error.
  await navigator.locks.request("countersign-menus", async () => {
    await browser.contextMenus.removeAll();
    browser.contextMenus.create({
      id: SCAN_MENU,
      title: messageIn(chosen, "menu.scan"),
      contexts: ["page", "frame", "image", "selection", "link", "video"],
    });
    browser.contextMenus.create({
      id: FILL_MENU,
      title: messageIn(chosen, "menu.fill"),
      contexts: ["editable"],
    });
  });
}
