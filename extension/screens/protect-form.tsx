import { useState } from "preact/hooks";
import { t } from "../ui/i18n.ts";
import { ManagedLine } from "../ui/managed-line.tsx";
import { NewPassphrase } from "../ui/new-passphrase.tsx";
import { createVault, createVaultWithPassphrase, setFirstPassphrase } from "../vault/unlock.ts";
import { usePolicy } from "./use-policy.ts";

/**
 * Asks for the first passphrase: before the first entry is kept, where it can be put off unless the organisation wants
 * one, or later for a vault that does without.
 */
export function ProtectForm(props: {
  vault: "none" | "device";
  onDone: () => void;
  /** Where the form stands among other things and can be closed by itself. */
  onCancel?: () => void;
}) {
  const { passphraseRequired, backupForbidden } = usePolicy();
  const canWait = props.vault === "none" && !passphraseRequired;
  const [busy, setBusy] = useState<"busy" | "idle">("idle");
  const [failed, setFailed] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy("busy");
    setFailed(false);
    try {
      await work();
    } catch {
      return setFailed(true);
    } finally {
      setBusy("idle");
    }
    props.onDone();
  };
  return (
    <div class="stack">
      {passphraseRequired && (
        <ManagedLine id="passphrase-managed">{t("policy.passphrase-required")}</ManagedLine>
      )}
      <p>{t("protect.why")}</p>
      <p class="dim">{t(backupForbidden ? "policy.no-reset" : "protect.no-reset")}</p>
      <NewPassphrase
        describedBy={passphraseRequired ? "passphrase-managed" : undefined}
        action={busy === "busy" ? t("protect.working") : t("protect.action")}
        busy={busy}
        onChoose={(passphrase) =>
          run(() =>
            props.vault === "none" ? createVaultWithPassphrase(passphrase) : setFirstPassphrase(passphrase),
          )
        }
      >
        {canWait && (
          <button
            type="button"
            class="button plain"
            disabled={busy === "busy"}
            onClick={() => run(createVault)}
          >
            {t("protect.later")}
          </button>
        )}
        {props.onCancel && (
          <button
            type="button"
            class="button plain"
            disabled={busy === "busy"}
            onClick={() => props.onCancel?.()}
          >
            {t("action.cancel")}
          </button>
        )}
      </NewPassphrase>
      {failed && (
        <p class="problem" role="alert">
          {t("keep.failed")}
        </p>
      )}
      {canWait && <p class="small dim">{t("protect.later-means")}</p>}
    </div>
  );
}
