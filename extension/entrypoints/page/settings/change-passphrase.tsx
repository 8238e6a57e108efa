import { useState } from "preact/hooks";
import { AskPassphrase } from "../../../ui/ask-passphrase.tsx";
import { unlockRefusalText } from "../../../ui/error-text.ts";
import { t } from "../../../ui/i18n.ts";
import { NewPassphrase } from "../../../ui/new-passphrase.tsx";
import { changePassphrase, checkPassphrase } from "../../../vault/unlock.ts";
import type { SectionProps } from "../section-props.ts";

type PassphraseStep = { kind: "closed" } | { kind: "old" } | { kind: "new"; old: string };

/** Asks for the old passphrase first, then for the new one: only the slot is rewritten, no entry. */
export function ChangePassphrase({ say }: Pick<SectionProps, "say">) {
  const [step, setStep] = useState<PassphraseStep>({ kind: "closed" });
  const [busy, setBusy] = useState<"busy" | "idle">("idle");
  if (step.kind === "closed")
    return (
      <div>
        <button type="button" class="button" onClick={() => setStep({ kind: "old" })}>
          {t("settings.change-passphrase")}
        </button>
      </div>
    );
  if (step.kind === "old")
    return (
      <AskPassphrase
        label={t("settings.old-passphrase")}
        action={t("action.continue")}
        onCancel={() => setStep({ kind: "closed" })}
        onSubmit={async (old) => {
          const right = await checkPassphrase(old);
          if (!right.ok) return unlockRefusalText(right.error);
          setStep({ kind: "new", old });
          return null;
        }}
      />
    );
  return (
    <NewPassphrase
      action={t("settings.change-passphrase")}
      busy={busy}
      onChoose={async (next) => {
        setBusy("busy");
        try {
          const changed = await changePassphrase(step.old, next);
          say(
            changed.ok
              ? { tone: "done", sentence: t("settings.passphrase-changed") }
              : { tone: "warn", sentence: unlockRefusalText(changed.error) },
          );
        } catch {
          // One transaction: the old passphrase still opens the vault.
          say({ tone: "warn", sentence: t("keep.failed") });
        }
        setBusy("idle");
        setStep({ kind: "closed" });
      }}
    />
  );
}
