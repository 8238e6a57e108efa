import { useEffect, useRef, useState } from "preact/hooks";
import { type Intent, leaveIntent } from "../../intents/intent.ts";
import { openPopupOver } from "../../platform/surfaces.ts";
import { PasskeyUnlock } from "../../screens/passkey-unlock.tsx";
import { UnlockForm } from "../../screens/unlock-form.tsx";
import { usePersonHere } from "../../screens/use-person-here.ts";
import { waitingText } from "../../screens/waiting-text.ts";
import { t } from "../../ui/i18n.ts";
import { type VaultState, watchVaultState } from "../../vault/state.ts";
import { Screen } from "../popup/screen.tsx";

/** Where this window is asked for. */
export const UNLOCK_PASSKEY_HASH = "#/unlock-passkey";

/**
 * The small window that asks for a passkey in the popup's stead. When the vault is open, by whichever way, it opens the
 * popup again, hands back what waited, and closes.
 *
 * @param props.intent what waited in the popup that opened this window
 */
export function UnlockPasskey(props: { vault: VaultState; intent: Intent | null }) {
  const [vault, setVault] = useState(props.vault);
  const wasLocked = useRef(props.vault.kind === "locked");
  useEffect(() => watchVaultState(setVault), []);
  useEffect(() => {
    document.title = `${t("passkey.unlock")} – ${t("app.name")}`;
  }, []);
  useEffect(() => {
    if (vault.kind === "locked") return;
    // Nobody waits for a page that was only loaded again.
    const isAwaited = wasLocked.current || props.intent !== null;
    void (isAwaited ? goOn(props.intent) : Promise.resolve()).then(() => window.close());
  }, [vault.kind]);
  usePersonHere();

  return (
    <main class="surface">
      <Screen title={t("passkey.unlock")} onBack={null}>
        <div class="stack">
          {vault.kind === "locked" ? (
            <>
              <PasskeyUnlock start="at-once" />
              <hr />
              <UnlockForm reason={vault.reason} waiting={props.intent && waitingText(props.intent)} />
            </>
          ) : (
            <p role="status">{t("passkey.done")}</p>
          )}
        </div>
      </Screen>
    </main>
  );
}

async function goOn(intent: Intent | null): Promise<void> {
  // From now on: the minute that an intent waits for somebody must not end in the middle of the question.
  if (intent) await leaveIntent({ ...intent, at: Date.now() });
  await openPopupOver(intent?.windowId ?? null);
}
