import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { lastBackupAt } from "../../../backup/reminder.ts";
import { ProtectForm } from "../../../screens/protect-form.tsx";
import { usePolicy } from "../../../screens/use-policy.ts";
import { announce } from "../../../ui/announcer.tsx";
import { formatDateTime, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { WriteBackup } from "../write-backup.tsx";
import { StepHeading } from "./step-heading.tsx";
import type { StepProps } from "./step-props.ts";

/** A passphrase, and a backup that was written, with the reason for each; what is done already says so. */
export function SafetyStep(props: StepProps & { onBack: () => void; onFinish: () => void }) {
  const { vault, rows, heading, inner, onInner } = props;
  /** What is said of the backup that there is. */
  const [backup, setBackup] = useState<string | null>(null);
  useEffect(() => {
    const look = async () => {
      const at = await lastBackupAt();
      if (at !== null) setBackup(t("welcome.backup-made", { date: formatDateTime(at) }));
    };
    void look();
  }, []);
  const hasPassphrase = vault.kind === "unlocked" && vault.protection === "passphrase";
  const { backupForbidden } = usePolicy();
  const isDone = hasPassphrase && (backup !== null || backupForbidden);
  return (
    <>
      <StepHeading step="safety" heading={heading}>
        {t(isDone ? "welcome.safety-done" : "welcome.safety-title")}
      </StepHeading>
      {rows.length === 0 ? (
        <p>{t("welcome.safety-nothing")}</p>
      ) : (
        <ul class="welcome-tasks">
          <Task title={t("welcome.passphrase")} state={hasPassphrase ? "done" : "open"}>
            <p class="dim">{t(hasPassphrase ? "data.by-passphrase" : "welcome.passphrase-why")}</p>
            {!hasPassphrase && inner !== "passphrase" && (
              <div>
                <button type="button" class="button primary" onClick={() => onInner("passphrase")}>
                  {t("protect.title")}
                </button>
              </div>
            )}
            {!hasPassphrase && inner === "passphrase" && (
              <ProtectForm
                vault="device"
                onDone={() => {
                  onInner(null);
                  announce(t("protect.done"));
                }}
                onCancel={() => onInner(null)}
              />
            )}
          </Task>
          <Task title={t("welcome.backup")} state={backup === null ? "open" : "done"}>
            <p class="dim">{backup ?? t("welcome.backup-why")}</p>
            {backup === null && (
              <WriteBackup
                {...props}
                step={inner === "own" || inner === "backup" ? inner : "closed"}
                onStep={(step) => onInner(step === "closed" ? null : step)}
                tone={hasPassphrase ? "primary" : "quiet"}
                onWritten={setBackup}
              />
            )}
          </Task>
        </ul>
      )}
      <div class="line wrap welcome-foot">
        <button type="button" class={`button ${isDone ? "primary" : ""}`} onClick={props.onFinish}>
          {t(isDone || rows.length === 0 ? "welcome.finish" : "welcome.finish-without")}
        </button>
        <button type="button" class="button plain" onClick={props.onBack}>
          {t("action.back")}
        </button>
      </div>
    </>
  );
}

function Task(props: { title: string; state: "open" | "done"; children: ComponentChildren }) {
  return (
    <li>
      <span class={`progress-mark ${props.state}`} aria-hidden="true">
        {props.state === "done" && <Glyph name="check" size={14} />}
      </span>
      <div class="stack tight grow">
        <h3>
          {props.title}
          {props.state === "done" && <span class="visually-hidden">{t("welcome.passed")}</span>}
        </h3>
        {props.children}
      </div>
    </li>
  );
}
