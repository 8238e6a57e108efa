import { PasskeyUnlock } from "../../screens/passkey-unlock.tsx";
import { UnlockForm } from "../../screens/unlock-form.tsx";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import type { LockedVault } from "../../vault/state.ts";
import { Screen } from "./screen.tsx";

/**
 * The locked vault in the popup.
 *
 * @param props.onPasskey asks for a passkey elsewhere; null where this page can ask itself
 */
export function Locked(props: {
  vault: LockedVault;
  waiting: string | null;
  onPasskey: (() => void) | null;
}) {
  return (
    <Screen title={t("locked.title")} onBack={null} centered>
      <div class="stack">
        <div class="line big-glyph">
          <Glyph name="lock" size={28} />
        </div>
        <UnlockForm reason={props.vault.reason} waiting={props.waiting} onLeave={() => window.close()}>
          {props.vault.hasPasskey &&
            (props.onPasskey ? (
              <div>
                <button type="button" class="button passkey" onClick={props.onPasskey}>
                  <Glyph name="key" />
                  {t("passkey.unlock")}
                </button>
              </div>
            ) : (
              <PasskeyUnlock start="by-button" />
            ))}
        </UnlockForm>
      </div>
    </Screen>
  );
}
