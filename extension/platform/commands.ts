import { browser } from "./browser.ts";

/** A keyboard command of the browser's, as it is set now. */
export interface BrowserCommand {
  readonly name: string;
  readonly description: string;
  /** As the browser writes it, e.g. "Alt+Shift+S"; null where the person or another extension took it away. */
  readonly shortcut: string | null;
}

/** The commands of the manifest with the keys that they really have. */
export async function readCommands(): Promise<BrowserCommand[]> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name = "", description = "", shortcut = "" }) => ({
    name,
    description,
    shortcut: shortcut === "" ? null : shortcut,
  }));
}

/** Opens the browser's own page on which commands get other keys. */
export async function openCommandSettings(): Promise<void> {
  // Firefox has a call for it, which webextension-polyfill's types don't know yet; the others only an address.
  const commands = browser.commands as { openShortcutSettings?: () => Promise<void> };
  if (commands.openShortcutSettings) await commands.openShortcutSettings();
  else await browser.tabs.create({ url: "chrome://extensions/shortcuts" });
}
