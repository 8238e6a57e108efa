import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Bytes } from "../../../../shared/bytes.ts";
import { parseInvitationCode } from "../../../../shared/group/invitation-code.ts";
import { t } from "../../../ui/i18n.ts";
import { codeRefusalText } from "../../../ui/server-text.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { CodeField } from "../teams/code-field.tsx";

/**
 * One field for the code of an invitation at a server that is connected already.
 *
 * @param props.onSecret gets what the code is worth
 * @param props.children what went wrong afterwards
 */
export function PasteCode(props: {
  origin: string;
  busy: boolean;
  onSecret: (secret: Bytes) => void;
  onCancel: () => void;
  children: ComponentChildren;
}) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const field = useFocus<HTMLTextAreaElement>();
  const submit = async (event: Event) => {
    event.preventDefault();
    const code = await parseInvitationCode(text);
    if (!code.ok) setProblem(codeRefusalText(code.error));
    else if (code.value.kind !== "invitation") setProblem(t("groups.code.set-up"));
    else if (code.value.origin !== props.origin) setProblem(t("groups.code.elsewhere"));
    else return props.onSecret(code.value.secret);
    field.current?.focus();
  };
  return (
    <div class="stack tight">
      <form class="stack tight" aria-busy={props.busy} onSubmit={submit}>
        <h3>{t("groups.have-code")}</h3>
        <CodeField
          field={field}
          text={text}
          problem={problem}
          onText={(typed) => {
            setText(typed);
            setProblem(null);
          }}
        />
        <div class="line wrap">
          <button type="submit" class="button primary" disabled={props.busy || text.trim() === ""}>
            {t(props.busy ? "teams.asking" : "action.continue")}
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
