import type { JSX } from "preact";

/** Below this many seconds a code is about to change: the row then says so in colour and with the next code. */
export const ENDING_SECONDS = 5;

/**
 * The quiet ring that runs out with a code: CSS draws it, one step with each second that the page is told. No animation,
 * because a browser makes a frame for it sixty times a second however few its steps are: 6 % of a processor for nine
 * rings that only stand there.
 *
 * @param period seconds
 * @param secondsLeft seconds until the code changes, in (0, period]
 */
export function Ring({ period, secondsLeft }: { period: number; secondsLeft: number }): JSX.Element {
  return (
    <svg
      class={`ring ${secondsLeft <= ENDING_SECONDS ? "ending" : ""}`}
      viewBox="0 0 18 18"
      aria-hidden="true"
      style={{ "--left": (Math.ceil(secondsLeft) / Math.ceil(period)).toFixed(3) }}
    >
      <circle cx="9" cy="9" r="7.5" />
      <circle class="left" cx="9" cy="9" r="7.5" />
    </svg>
  );
}
