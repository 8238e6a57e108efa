import type { JSX } from "preact";
import { groupDigits } from "../../shared/otp/code.ts";

/** A code in large tabular figures, grouped for the eye (3+3) and read as digits by a screen reader. */
export function CodeText({ code, ending }: { code: string; ending: "ending" | "running" }): JSX.Element {
  const groups = groupDigits(code);
  return (
    <span class={`code ${ending === "ending" ? "ending" : ""}`} data-code={code}>
      {groups.map((group, index) => (
        <>
          {index > 0 && <span class="gap" />}
          {group}
        </>
      ))}
    </span>
  );
}
