import { noteRestoredRead, type SendAgainRefusal, sendAgain } from "../../../groups/send-again.ts";
import { restoredText, sendAgainRefusalText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { GroupProps } from "./group-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";

/** The server was put back to a backup: what it lost of the group, the offer to send it again, and that it was sent. */
export function RestoredGroup({ group, server, say, onSent }: GroupProps & { readonly onSent: () => void }) {
  const act = useAct<SendAgainRefusal>();
  const { restored } = group;
  if (restored === null) return null;
  const { isSent } = restored;
  const send = () => act.run(() => sendAgain(group.g), onSent);
  return (
    <div class={`notice boxed ${isSent ? "" : "warn"}`} role="status" aria-busy={act.busy}>
      <Glyph name={isSent ? "info" : "warn"} />
      <div class="stack tight grow">
        <p>{restoredText(restored, server.host)}</p>
        {!isSent && <p>{t("groups.restored.why")}</p>}
        <RefusedAct act={act} words={sendAgainRefusalText} server={server} say={say} />
        <div>
          {isSent ? (
            <button type="button" class="button" onClick={() => void noteRestoredRead(group.g)}>
              {t("groups.restored.read")}
            </button>
          ) : (
            <button type="button" class="button" disabled={act.busy || !server.isSignedIn} onClick={send}>
              {t(act.busy ? "groups.restored.sending" : "groups.restored.action")}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
