import type { RefObject } from "preact";
import { useId } from "preact/hooks";

/** One line of text with its label above, and below it what is wrong with it. */
export function TextField(props: {
  label: string;
  value: string;
  /** What is wrong with it, as a sentence. */
  problem: string | null;
  /** "code": figures and letters that are compared one by one. */
  kind: "text" | "number" | "code" | "email";
  /** What helps to fill it in, as long as nothing is wrong with it. */
  hint?: string;
  field?: RefObject<HTMLInputElement | null>;
  onChange: (value: string) => void;
}) {
  const belowId = useId();
  const below = props.problem ?? props.hint;
  return (
    <div class="checked-field">
      <label class="field">
        <span>{props.label}</span>
        <input
          class={props.kind === "code" ? "input mono" : "input"}
          ref={props.field ?? null}
          value={props.value}
          autocomplete={props.kind === "email" ? "email" : "off"}
          spellcheck={props.kind === "text"}
          inputMode={props.kind === "number" ? "numeric" : props.kind === "email" ? "email" : "text"}
          aria-invalid={props.problem !== null}
          aria-describedby={below === undefined ? undefined : belowId}
          onInput={(event) => props.onChange(event.currentTarget.value)}
        />
      </label>
      {/* Beside the label, not in it: what is wrong is no part of the field's name. */}
      {below !== undefined && (
        <p
          id={belowId}
          class={props.problem === null ? "small dim" : "small problem"}
          role={props.problem === null ? undefined : "alert"}
        >
          {below}
        </p>
      )}
    </div>
  );
}
