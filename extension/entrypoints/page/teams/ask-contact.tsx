import { useState } from "preact/hooks";
import type { InvitationCode } from "../../../../shared/group/invitation-code.ts";
import { HostName } from "../../../screens/host-name.tsx";
import type { AskFailure } from "../../../servers/api-failure.ts";
import { contactServer } from "../../../servers/contact.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { Refused } from "./refused.tsx";

/** Shows which server a code means, and asks before anything is sent there. */
export function AskContact(props: {
  code: InvitationCode;
  onRight: () => void;
  onConnected: (sentence: string) => void;
  onCancel: () => void;
}) {
  const { code } = props;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AskFailure | "locked" | null>(null);
  const button = useFocus<HTMLButtonElement>();
  const contact = async () => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const contacted = await contactServer(code).finally(() => setBusy(false));
    if (!contacted.ok) return setFailure(contacted.error);
    const host = hostOf(code.origin);
    if (contacted.value === "new") return props.onRight();
    props.onConnected(
      t(contacted.value === "invitation-kept" ? "teams.ask.invitation-kept" : "teams.ask.already", { host }),
    );
  };
  return (
    <div class="stack" aria-busy={busy}>
      <h2 id="teams-connect">{t("teams.ask.title")}</h2>
      <HostName host={hostOf(code.origin)} />
      <p>{t(code.kind === "set-up" ? "teams.ask.set-up" : "teams.ask.invitation")}</p>
      <p class="dim">{t("teams.ask.nothing-sent")}</p>
      <Refused failure={failure} origin={code.origin} />
      <div class="line wrap">
        <button ref={button} type="button" class="button primary" disabled={busy} onClick={contact}>
          {t(busy ? "teams.asking" : failure === null ? "teams.ask.action" : "teams.retry")}
        </button>
        <button type="button" class="button plain" onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </div>
  );
}
