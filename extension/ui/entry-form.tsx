import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type EntryDraft, type EntryType, MAX_DIGITS, MIN_DIGITS } from "../../shared/otp/entry.ts";
import { parseOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import {
  CHOICE_OF_ALGORITHMS,
  draftToForm,
  type EntryFormProblem,
  type EntryFormState,
  formToDraft,
  hasPin,
} from "./entry-form-state.ts";
import { formProblemText } from "./error-text.ts";
import { type MessageKey, t } from "./i18n.ts";
import { LiveCode } from "./live-code.tsx";
import { PinField } from "./pin-field.tsx";
import { type DomainPattern, SitesField } from "./sites-field.tsx";
import { TextField } from "./text-field.tsx";
import { useFocus } from "./use-focus.ts";

const TYPES: readonly { type: EntryType; key: MessageKey }[] = [
  { type: "totp", key: "form.type.totp" },
  { type: "hotp", key: "form.type.hotp" },
  { type: "steam", key: "form.type.steam" },
];

type ProblemField = "secret" | "digits" | "period" | "counter";
const FIELD_OF_PROBLEM: Readonly<Record<EntryFormProblem, ProblemField>> = {
  "secret-missing": "secret",
  "secret-not-base32": "secret",
  "digits-out-of-range": "digits",
  "period-out-of-range": "period",
  "counter-out-of-range": "counter",
};

/**
 * The form of an entry, for typing one in and for editing: names first, parameters behind "advanced", the live code
 * always in sight.
 *
 * @param props.secret "shown" lets the secret be read and changed; "hidden" shows `revealSecret` in its place
 */
export function EntryForm(props: {
  initial: EntryFormState;
  secret: "shown" | "hidden";
  revealSecret?: ComponentChildren;
  domainPattern: DomainPattern;
  action: string;
  onSubmit: (draft: EntryDraft) => void;
  onCancel: () => void;
  /** Each time something was typed or chosen. */
  onTyped?: (form: EntryFormState) => void;
  children?: ComponentChildren;
}) {
  const [form, setForm] = useState(props.initial);
  const [tries, setTries] = useState(0);
  const shown = useRef<HTMLFormElement>(null);
  // Told at once, not after drawing: the popup may be closed by the very next click.
  const put = (next: EntryFormState) => {
    setForm(next);
    props.onTyped?.(next);
  };
  const change = (patch: Partial<EntryFormState>) => put({ ...form, ...patch });
  const draft = formToDraft(form);
  const first = useFocus<HTMLInputElement>();
  const problemOf = (field: ProblemField): string | null =>
    tries > 0 && !draft.ok && FIELD_OF_PROBLEM[draft.error] === field ? formProblemText(draft.error) : null;

  useEffect(() => {
    // The sentence is of no use below the edge: whoever pressed Enter is led to the field it is about.
    const wrong = shown.current?.querySelector<HTMLInputElement>("[aria-invalid=true]");
    wrong?.closest("details")?.setAttribute("open", "");
    wrong?.focus();
  }, [tries]);

  const typeSecret = (text: string) => {
    // A whole otpauth:// address pasted into the secret's field fills the whole form.
    const uri = text.includes("://") ? parseOtpauthUri(text.trim()) : null;
    if (uri?.ok) put({ ...draftToForm(uri.value.draft), sites: form.sites });
    else change({ secret: text });
  };

  return (
    <form
      class="stack"
      ref={shown}
      onSubmit={(event) => {
        event.preventDefault();
        setTries(tries + 1);
        if (draft.ok) props.onSubmit(draft.value);
      }}
    >
      <div class="form-live" aria-live="off">
        {form.kept !== null && !hasPin(form.kept.type) ? (
          <p class="small dim">{t("form.other-type")}</p>
        ) : draft.ok ? (
          <LiveCode parameters={draft.value} />
        ) : (
          <p class="small dim">{form.secret ? formProblemText(draft.error) : t("form.live-hint")}</p>
        )}
      </div>
      <TextField
        label={t("form.issuer")}
        value={form.issuer}
        kind="text"
        problem={null}
        field={first}
        onChange={(issuer) => change({ issuer })}
      />
      <TextField
        label={t("form.account")}
        value={form.account}
        kind="text"
        problem={null}
        onChange={(account) => change({ account })}
      />
      {props.secret === "shown" ? (
        <TextField
          label={t("form.secret")}
          value={form.secret}
          kind="code"
          problem={problemOf("secret")}
          onChange={typeSecret}
        />
      ) : (
        props.revealSecret
      )}
      {form.kept !== null && hasPin(form.kept.type) && (
        <PinField form={form} secret={props.secret} onChange={(pin) => change({ pin })} />
      )}
      <SitesField
        sites={form.sites}
        domainPattern={props.domainPattern}
        onChange={(sites) => change({ sites })}
      />
      <TextField
        label={t("form.tags")}
        value={form.tags}
        kind="text"
        problem={null}
        onChange={(tags) => change({ tags })}
      />
      <label class="field">
        <span>{t("form.note")}</span>
        <textarea
          class="input"
          rows={2}
          value={form.note}
          onInput={(event) => change({ note: event.currentTarget.value })}
        />
      </label>
      {form.kept === null && (
        <details class="advanced">
          <summary>{t("form.advanced")}</summary>
          <div class="advanced-grid">
            <label class="field">
              <span>{t("form.type")}</span>
              <select
                class="input"
                value={form.type}
                onChange={(event) => change({ type: event.currentTarget.value as EntryType })}
              >
                {TYPES.map(({ type, key }) => (
                  <option key={type} value={type}>
                    {t(key)}
                  </option>
                ))}
              </select>
            </label>
            {form.type !== "steam" && (
              <>
                <label class="field">
                  <span>{t("form.algorithm")}</span>
                  <select
                    class="input"
                    value={form.algorithm}
                    onChange={(event) =>
                      change({ algorithm: event.currentTarget.value as EntryFormState["algorithm"] })
                    }
                  >
                    {CHOICE_OF_ALGORITHMS.map((algorithm) => (
                      <option key={algorithm} value={algorithm}>
                        {algorithm.replace("SHA", "SHA-")}
                      </option>
                    ))}
                  </select>
                </label>
                <TextField
                  label={t("form.digits", { min: MIN_DIGITS, max: MAX_DIGITS })}
                  value={form.digits}
                  kind="number"
                  problem={problemOf("digits")}
                  onChange={(digits) => change({ digits })}
                />
                {form.type === "hotp" ? (
                  <TextField
                    label={t("form.counter")}
                    value={form.counter}
                    kind="number"
                    problem={problemOf("counter")}
                    onChange={(counter) => change({ counter })}
                  />
                ) : (
                  <TextField
                    label={t("form.period")}
                    value={form.period}
                    kind="number"
                    problem={problemOf("period")}
                    onChange={(period) => change({ period })}
                  />
                )}
              </>
            )}
          </div>
        </details>
      )}
      {props.children}
      <div class="line wrap form-actions">
        <button type="submit" class="button primary">
          {props.action}
        </button>
        <button type="button" class="button plain" onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </form>
  );
}
