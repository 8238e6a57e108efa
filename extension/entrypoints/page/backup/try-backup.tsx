import { useEffect, useState } from "preact/hooks";
import { type AgeOpener, ageOpenerOf } from "../../../backup/age-file.ts";
import { type AutomaticState, allowFolderAgain } from "../../../backup/automatic/automatic-state.ts";
import {
  readNewestFile,
  type TrialFile,
  type TriedBackup,
  tryBackup,
} from "../../../backup/automatic/trial.ts";
import { readBackupFile } from "../../../backup/read-backup-file.ts";
import { restoreRefusalText } from "../../../ui/error-text.ts";
import { FileButton } from "../../../ui/file-button.tsx";
import { formatDateTime, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { EntryNames } from "../entry-names.tsx";
import { AskFileSecret } from "./ask-file-secret.tsx";
import { trialText } from "./automatic-text.ts";

type Step =
  | { kind: "working" }
  /** Why a file has to be handed over; "any": the person wants to try another. */
  | { kind: "choose"; why: "none" | "ask" | "absent" | "gone" | "folder-asks" | "any" }
  | { kind: "secret"; file: TrialFile; opener: AgeOpener }
  | { kind: "tried"; tried: TriedBackup };

/** Opens the newest backup and compares every code in it with the vault's; nothing is written but what came of it. */
export function TryBackup(props: { state: AutomaticState; onClose: () => void }) {
  const [step, setStep] = useState<Step>({ kind: "working" });
  const [problem, setProblem] = useState<string | null>(null);

  const tryFile = async (file: TrialFile, secret: string | null): Promise<string | null> => {
    const tried = await tryBackup(file, secret).catch(() => null);
    if (tried === null) return t("trial.failed");
    if (tried.ok) setStep({ kind: "tried", tried: tried.value });
    else if (tried.error === "needs-secret")
      setStep({ kind: "secret", file, opener: ageOpenerOf(file.bytes) ?? "passphrase" });
    else return restoreRefusalText(tried.error);
    return null;
  };
  const handOver = async (chosen: File | undefined) => {
    if (!chosen) return;
    setProblem(null);
    const bytes = await readBackupFile(chosen);
    if (!bytes.ok) return setProblem(restoreRefusalText(bytes.error));
    setStep({ kind: "working" });
    const failure = await tryFile({ name: chosen.name, bytes: bytes.value }, null);
    if (failure === null) return;
    setProblem(failure);
    setStep({ kind: "choose", why: "any" });
  };
  useEffect(() => {
    const begin = async () => {
      if (props.state.placeProblem === "folder-asks") await allowFolderAgain();
      const newest = await readNewestFile();
      if (!newest.ok) return setStep({ kind: "choose", why: newest.error });
      const failure = await tryFile(newest.value, null);
      if (failure === null) return;
      setProblem(failure);
      setStep({ kind: "choose", why: "any" });
    };
    begin().catch(() => {
      setProblem(t("trial.failed"));
      setStep({ kind: "choose", why: "any" });
    });
  }, []);

  const close = (
    <button type="button" class="button plain" onClick={props.onClose}>
      {t(step.kind === "tried" ? "action.close" : "action.cancel")}
    </button>
  );
  return (
    <div class="stack" role="group" aria-label={t("trial.action")}>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div aria-live="polite">
        {step.kind === "working" && <p aria-busy="true">{t("trial.working")}</p>}
        {step.kind === "tried" && <Outcome {...step.tried} />}
      </div>
      {step.kind === "choose" && (
        <p>
          {t(`trial.choose.${step.why}`, {
            file: props.state.newest?.name ?? "…",
          })}
        </p>
      )}
      {step.kind === "secret" ? (
        <AskFileSecret
          fileName={step.file.name}
          opener={step.opener}
          action={t("trial.try")}
          onSubmit={(secret) => tryFile(step.file, secret)}
          onCancel={props.onClose}
        />
      ) : (
        step.kind !== "working" && (
          <div class="line wrap">
            <FileButton
              text={t(step.kind === "tried" ? "trial.another" : "restore.choose")}
              label={t("restore.file")}
              accept=".age"
              multiple={false}
              tone={step.kind === "tried" ? "quiet" : "primary"}
              onFiles={(files) => void handOver(files[0])}
            />
            {close}
          </div>
        )
      )}
    </div>
  );
}

function Outcome({ trial, comparison }: TriedBackup) {
  const isRight = trial.wrong === 0;
  return (
    <div class={isRight ? "notice boxed" : "notice boxed danger"}>
      <Glyph name={isRight ? "check" : "warn"} />
      <div class="stack tight grow">
        <p>{t("trial.of", { file: trial.fileName, when: formatDateTime(trial.madeAt) })}</p>
        <p>
          <strong>{trialText(trial)}</strong>
        </p>
        <EntryNames title={tn("trial.names.wrong", trial.wrong)} entries={comparison.wrong} />
        <EntryNames title={tn("trial.names.later", trial.later)} entries={comparison.later} />
        <EntryNames title={tn("trial.names.changed", trial.changed)} entries={comparison.changed} />
        {!isRight && <p>{t("trial.wrong-next")}</p>}
      </div>
    </div>
  );
}
