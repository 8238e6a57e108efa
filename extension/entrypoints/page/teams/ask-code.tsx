import { useState } from "preact/hooks";
import { type InvitationCode, parseInvitationCode } from "../../../../shared/group/invitation-code.ts";
import { isConnectText } from "../../../servers/connect-text.ts";
import { t } from "../../../ui/i18n.ts";
import { codeRefusalText } from "../../../ui/server-text.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { CodeField } from "./code-field.tsx";

/** One field for a code. A kit, or the code of another device, leads from here to where it belongs. */
export function AskCode(props: {
  onCode: (code: InvitationCode) => void;
  onDevice: (kit: string) => void;
  onCancel: (() => void) | null;
}) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const field = useFocus<HTMLTextAreaElement>();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isConnectText(text)) return props.onDevice(text);
    const code = await parseInvitationCode(text);
    if (code.ok) return props.onCode(code.value);
    setProblem(codeRefusalText(code.error));
    field.current?.focus();
  };
  return (
    <>
      <form class="stack" onSubmit={submit}>
        <h2 id="teams-connect">{t(props.onCancel === null ? "teams.connect" : "teams.connect-another")}</h2>
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
          <button type="submit" class="button primary" disabled={text.trim() === ""}>
            {t("action.continue")}
          </button>
          {props.onCancel && (
            <button type="button" class="button plain" onClick={props.onCancel}>
              {t("action.cancel")}
            </button>
          )}
        </div>
      </form>
      <div class="line wrap teams-other">
        <span class="dim">{t("teams.other-device")}</span>
        <button type="button" class="button" onClick={() => props.onDevice("")}>
          {t("teams.other-device-action")}
        </button>
      </div>
    </>
  );
}
