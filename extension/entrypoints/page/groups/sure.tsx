import type { ComponentChildren } from "preact";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { useFocus } from "../../../ui/use-focus.ts";

/**
 * Says what an act will do and can't do, before it is done.
 *
 * @param props.work how far it is, in the place of the buttons, where it takes long
 * @param props.children what it will do, and what went wrong
 */
export function Sure(props: {
  action: string;
  busy: boolean;
  onSure: () => void;
  onCancel: () => void;
  work?: ComponentChildren;
  children: ComponentChildren;
}) {
  const cancel = useFocus<HTMLButtonElement>();
  return (
    <div class="notice boxed danger" role="group" aria-label={props.action} aria-busy={props.busy}>
      <Glyph name="warn" />
      <div class="stack tight grow">
        {props.children}
        {props.work ?? (
          <div class="line wrap">
            <button type="button" class="button danger" disabled={props.busy} onClick={props.onSure}>
              {props.busy ? t("groups.working") : props.action}
            </button>
            <button ref={cancel} type="button" class="button" onClick={props.onCancel}>
              {t("action.cancel")}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
