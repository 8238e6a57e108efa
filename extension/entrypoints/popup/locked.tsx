import { AskPassphrase } from "../../ui/ask-passphrase.tsx";
import { lockReasonText, unlockRefusalText } from "../../ui/error-text.ts";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import type { LockReason } from "../../vault/state.ts";
import { unlock } from "../../vault/unlock.ts";
import { Screen } from "./screen.tsx";

/** The locked vault: why it is locked, and one field. A wrong passphrase says so and changes nothing. */
export function Locked(props: { reason: LockReason; waiting: string | null }) {
  return (
    <Screen title={t("locked.title")} onBack={null} centered>
      <div class="stack">
        <div class="line big-glyph">
          <Glyph name="lock" size={28} />
        </div>
        <p class="dim">{lockReasonText(props.reason)}</p>
        {props.waiting && <p>{props.waiting}</p>}
        <AskPassphrase
          label={t("passphrase.label")}
          action={t("locked.unlock")}
          onSubmit={async (passphrase) => {
            const result = await unlock(passphrase);
            return result.ok ? null : unlockRefusalText(result.error);
          }}
        />
      </div>
    </Screen>
  );
}
