/** What a key or a click on a row asks for. */
export type RowCommand = "press" | "copy" | "copy-next" | "edit" | "pin" | "up" | "down" | "trash";

export type ListKey =
  | { kind: "escape" | "add" | "lock" }
  | { kind: "move"; step: number }
  | { kind: "command"; command: RowCommand };

/** The keys of the list, in one place. Ctrl+N is the browser's own, hence Alt for what is ours. */
export function listKey(event: KeyboardEvent): ListKey | null {
  // While an input method composes (Chinese, Japanese), its Enter and arrows are not ours.
  if (event.isComposing) return null;
  const onButton = event.target instanceof HTMLButtonElement;
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    switch (event.code) {
      case "KeyN":
        return { kind: "add" };
      case "KeyL":
        return { kind: "lock" };
      case "KeyE":
        return { kind: "command", command: "edit" };
      case "KeyP":
        return { kind: "command", command: "pin" };
      case "ArrowUp":
        return { kind: "command", command: "up" };
      case "ArrowDown":
        return { kind: "command", command: "down" };
      default:
        return null;
    }
  }
  switch (event.key) {
    case "Escape":
      return { kind: "escape" };
    case "ArrowDown":
      return { kind: "move", step: 1 };
    case "ArrowUp":
      return { kind: "move", step: -1 };
    case "PageDown":
      return { kind: "move", step: 8 };
    case "PageUp":
      return { kind: "move", step: -8 };
    case "Enter":
      return onButton ? null : { kind: "command", command: "press" };
    case "c":
    case "C": {
      const someText = event.target instanceof HTMLInputElement && hasSelection(event.target);
      return (event.ctrlKey || event.metaKey) && !someText ? { kind: "command", command: "copy" } : null;
    }
    default:
      return null;
  }
}

function hasSelection(input: HTMLInputElement): boolean {
  return input.selectionStart !== input.selectionEnd;
}
