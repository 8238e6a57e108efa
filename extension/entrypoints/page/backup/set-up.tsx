import { useState } from "preact/hooks";
import type { AgeLock } from "../../../backup/age-file.ts";
import type { AutomaticState } from "../../../backup/automatic/automatic-state.ts";
import { makeBackup } from "../../../backup/automatic/make-backup.ts";
import { DEFAULT_CHOICES, type PlanChoices, switchOn } from "../../../backup/automatic/plan.ts";
import { AskOwnPassphrase } from "../../../screens/ask-own-passphrase.tsx";
import { t } from "../../../ui/i18n.ts";
import { protectionOf } from "../../../vault/state.ts";
import type { SectionProps } from "../section-props.ts";
import { makingText } from "./automatic-text.ts";
import { ChooseLock } from "./choose-lock.tsx";
import { ChoosePlace } from "./choose-place.tsx";

/** The vault's passphrase if it has one, then that of the backups or a recipient, then where and how often; then the first. */
export function SetUp(props: SectionProps & { state: AutomaticState; onDone: () => void }) {
  const { vault, say, state, onDone } = props;
  const hasPassphrase = protectionOf(vault) === "passphrase";
  const [step, setStep] = useState<"own" | "lock" | "place">(hasPassphrase ? "own" : "lock");
  const [lock, setLock] = useState<AgeLock | null>(null);
  const before = state.plan;
  const { place, every, keep } = before ?? DEFAULT_CHOICES;

  const finish = async (choices: PlanChoices) => {
    if (lock === null) return;
    try {
      await switchOn(choices, lock);
    } catch {
      return say({ tone: "warn", sentence: t("keep.failed") });
    }
    const made = await makeBackup("now");
    onDone();
    say({ tone: made.kind === "made" ? "done" : "warn", sentence: makingText(made) });
  };

  switch (step) {
    case "own":
      return (
        <AskOwnPassphrase label={t("automatic.ask-own")} onRight={() => setStep("lock")} onCancel={onDone} />
      );
    case "lock":
      return (
        <ChooseLock
          onChoose={(chosen) => {
            setLock(chosen);
            setStep("place");
          }}
          onCancel={onDone}
        />
      );
    case "place":
      return (
        <ChoosePlace
          choices={{ place, every, keep }}
          folderName={state.folderName}
          action={t("automatic.switch-on")}
          onChoose={finish}
          onCancel={onDone}
        />
      );
  }
}
