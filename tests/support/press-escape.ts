import { act } from "preact/test-utils";

/** Escape, pressed wherever the focus is, with everything that it draws. */
export async function pressEscape(): Promise<void> {
  const press = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
  await act(() => void (document.activeElement ?? document.body).dispatchEvent(press));
}
