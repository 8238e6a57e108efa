import type { RefObject } from "preact";
import { useId } from "preact/hooks";

/** One line of text with its label above, and below it what is wrong with it. */
export function TextField(props: {
  label: string;
  value: string;
  /** What is wrong with it, as a sentence. */
  problem: string | null;
  /** "code": figures and letters that are compared one by one. */
  kind: "text" | "number" | "code";
  field?: RefObject<HTMLInputElement | null>;
  onChange: (value: string) => void;
}) {
  const problemId = useId();
  return (
    <div class="checked-field">
      <label class="field">
        <span>{props.label}</span>
        <input
          class={props.kind === "code" ? "input mono" : "input"}
          ref={props.field ?? null}
          value={props.value}
          autocomplete="off"
          spellcheck={props.kind === "text"}
          inputMode={props.kind === "number" ? "numeric" : "text"}
          aria-invalid={props.problem !== null}
          aria-describedby={props.problem === null ? undefined : problemId}
          onInput={(event) => props.onChange(event.currentTarget.value)}
        />
      </label>
      {/* Beside the label, not in it: what is wrong is no part of the field's name. */}
      {props.problem !== null && (
        <p id={problemId} class="small problem" role="alert">
          {props.problem}
        </p>
      )}
    </div>
  );
}
