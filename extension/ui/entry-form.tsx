import type { ComponentChildren, RefObject } from "preact";
import { useState } from "preact/hooks";
import { type EntryDraft, type EntryType, MAX_DIGITS, MIN_DIGITS } from "../../shared/otp/entry.ts";
import { parseOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import { CHOICE_OF_ALGORITHMS, draftToForm, type EntryFormState, formToDraft } from "./entry-form-state.ts";
import { formProblemText } from "./error-text.ts";
import { type MessageKey, t } from "./i18n.ts";
import { LiveCode } from "./live-code.tsx";
import { type DomainPattern, SitesField } from "./sites-field.tsx";
import { useFocus } from "./use-focus.ts";

const TYPES: readonly { type: EntryType; key: MessageKey }[] = [
  { type: "totp", key: "form.type.totp" },
  { type: "hotp", key: "form.type.hotp" },
  { type: "steam", key: "form.type.steam" },
];

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
  children?: ComponentChildren;
}) {
  const [form, setForm] = useState(props.initial);
  const [tried, setTried] = useState(false);
  const change = (patch: Partial<EntryFormState>) => setForm((now) => ({ ...now, ...patch }));
  const draft = formToDraft(form);
  const first = useFocus<HTMLInputElement>();

  const typeSecret = (text: string) => {
    // A whole otpauth:// address pasted into the secret's field fills the whole form.
    const uri = text.includes("://") ? parseOtpauthUri(text.trim()) : null;
    if (uri?.ok) setForm({ ...draftToForm(uri.value.draft), sites: form.sites });
    else change({ secret: text });
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (draft.ok) props.onSubmit(draft.value);
      }}
    >
      <div class="form-live" aria-live="off">
        {form.kept !== null ? (
          <p class="small dim">{t("form.other-type")}</p>
        ) : draft.ok ? (
          <LiveCode parameters={draft.value} />
        ) : (
          <p class="small dim">{form.secret ? formProblemText(draft.error) : t("form.live-hint")}</p>
        )}
      </div>
      <Text
        label={t("form.issuer")}
        value={form.issuer}
        field={first}
        onChange={(issuer) => change({ issuer })}
      />
      <Text label={t("form.account")} value={form.account} onChange={(account) => change({ account })} />
      {props.secret === "shown" ? (
        <label class="field">
          <span>{t("form.secret")}</span>
          <input
            class="input mono"
            value={form.secret}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={tried && !draft.ok && draft.error.startsWith("secret")}
            onInput={(event) => typeSecret(event.currentTarget.value)}
          />
        </label>
      ) : (
        props.revealSecret
      )}
      <SitesField
        sites={form.sites}
        domainPattern={props.domainPattern}
        onChange={(sites) => change({ sites })}
      />
      <Text label={t("form.tags")} value={form.tags} onChange={(tags) => change({ tags })} />
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
                <Text
                  label={t("form.digits", { min: MIN_DIGITS, max: MAX_DIGITS })}
                  value={form.digits}
                  numeric
                  onChange={(digits) => change({ digits })}
                />
                {form.type === "hotp" ? (
                  <Text
                    label={t("form.counter")}
                    value={form.counter}
                    numeric
                    onChange={(counter) => change({ counter })}
                  />
                ) : (
                  <Text
                    label={t("form.period")}
                    value={form.period}
                    numeric
                    onChange={(period) => change({ period })}
                  />
                )}
              </>
            )}
          </div>
        </details>
      )}
      {tried && !draft.ok && (
        <p class="problem" role="alert">
          {formProblemText(draft.error)}
        </p>
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

function Text(props: {
  label: string;
  value: string;
  numeric?: true;
  field?: RefObject<HTMLInputElement | null>;
  onChange: (value: string) => void;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <input
        class="input"
        ref={props.field ?? null}
        value={props.value}
        autocomplete="off"
        inputMode={props.numeric ? "numeric" : "text"}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </label>
  );
}
