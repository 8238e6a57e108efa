import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "./i18n.ts";
import { useFocus } from "./use-focus.ts";

/**
 * One field for an existing passphrase.
 *
 * @param props.onSubmit tries the passphrase; resolves to a sentence where it failed, to null where it was right
 * @param props.busyText what the button says meanwhile, where it is not the passphrase that takes time
 * @param props.cancelText what the button that ends it says, where that is more than to cancel
 * @param props.children another field, which comes first
 */
export function AskPassphrase(props: {
  label: string;
  action: string;
  tone?: "primary" | "danger";
  onSubmit: (passphrase: string) => Promise<string | null>;
  onCancel?: (() => void) | undefined;
  busyText?: string | undefined;
  cancelText?: string | undefined;
  children?: ComponentChildren;
}) {
  const [passphrase, setPassphrase] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useFocus<HTMLInputElement>();

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || passphrase === "") return;
    setBusy(true);
    setProblem(null);
    // What throws must not leave a field that takes nothing any more.
    const failure = await props.onSubmit(passphrase).finally(() => setBusy(false));
    if (failure === null) return;
    setProblem(failure);
    input.current?.select();
  };

  return (
    <form class="stack tight" aria-busy={busy} onSubmit={submit}>
      {props.children}
      <label class="field">
        <span>{props.label}</span>
        <input
          ref={input}
          class="input"
          type="password"
          autocomplete="current-password"
          value={passphrase}
          aria-invalid={problem !== null}
          onInput={(event) => setPassphrase(event.currentTarget.value)}
        />
      </label>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="line wrap">
        <button
          type="submit"
          class={`button ${props.tone ?? "primary"}`}
          disabled={busy || passphrase === ""}
        >
          {busy ? (props.busyText ?? t("passphrase.checking")) : props.action}
        </button>
        {props.onCancel && (
          <button type="button" class="button plain" onClick={props.onCancel}>
            {props.cancelText ?? t("action.cancel")}
          </button>
        )}
      </div>
    </form>
  );
}
