import { signal, useSignal } from "./signal.ts";

/** What a screen reader is told next: outcomes such as "copied", never the ticking of a code. */
const announcement = signal("");

/** Says a sentence once to screen readers, without moving the focus. */
export function announce(sentence: string): void {
  // A repeated sentence is only read again if the text changes, hence the zero-width space.
  announcement.set(announcement.get() === sentence ? `${sentence}\u200b` : sentence);
}

/** The live region that carries announce(); one per page. */
export function Announcer() {
  const sentence = useSignal(announcement);
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}
