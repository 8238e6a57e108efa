import type { EntryFormState } from "./entry-form-state.ts";
import { t } from "./i18n.ts";
import { TextField } from "./text-field.tsx";

/**
 * The PIN of an account whose codes are made of one. It is as secret as the key: while that is hidden, a new one can be
 * typed in and the one there is not shown.
 */
export function PinField(props: {
  form: EntryFormState;
  secret: "shown" | "hidden";
  onChange: (pin: string | null) => void;
}) {
  const { form, secret } = props;
  const saved = form.kept?.pin ?? null;
  const isHidden = secret === "hidden" && saved !== null;
  const value = form.pin ?? (isHidden ? "" : (saved ?? ""));
  return (
    <TextField
      label={t("field.pin")}
      value={value}
      kind="code"
      problem={null}
      hint={t(isHidden ? "form.pin-saved" : "form.pin-hint")}
      // Emptied again, a field that never showed the PIN has not taken it away.
      onChange={(pin) => props.onChange(isHidden && pin.trim() === "" ? null : pin)}
    />
  );
}
