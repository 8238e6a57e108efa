import { useState } from "preact/hooks";
import { AskPassphrase } from "../../../ui/ask-passphrase.tsx";
import { unlockRefusalText } from "../../../ui/error-text.ts";
import { t } from "../../../ui/i18n.ts";
import { NewPassphrase } from "../../../ui/new-passphrase.tsx";
import { checkPassphrase } from "../../../vault/unlock.ts";
import type { SectionProps } from "../section-props.ts";
import { type ChangedPassphrase, changeWithServers } from "./change-at-servers.ts";

type PassphraseStep =
  | { kind: "closed"; left: (ChangedPassphrase & { kind: "left" }) | null }
  | { kind: "old" }
  | { kind: "new"; old: string };

/**
 * Asks for the old passphrase first, then for the new one: only the slot is rewritten, no entry. Where a server could not
 * be told, that stays in sight.
 */
export function ChangePassphrase({ say }: Pick<SectionProps, "say">) {
  const [step, setStep] = useState<PassphraseStep>({ kind: "closed", left: null });
  const [working, setWorking] = useState<string | null>(null);
  if (step.kind === "closed")
    return (
      <div class="stack">
        {step.left && <step.left.Report outcomes={step.left.outcomes} />}
        <div>
          <button type="button" class="button" onClick={() => setStep({ kind: "old" })}>
            {t("settings.change-passphrase")}
          </button>
        </div>
      </div>
    );
  if (step.kind === "old")
    return (
      <AskPassphrase
        label={t("settings.old-passphrase")}
        action={t("action.continue")}
        onCancel={() => setStep({ kind: "closed", left: null })}
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
      action={working ?? t("settings.change-passphrase")}
      busy={working === null ? "idle" : "busy"}
      onChoose={async (next) => {
        setWorking(t("passphrase.checking"));
        let left: (ChangedPassphrase & { kind: "left" }) | null = null;
        try {
          const changed = await changeWithServers(step.old, next, setWorking);
          if (changed.kind === "left") left = changed;
          else say({ tone: changed.kind === "done" ? "done" : "warn", sentence: changed.sentence });
        } catch {
          // One transaction: the old passphrase still opens the vault.
          say({ tone: "warn", sentence: t("keep.failed") });
        }
        setWorking(null);
        setStep({ kind: "closed", left });
      }}
    />
  );
}
