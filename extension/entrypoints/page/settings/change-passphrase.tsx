import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { AskPassphrase } from "../../../ui/ask-passphrase.tsx";
import { unlockRefusalText } from "../../../ui/error-text.ts";
import { t } from "../../../ui/i18n.ts";
import { NewPassphrase } from "../../../ui/new-passphrase.tsx";
import { checkPassphrase } from "../../../vault/unlock.ts";
import { type AskedFactor, useAskedFactor } from "../factor-step/use-asked-factor.ts";
import { WithStep } from "../factor-step/with-step.tsx";
import type { SectionProps } from "../section-props.ts";
import { type ChangedPassphrase, changeWithServers } from "./change-at-servers.ts";

type PassphraseStep =
  | { kind: "closed"; left: (ChangedPassphrase & { kind: "left" }) | null }
  | { kind: "old" }
  | { kind: "new"; old: string };

/**
 * Asks for the old passphrase first, then for the new one: only the slot is rewritten, no entry. A server that wants a second
 * factor for it asks for that here. Where one could not be told, that stays in sight.
 */
export function ChangePassphrase({ say }: Pick<SectionProps, "say">) {
  const [step, setStep] = useState<PassphraseStep>({ kind: "closed", left: null });
  const [working, setWorking] = useState<string | null>(null);
  // Wrapped: a component is a function, and setState would call it.
  const [loaded, setLoaded] = useState<{ Step: FunctionComponent<{ asked: AskedFactor }> } | null>(null);
  const { showFactor, asked } = useAskedFactor();
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
  const change = async (next: string) => {
    setWorking(t("passphrase.checking"));
    let left: (ChangedPassphrase & { kind: "left" }) | null = null;
    try {
      const onLoaded = (Step: FunctionComponent<{ asked: AskedFactor }>) => setLoaded({ Step });
      const ways = { onWorking: setWorking, onLoaded, showFactor };
      const changed = await changeWithServers(step.old, next, ways);
      if (changed.kind === "left") left = changed;
      else say({ tone: changed.kind === "done" ? "done" : "warn", sentence: changed.sentence });
    } catch {
      // One transaction: the old passphrase still opens the vault.
      say({ tone: "warn", sentence: t("keep.failed") });
    }
    setWorking(null);
    setStep({ kind: "closed", left });
  };
  return (
    <WithStep step={asked && loaded && <loaded.Step asked={asked} />}>
      <NewPassphrase
        action={working ?? t("settings.change-passphrase")}
        busy={working === null ? "idle" : "busy"}
        onChoose={change}
      />
    </WithStep>
  );
}
