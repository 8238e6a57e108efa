import { useEffect, useState } from "preact/hooks";
import { type AutomaticState, watchAutomaticState } from "../../../backup/automatic/automatic-state.ts";
import { changePlan } from "../../../backup/automatic/plan.ts";
import { giveBackDownloads } from "../../../platform/downloads.ts";
import { usePolicy } from "../../../screens/use-policy.ts";
import { t } from "../../../ui/i18n.ts";
import { ManagedButton } from "../../../ui/managed-button.tsx";
import type { SectionProps } from "../section-props.ts";
import { AutomaticOn } from "./automatic-on.tsx";
import "./backup.css";
import { SetUp } from "./set-up.tsx";
import { TryBackup } from "./try-backup.tsx";

/** Backups that are made by themselves: set up in a few steps, and then what there is to know of them. */
export function AutomaticSection(props: SectionProps) {
  const { vault, say } = props;
  const [state, setState] = useState<AutomaticState | null>(null);
  const [step, setStep] = useState<"closed" | "set-up" | "trial">("closed");
  const { backupForbidden } = usePolicy();
  useEffect(() => {
    if (vault.kind !== "unlocked") return setState(null);
    return watchAutomaticState(setState);
  }, [vault.kind]);
  const isOn = state?.plan?.isOn === true;
  return (
    <section class="page-section" aria-labelledby="automatic">
      <h2 id="automatic">{t("automatic.title")}</h2>
      <p class="dim">{t("automatic.why")}</p>
      {state &&
        (backupForbidden || !isOn) &&
        (step === "closed" || (backupForbidden && step === "set-up")) && (
          <>
            {isOn && <p>{t("automatic.forbidden-off")}</p>}
            <div class="line wrap">
              <ManagedButton
                tone="primary"
                forbidden={backupForbidden ? t("policy.backup-forbidden") : null}
                onClick={() => setStep("set-up")}
              >
                {t("automatic.set-up")}
              </ManagedButton>
              <div>
                <button type="button" class="button" onClick={() => setStep("trial")}>
                  {t("trial.action")}
                </button>
              </div>
            </div>
          </>
        )}
      {state && step === "set-up" && !backupForbidden && (
        <SetUp {...props} state={state} onDone={() => setStep("closed")} />
      )}
      {state && step === "trial" && <TryBackup state={state} onClose={() => setStep("closed")} />}
      {state && isOn && !backupForbidden && step === "closed" && (
        <AutomaticOn
          {...props}
          state={state}
          onOff={async () => {
            try {
              await changePlan({ isOn: false });
            } catch {
              return say({ tone: "warn", sentence: t("keep.failed") });
            }
            await giveBackDownloads();
            say({ tone: "done", sentence: t("automatic.is-off") });
          }}
        />
      )}
    </section>
  );
}
