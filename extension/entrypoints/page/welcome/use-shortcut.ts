import { useEffect, useState } from "preact/hooks";
import { readCommands } from "../../../platform/commands.ts";

/** The key that a command of the manifest really has, e.g. "Alt+Shift+S"; null where it has none, or it is not known yet. */
export function useShortcut(command: string): string | null {
  const [shortcut, setShortcut] = useState<string | null>(null);
  useEffect(() => {
    void readCommands().then((all) =>
      setShortcut(all.find(({ name }) => name === command)?.shortcut ?? null),
    );
  }, [command]);
  return shortcut;
}
