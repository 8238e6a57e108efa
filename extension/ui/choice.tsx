/** A choice of one out of a few, with its label above. */
export function Choice<Value extends string>(props: {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  /** The id of what says more about it. */
  describedBy?: string | undefined;
  onChoose: (value: Value) => void;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select
        class="input"
        value={props.value}
        aria-describedby={props.describedBy}
        disabled={props.choices.length < 2}
        onChange={(event) => props.onChoose(event.currentTarget.value as Value)}
      >
        {props.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
