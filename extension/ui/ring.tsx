import type { JSX } from "preact";
import { useState } from "preact/hooks";

/** Below this many seconds a code is about to change: the row then says so in colour and with the next code. */
export const ENDING_SECONDS = 5;

/**
 * The quiet ring that runs out with a code. CSS draws it, one step a second, from where it stood when it was mounted:
 * give it the time step as `key`, so that each new code mounts a new ring and the two can't drift apart.
 *
 * @param period seconds
 * @param secondsLeft seconds until the code changes, in (0, period]
 */
export function Ring({ period, secondsLeft }: { period: number; secondsLeft: number }): JSX.Element {
  const [elapsed] = useState(period - secondsLeft);
  return (
    <svg
      class={`ring ${secondsLeft <= ENDING_SECONDS ? "ending" : ""}`}
      viewBox="0 0 18 18"
      aria-hidden="true"
      style={{
        "--period": `${period}s`,
        "--steps": String(Math.min(Math.max(1, Math.round(period)), 60)),
        "--elapsed": `${-elapsed}s`,
      }}
    >
      <circle cx="9" cy="9" r="7.5" />
      <circle class="left" cx="9" cy="9" r="7.5" />
    </svg>
  );
}
