import type { ComponentChildren } from "preact";
import { t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";

/** Asks what a group is called. @param props.children what went wrong */
export function NameForm(props: {
  title: string;
  name: string;
  action: string;
  busy: boolean;
  onName: (name: string) => void;
  onSubmit: () => void;
  onCancel: () => void;
  children: ComponentChildren;
}) {
  const field = useFocus<HTMLInputElement>();
  return (
    <div class="stack tight">
      <form
        class="stack tight"
        aria-busy={props.busy}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <h3>{props.title}</h3>
        <TextField
          label={t("groups.name")}
          hint={t("groups.name-seen")}
          value={props.name}
          problem={null}
          kind="text"
          field={field}
          onChange={props.onName}
        />
        <div class="line wrap">
          <button type="submit" class="button primary" disabled={props.busy || props.name.trim() === ""}>
            {props.action}
          </button>
          <button type="button" class="button plain" onClick={props.onCancel}>
            {t("action.cancel")}
          </button>
        </div>
      </form>
      {props.children}
    </div>
  );
}
