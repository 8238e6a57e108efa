import { useState } from "preact/hooks";
import { noteBackupWritten } from "../../backup/reminder.ts";
import { writeBackup } from "../../backup/write-backup.ts";
import { ForbiddenByPolicyError } from "../../policy/forbidden.ts";
import { AskOwnPassphrase } from "../../screens/ask-own-passphrase.tsx";
import { usePolicy } from "../../screens/use-policy.ts";
import { formatSentences, t, tn } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { ManagedButton } from "../../ui/managed-button.tsx";
import { NewPassphrase } from "../../ui/new-passphrase.tsx";
import { saveFile } from "./save-file.ts";
import type { SectionProps } from "./section-props.ts";

/** How far the writing of a backup has come: a button, the question for the vault's own passphrase, one for the backup. */
export type BackupStep = "closed" | "own" | "backup";

/**
 * Writes an encrypted backup: a button, the vault's passphrase if there is one, then the backup's own. Ends in a file
 * among the browser's downloads, and a sentence that names it.
 */
export function WriteBackup(
  props: SectionProps & {
    step: BackupStep;
    onStep: (step: BackupStep) => void;
    tone: "primary" | "quiet";
    onWritten?: (sentence: string) => void;
  },
) {
  const { vault, say, onStep: setStep } = props;
  const { backupForbidden } = usePolicy();
  const step = backupForbidden ? "closed" : props.step;
  const [busy, setBusy] = useState<"busy" | "idle">("idle");
  const write = async (passphrase: string) => {
    setBusy("busy");
    try {
      const backup = await writeBackup(passphrase);
      saveFile(backup.fileName, backup.bytes, "application/octet-stream");
      await noteBackupWritten(Date.now());
      const written = tn("backup.written", backup.entries, { file: backup.fileName });
      say(
        backup.leftOut.length > 0
          ? {
              tone: "warn",
              sentence: formatSentences([written, tn("backup.left-out", backup.leftOut.length)]),
            }
          : { tone: "done", sentence: written },
      );
      setStep("closed");
      props.onWritten?.(written);
    } catch (error) {
      const forbidden = error instanceof ForbiddenByPolicyError;
      say({ tone: "warn", sentence: t(forbidden ? "policy.backup-forbidden" : "backup.failed") });
    } finally {
      setBusy("idle");
    }
  };
  if (step === "own")
    return (
      <AskOwnPassphrase
        label={t("backup.ask-own")}
        onRight={() => setStep("backup")}
        onCancel={() => setStep("closed")}
      />
    );
  if (step === "backup")
    return (
      <>
        <p>{t("backup.own-passphrase")}</p>
        <NewPassphrase
          label={t("backup.passphrase")}
          action={busy === "busy" ? t("backup.writing") : t("backup.write-action")}
          busy={busy}
          onChoose={(passphrase) => void write(passphrase)}
        >
          <button type="button" class="button plain" onClick={() => setStep("closed")}>
            {t("action.cancel")}
          </button>
        </NewPassphrase>
      </>
    );
  const hasPassphrase = vault.kind === "unlocked" && vault.protection === "passphrase";
  return (
    <ManagedButton
      tone={props.tone}
      forbidden={backupForbidden ? t("policy.backup-forbidden") : null}
      onClick={() => setStep(hasPassphrase ? "own" : "backup")}
    >
      <Glyph name="download" />
      {t("backup.write-action")}
    </ManagedButton>
  );
}
