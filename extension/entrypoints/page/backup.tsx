import { useState } from "preact/hooks";
import { exportOtpauthList } from "../../backup/export-otpauth-list.ts";
import { ForbiddenByPolicyError } from "../../policy/forbidden.ts";
import { AskOwnPassphrase } from "../../screens/ask-own-passphrase.tsx";
import { usePolicy } from "../../screens/use-policy.ts";
import { t, tn } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { ManagedButton } from "../../ui/managed-button.tsx";
import { protectionOf } from "../../vault/state.ts";
import { LazySection } from "./lazy-section.tsx";
import { RestoreSection } from "./restore.tsx";
import { saveFile } from "./save-file.ts";
import type { SectionProps } from "./section-props.ts";
import { openSheet } from "./sheet/sheet-choice.ts";
import { type BackupStep, WriteBackup } from "./write-backup.tsx";

/**
 * Backups out and in: those that are made by themselves, a single encrypted file, its restore with a preview, the plain list for other
 * authenticators, the sheet of paper, and the way to pictures of codes.
 */
export function BackupPage(props: SectionProps) {
  return (
    <>
      {props.vault.kind === "unlocked" && <LazySection part="automatic" {...props} />}
      {props.vault.kind === "unlocked" && <WriteSection {...props} />}
      <RestoreSection {...props} />
      {props.vault.kind === "unlocked" && <ListSection {...props} />}
      {props.vault.kind === "unlocked" && <SheetSection />}
      {props.vault.kind !== "unopenable" && <ImageSection />}
    </>
  );
}

function WriteSection(props: SectionProps) {
  const [step, setStep] = useState<BackupStep>("closed");
  return (
    <section class="page-section" aria-labelledby="backup-write">
      <h2 id="backup-write">{t("backup.write")}</h2>
      <p class="dim">{t("backup.write-why")}</p>
      <WriteBackup {...props} step={step} onStep={setStep} tone="primary" />
    </section>
  );
}

function ListSection({ vault, say }: SectionProps) {
  const { exportForbidden } = usePolicy();
  const [wanted, setStep] = useState<"closed" | "warned" | "own">("closed");
  const step = exportForbidden ? "closed" : wanted;
  const save = async () => {
    const list = await exportOtpauthList().catch((error) =>
      error instanceof ForbiddenByPolicyError ? "policy.export-forbidden" : "list-export.failed",
    );
    setStep("closed");
    if (typeof list === "string") return say({ tone: "warn", sentence: t(list) });
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
        <ManagedButton
          tone="quiet"
          forbidden={exportForbidden ? t("policy.export-forbidden") : null}
          onClick={() => setStep("warned")}
        >
          {t("list-export.action")}
        </ManagedButton>
      )}
      {step === "warned" && (
        <div class="notice boxed warn" role="group" aria-labelledby="list-export-warning">
          <Glyph name="warn" />
          <div class="stack tight">
            <span id="list-export-warning">{t("list-export.warning")}</span>
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
      {step === "own" && (
        <AskOwnPassphrase
          label={t("backup.ask-own")}
          onRight={() => void save()}
          onCancel={() => setStep("closed")}
        />
      )}
    </section>
  );
}

function SheetSection() {
  const { exportForbidden } = usePolicy();
  return (
    <section class="page-section" aria-labelledby="sheet">
      <h2 id="sheet">{t("sheet.title")}</h2>
      <p class="dim">{t("sheet.why")}</p>
      <ManagedButton
        tone="quiet"
        forbidden={exportForbidden ? t("policy.export-forbidden") : null}
        onClick={() => void openSheet(null)}
      >
        <Glyph name="print" />
        {t("sheet.all")}
      </ManagedButton>
    </section>
  );
}

function ImageSection() {
  return (
    <section class="page-section" aria-labelledby="from-image">
      <h2 id="from-image">{t("page.image")}</h2>
      <p class="dim">{t("backup.image-why")}</p>
      <div>
        <a class="button" href="#/image">
          <Glyph name="image" />
          {t("image.choose")}
        </a>
      </div>
    </section>
  );
}
