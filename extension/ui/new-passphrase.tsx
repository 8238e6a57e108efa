import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { t } from "./i18n.ts";
import { MIN_PASSPHRASE_LENGTH, passphraseStrength, type Strength } from "./passphrase-strength.ts";
import { useFocus } from "./use-focus.ts";

const STRENGTH_KEYS = [
  "passphrase.strength.0",
  "passphrase.strength.1",
  "passphrase.strength.2",
  "passphrase.strength.3",
  "passphrase.strength.4",
] as const;

/**
 * Asks for a new passphrase twice, with a hint of its strength.
 *
 * @param props.onChoose gets the passphrase once both fields agree and it is long enough
 * @param props.children further buttons beside the main one
 */
export function NewPassphrase(props: {
  /** What it is for, where that is not the vault. */
  label?: string;
  /** The id of what says why it is asked for, to be read with the field. */
  describedBy?: string | undefined;
  action: string;
  busy: "busy" | "idle";
  onChoose: (passphrase: string) => void;
  children?: ComponentChildren;
}) {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const strength = useStrength(first);
  const field = useFocus<HTMLInputElement>();
  const hintId = useId();

  const submit = (event: Event) => {
    event.preventDefault();
    if (props.busy === "busy") return;
    if ([...first].length < MIN_PASSPHRASE_LENGTH)
      return setProblem(t("passphrase.too-short", { count: MIN_PASSPHRASE_LENGTH }));
    if (first !== second) return setProblem(t("passphrase.differ"));
    setProblem(null);
    props.onChoose(first);
  };

  return (
    <form class="stack" aria-busy={props.busy === "busy"} onSubmit={submit}>
      <label class="field">
        <span>{props.label ?? t("passphrase.new")}</span>
        <input
          class="input"
          type="password"
          autocomplete="new-password"
          ref={field}
          value={first}
          aria-describedby={props.describedBy === undefined ? hintId : `${props.describedBy} ${hintId}`}
          onInput={(event) => setFirst(event.currentTarget.value)}
        />
        <span id={hintId} class="strength" data-strength={strength ?? "none"}>
          <span class="strength-bar" aria-hidden="true" />
          <span>{strength === null ? t("passphrase.hint") : t(STRENGTH_KEYS[strength])}</span>
        </span>
      </label>
      <label class="field">
        <span>{t("passphrase.repeat")}</span>
        <input
          class="input"
          type="password"
          autocomplete="new-password"
          value={second}
          onInput={(event) => setSecond(event.currentTarget.value)}
        />
      </label>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="line wrap">
        <button type="submit" class="button primary" disabled={props.busy === "busy"}>
          {props.action}
        </button>
        {props.children}
      </div>
    </form>
  );
}

/** The strength of what is typed, a moment after the typing rests; null while the field is empty. */
function useStrength(passphrase: string): Strength | null {
  const [strength, setStrength] = useState<Strength | null>(null);
  useEffect(() => {
    if (passphrase === "") return setStrength(null);
    let current = true;
    const timer = setTimeout(() => {
      void passphraseStrength(passphrase).then((score) => current && setStrength(score));
    }, 150);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [passphrase]);
  return strength;
}
