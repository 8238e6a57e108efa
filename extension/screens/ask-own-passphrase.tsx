import { AskPassphrase } from "../ui/ask-passphrase.tsx";
import { unlockRefusalText } from "../ui/error-text.ts";
import { t } from "../ui/i18n.ts";
import { checkPassphrase } from "../vault/unlock.ts";

/** Asks again for the vault's own passphrase before secrets leave it, or are deleted. */
export function AskOwnPassphrase(props: {
  label: string;
  action?: string;
  tone?: "primary" | "danger";
  onRight: () => void;
  onCancel: () => void;
}) {
  return (
    <AskPassphrase
      label={props.label}
      action={props.action ?? t("action.continue")}
      tone={props.tone ?? "primary"}
      onCancel={props.onCancel}
      onSubmit={async (passphrase) => {
        const right = await checkPassphrase(passphrase);
        if (!right.ok) return unlockRefusalText(right.error);
        props.onRight();
        return null;
      }}
    />
  );
}
