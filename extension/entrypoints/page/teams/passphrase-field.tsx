import { useId } from "preact/hooks";

/** An existing passphrase among other fields, with whose it is below. */
export function PassphraseField(props: {
  label: string;
  hint: string;
  value: string;
  isWrong: boolean;
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
          value={props.value}
          aria-invalid={props.isWrong}
          aria-describedby={hintId}
          onInput={(event) => props.onChange(event.currentTarget.value)}
        />
      </label>
      <p id={hintId} class="small dim">
        {props.hint}
      </p>
    </div>
  );
}
