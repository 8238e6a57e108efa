import { useState } from "preact/hooks";
import { exportOtpauthList } from "../../backup/export-otpauth-list.ts";
import { noteBackupWritten } from "../../backup/reminder.ts";
import { writeBackup } from "../../backup/write-backup.ts";
import { AskPassphrase } from "../../ui/ask-passphrase.tsx";
import { unlockRefusalText } from "../../ui/error-text.ts";
import { t, tn } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { NewPassphrase } from "../../ui/new-passphrase.tsx";
import type { VaultState } from "../../vault/state.ts";
import { checkPassphrase } from "../../vault/unlock.ts";
import type { SectionProps } from "./page.tsx";
import { RestoreSection } from "./restore.tsx";
import { saveFile } from "./save-file.ts";

/** Backups out and in: the encrypted file, its restore with a preview, and the plain list for other authenticators. */
export function BackupPage(props: SectionProps) {
  return (
    <>
      {props.vault.kind === "unlocked" && <WriteSection {...props} />}
      <RestoreSection {...props} />
      {props.vault.kind === "unlocked" && <ListSection {...props} />}
    </>
  );
}

function WriteSection({ vault, say }: SectionProps) {
  const [step, setStep] = useState<"closed" | "own" | "backup">("closed");
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
          ? { tone: "warn", sentence: `${written} ${tn("backup.left-out", backup.leftOut.length)}` }
          : { tone: "done", sentence: written },
      );
      setStep("closed");
    } catch {
      say({ tone: "warn", sentence: t("backup.failed") });
    } finally {
      setBusy("idle");
    }
  };
  return (
    <section class="page-section" aria-labelledby="backup-write">
      <h2 id="backup-write">{t("backup.write")}</h2>
      <p class="dim">{t("backup.write-why")}</p>
      {step === "closed" && (
        <div>
          <button
            type="button"
            class="button primary"
            onClick={() => setStep(protectionOf(vault) === "passphrase" ? "own" : "backup")}
          >
            <Glyph name="download" />
            {t("backup.write-action")}
          </button>
        </div>
      )}
      {step === "own" && (
        <AskOwnPassphrase onRight={() => setStep("backup")} onCancel={() => setStep("closed")} />
      )}
      {step === "backup" && (
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
      )}
    </section>
  );
}

function ListSection({ vault, say }: SectionProps) {
  const [step, setStep] = useState<"closed" | "warned" | "own">("closed");
  const save = async () => {
    const list = await exportOtpauthList().catch(() => null);
    setStep("closed");
    if (list === null) return say({ tone: "warn", sentence: t("list-export.failed") });
    saveFile("countersign-otpauth.txt", list.text, "text/plain");
    const written = tn("list-export.written", list.entries);
    say(
      list.leftOut.length > 0
        ? { tone: "warn", sentence: `${written} ${tn("backup.left-out", list.leftOut.length)}` }
        : { tone: "done", sentence: written },
    );
  };
  return (
    <section class="page-section" aria-labelledby="list-export">
      <h2 id="list-export">{t("list-export.title")}</h2>
      <p class="dim">{t("list-export.why")}</p>
      {step === "closed" && (
        <div>
          <button type="button" class="button" onClick={() => setStep("warned")}>
            {t("list-export.action")}
          </button>
        </div>
      )}
      {step === "warned" && (
        <div class="notice boxed warn">
          <Glyph name="warn" />
          <div class="stack tight">
            <span>{t("list-export.warning")}</span>
            <div class="line wrap">
              <button
                type="button"
                class="button danger"
                onClick={() => (protectionOf(vault) === "passphrase" ? setStep("own") : void save())}
              >
                {t("list-export.sure")}
              </button>
              <button type="button" class="button" onClick={() => setStep("closed")}>
                {t("action.cancel")}
              </button>
            </div>
          </div>
        </div>
      )}
      {step === "own" && <AskOwnPassphrase onRight={() => void save()} onCancel={() => setStep("closed")} />}
    </section>
  );
}

/** Asks again for the vault's own passphrase before secrets leave it. */
function AskOwnPassphrase(props: { onRight: () => void; onCancel: () => void }) {
  return (
    <AskPassphrase
      label={t("backup.ask-own")}
      action={t("action.continue")}
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

function protectionOf(vault: VaultState): "passphrase" | "device" {
  return vault.kind === "unlocked" ? vault.protection : "device";
}
