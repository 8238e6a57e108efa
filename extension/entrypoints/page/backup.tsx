import { useState } from "preact/hooks";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { ExportSection } from "./export/export-section.tsx";
import { LazySection } from "./lazy-section.tsx";
import { RestoreSection } from "./restore.tsx";
import type { SectionProps } from "./section-props.ts";
import { type BackupStep, WriteBackup } from "./write-backup.tsx";

/**
 * Backups out and in: those that are made by themselves, a single encrypted file, its restore with a preview; then the ways
 * in from other authenticators and out to them.
 */
export function BackupPage(props: SectionProps) {
  return (
    <>
      {props.vault.kind === "unlocked" && <LazySection part="automatic" {...props} />}
      {props.vault.kind === "unlocked" && <WriteSection {...props} />}
      <RestoreSection {...props} />
      {props.vault.kind !== "unopenable" && <ImportSection />}
      {props.vault.kind === "unlocked" && <ExportSection />}
    </>
  );
}

function WriteSection(props: SectionProps) {
  const [step, setStep] = useState<BackupStep>("closed");
  return (
    <section class="page-section" aria-labelledby="backup-write">
      <h2 id="backup-write">{t("backup.write")}</h2>
      <p class="dim">{t("backup.write-why")}</p>
      <WriteBackup {...props} step={step} onStep={setStep} tone="quiet" />
    </section>
  );
}

function ImportSection() {
  return (
    <section class="page-section" aria-labelledby="import">
      <h2 id="import">{t("page.image")}</h2>
      <p class="dim">{t("backup.image-why")}</p>
      <div>
        <a class="button" href="#/image">
          <Glyph name="add" />
          {t("backup.import-go")}
        </a>
      </div>
    </section>
  );
}
