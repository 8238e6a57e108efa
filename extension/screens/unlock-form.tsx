import type { ComponentChildren } from "preact";
import { AskPassphrase } from "../ui/ask-passphrase.tsx";
import { lockReasonText, unlockRefusalText } from "../ui/error-text.ts";
import { t } from "../ui/i18n.ts";
import type { LockReason } from "../vault/state.ts";
import { unlock } from "../vault/unlock.ts";

/**
 * Why the vault is locked, what waits for it, and one field. A wrong passphrase says so and changes nothing.
 *
 * @param props.children the other way in, by a passkey, where there is one
 */
export function UnlockForm(props: {
  reason: LockReason;
  waiting: string | null;
  children?: ComponentChildren;
}) {
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
        <p class="small dim">{t("locked.forgotten-why")}</p>
        <p class="small dim">{t("locked.forgotten-next")}</p>
      </details>
    </>
  );
}
