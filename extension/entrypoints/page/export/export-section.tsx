import { usePolicy } from "../../../screens/use-policy.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { ManagedButton } from "../../../ui/managed-button.tsx";

/** The way to the export, on the page of backups. */
export function ExportSection() {
  const { exportForbidden } = usePolicy();
  return (
    <section class="page-section" aria-labelledby="export">
      <h2 id="export">{t("page.export")}</h2>
      <p class="dim">{t("backup.export-why")}</p>
      <ManagedButton
        tone="quiet"
        forbidden={exportForbidden ? t("policy.export-forbidden") : null}
        onClick={() => location.assign("#/export")}
      >
        <Glyph name="open" />
        {t("backup.export-go")}
      </ManagedButton>
    </section>
  );
}
