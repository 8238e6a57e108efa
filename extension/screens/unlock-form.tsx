import type { ComponentChildren } from "preact";
import { openPage } from "../platform/surfaces.ts";
import { AskPassphrase } from "../ui/ask-passphrase.tsx";
import { lockReasonText, unlockRefusalText } from "../ui/error-text.ts";
import { t } from "../ui/i18n.ts";
import type { LockReason } from "../vault/state.ts";
import { unlock } from "../vault/unlock.ts";
import { usePolicy } from "./use-policy.ts";

/**
 * Why the vault is locked, what waits for it, and one field. A wrong passphrase says so and changes nothing.
 *
 * @param props.children the other way in, by a passkey, where there is one
 */
export function UnlockForm(props: {
  reason: LockReason;
  waiting: string | null;
  /** Where this is a page that has nothing more to show once another one was opened. */
  onLeave?: () => void;
  children?: ComponentChildren;
}) {
  const { backupForbidden } = usePolicy();
  return (
    <>
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
      {props.children}
      <details class="forgotten">
        <summary>{t("locked.forgotten")}</summary>
        <div class="stack tight">
          <p class="small dim">{t("locked.forgotten-why")}</p>
          <p class="small dim">{t(backupForbidden ? "policy.forgotten" : "locked.forgotten-next")}</p>
          <div>
            <button
              type="button"
              class="button"
              onClick={() => void openPage("page.html#/anew").then(() => props.onLeave?.())}
            >
              {t("locked.anew")}
            </button>
          </div>
        </div>
      </details>
    </>
  );
}
