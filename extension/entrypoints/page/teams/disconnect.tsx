import { useState } from "preact/hooks";
import { forgetGroupsOf } from "../../../groups/forget-group.ts";
import { AskOwnPassphrase } from "../../../screens/ask-own-passphrase.tsx";
import { disconnect } from "../../../servers/sessions.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { SectionProps } from "../section-props.ts";

/** Says what is lost by disconnecting, and asks for the passphrase before it is. */
export function Disconnect(props: {
  serverId: string;
  host: string;
  isKitChecked: boolean;
  say: SectionProps["say"];
  onCancel: () => void;
}) {
  const { host, say } = props;
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      // First: without its keys nobody could tell what has been sent.
      await forgetGroupsOf(props.serverId);
      await disconnect(props.serverId);
      say({ tone: "done", sentence: t("teams.disconnected", { host }) });
    } catch {
      say({ tone: "warn", sentence: t("keep.failed") });
      props.onCancel();
    }
  };
  return (
    <div class="notice boxed danger" role="group" aria-busy={busy}>
      <Glyph name="warn" />
      <div class="stack tight grow">
        <p>{t("teams.disconnect-what", { host })}</p>
        {!props.isKitChecked && (
          <p>
            <strong>{t("teams.disconnect-unchecked")}</strong>
          </p>
        )}
        <AskOwnPassphrase
          label={t("passphrase.label")}
          action={t("teams.disconnect-sure", { host })}
          tone="danger"
          onRight={() => void leave()}
          onCancel={props.onCancel}
        />
      </div>
    </div>
  );
}
