import { browser } from "../platform/browser.ts";
import { RING, type RingAnswer, STOP } from "./protocol.ts";

/** Rings at the worker's door, from a page's script. "stop" also where the extension is gone, or has nothing to say. */
export async function ring(): Promise<RingAnswer> {
  try {
    return (await browser.runtime.sendMessage(RING)) === "keep" ? "keep" : "stop";
  } catch {
    // Reloaded, updated or removed meanwhile: this script belongs to nobody any more.
    return "stop";
  }
}

/** Calls back when the worker says that this script is to end. @param signal once aborted, nothing listens */
export function onStop(signal: AbortSignal, stop: () => void): void {
  const listener = (message: unknown, sender: { id?: string | undefined }): undefined => {
    if (message === STOP && sender.id === browser.runtime.id) stop();
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener("abort", () => browser.runtime.onMessage.removeListener(listener), { once: true });
}
