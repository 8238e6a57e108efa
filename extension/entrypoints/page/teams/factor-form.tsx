import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import type { Field, Form, Input } from "../../../../shared/mfa/form.ts";
import type { Result } from "../../../../shared/result.ts";
import { ofLanguage, t } from "../../../ui/i18n.ts";
import { useFocus } from "../../../ui/use-focus.ts";

/** Something that can be put into a form's first field by a press. */
export type Offer = { readonly label: string; readonly text: () => string | null };

/**
 * A form as a module of second factors describes it. What the server says of it is shown as text and as nothing else.
 *
 * @param props.credential asks the browser for what nobody types; resolves to its JSON, or to a sentence that says why
 * there is none
 * @param props.busy whether what it was sent off for is still under way; @param props.refused why that came to nothing, where
 *   it is about what was typed; null: it is not
 * @param props.onSubmit does what the form is for; resolves to a sentence where that failed, to null where it was done
 * @param props.children what stands above the fields
 */
export function FactorForm(props: {
  form: Form;
  action: string;
  busyText?: string;
  busy?: boolean;
  refused?: string | null;
  tone?: "primary" | "danger";
  credential?: () => Promise<Result<string, string>>;
  onSubmit: (input: Input) => Promise<string | null>;
  onCancel?: (() => void) | undefined;
  cancelText?: string | undefined;
  offer?: Offer | undefined;
  children?: ComponentChildren;
}) {
  const typed = props.form.filter(({ kind }) => kind !== "credential");
  const [texts, setTexts] = useState<Input>({});
  const [failed, setFailed] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const busy = isSending || props.busy === true;
  const [typedOver, setTypedOver] = useState<string | null>(null);
  const refused = props.refused ?? null;
  const problem = failed ?? (refused === typedOver ? null : refused);
  const problemId = useId();
  const first = useFocus<HTMLInputElement>();
  const button = useFocus<HTMLButtonElement>();
  const isWhole = typed.every(({ name }) => (texts[name] ?? "").trim() !== "");

  const send = async (): Promise<string | null> => {
    const input: Record<string, string> = {};
    for (const { name, kind } of props.form) {
      if (kind !== "credential") {
        input[name] = (texts[name] ?? "").trim();
        continue;
      }
      const given = await props.credential?.();
      if (given === undefined) throw Error("nobody asks the browser for a credential here");
      if (!given.ok) return given.error;
      input[name] = given.value;
    }
    return props.onSubmit(input);
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || !isWhole) return;
    setSending(true);
    setFailed(null);
    setTypedOver(null);
    // What throws must not leave a form that takes nothing any more.
    const failure = await send().finally(() => setSending(false));
    if (failure !== null) setFailed(failure);
  };
  useEffect(() => {
    if (problem !== null) first.current?.select();
  }, [problem]);

  const { offer } = props;
  const putIn = () => {
    const [field] = typed;
    const text = offer?.text() ?? null;
    if (field !== undefined && text !== null) write(field, text);
    first.current?.focus();
  };
  const write = ({ name }: Field, text: string) => {
    setTexts((before) => ({ ...before, [name]: text }));
    setFailed(null);
    setTypedOver(refused);
  };

  return (
    <form class="stack tight" aria-busy={busy} onSubmit={submit}>
      {props.children}
      {typed.map((field, at) => (
        <FormField
          key={field.name}
          field={field}
          value={texts[field.name] ?? ""}
          input={at === 0 ? first : null}
          problemId={problem === null ? undefined : problemId}
          onText={(text) => write(field, text)}
        />
      ))}
      {problem !== null && (
        <p id={problemId} class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="line wrap">
        <button
          ref={typed.length === 0 ? button : null}
          type="submit"
          class={`button ${props.tone ?? "primary"}`}
          disabled={busy || !isWhole}
        >
          {busy ? (props.busyText ?? t("factors.form.working")) : props.action}
        </button>
        {offer !== undefined && (
          <button type="button" class="button" onClick={putIn}>
            {offer.label}
          </button>
        )}
        {props.onCancel && (
          <button type="button" class="button plain" onClick={props.onCancel}>
            {props.cancelText ?? t("action.cancel")}
          </button>
        )}
      </div>
    </form>
  );
}

/** How browsers know a field of each kind. Codes may have letters, so nobody is given figures alone to type with. */
const KINDS = {
  code: { autocomplete: "one-time-code", inputMode: "text" },
  text: { autocomplete: "off", inputMode: "text" },
  email: { autocomplete: "email", inputMode: "email" },
  phone: { autocomplete: "tel", inputMode: "tel" },
} as const;

function FormField(props: {
  field: Field;
  value: string;
  input: RefObject<HTMLInputElement | null> | null;
  problemId: string | undefined;
  onText: (text: string) => void;
}) {
  const { kind, label, hint } = props.field;
  const hintId = useId();
  if (kind === "credential") return null;
  const said = [hint === null ? undefined : hintId, props.problemId].filter((id) => id !== undefined);
  return (
    <div class="checked-field">
      <label class="field">
        <span>{ofLanguage(label)}</span>
        <input
          {...KINDS[kind]}
          ref={props.input}
          class={kind === "code" ? "input mono factor-code" : "input"}
          value={props.value}
          spellcheck={false}
          autocapitalize="off"
          aria-invalid={props.problemId !== undefined}
          aria-describedby={said.length === 0 ? undefined : said.join(" ")}
          onInput={(event) => props.onText(event.currentTarget.value)}
        />
      </label>
      {hint !== null && (
        <p id={hintId} class="small dim">
          {ofLanguage(hint)}
        </p>
      )}
    </div>
  );
}
