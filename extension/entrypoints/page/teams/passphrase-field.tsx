import type { RefObject } from "preact";
import { useId } from "preact/hooks";

/** An existing passphrase among other fields, with whose it is below where the label does not say it. */
export function PassphraseField(props: {
  label: string;
  hint?: string;
  value: string;
  isWrong: boolean;
  field?: RefObject<HTMLInputElement | null> | null;
  onChange: (value: string) => void;
}) {
  const hintId = useId();
  return (
    <div class="checked-field">
      <label class="field">
        <span>{props.label}</span>
        <input
          class="input"
          type="password"
          autocomplete="current-password"
          ref={props.field ?? null}
          value={props.value}
          aria-invalid={props.isWrong}
          aria-describedby={props.hint === undefined ? undefined : hintId}
          onInput={(event) => props.onChange(event.currentTarget.value)}
        />
      </label>
      {props.hint !== undefined && (
        <p id={hintId} class="small dim">
          {props.hint}
        </p>
      )}
    </div>
  );
}
