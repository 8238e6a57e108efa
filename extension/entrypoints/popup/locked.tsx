import { UnlockForm } from "../../screens/unlock-form.tsx";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import type { LockReason } from "../../vault/state.ts";
import { Screen } from "./screen.tsx";

/** The locked vault in the popup. */
export function Locked(props: { reason: LockReason; waiting: string | null }) {
  return (
    <Screen title={t("locked.title")} onBack={null} centered>
      <div class="stack">
        <div class="line big-glyph">
          <Glyph name="lock" size={28} />
        </div>
        <UnlockForm {...props} />
      </div>
    </Screen>
  );
}
