import { useState } from "preact/hooks";
import { AskOwnPassphrase } from "../../../screens/ask-own-passphrase.tsx";
import { type Kit, readKit } from "../../../servers/kit.ts";
import { formatDate, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { SectionProps } from "../section-props.ts";
import { QrCode } from "./qr-code.tsx";

/** The recovery kit on paper, in a window of its own. Nothing is shown before the passphrase. */
export function KitSheet({ vault, say }: SectionProps) {
  const [kit, setKit] = useState<Kit | "gone" | null>(null);
  const show = async () => {
    const serverId = new URLSearchParams(location.hash.split("?")[1]).get("of") ?? "";
    try {
      setKit((await readKit(serverId)) ?? "gone");
    } catch {
      say({ tone: "warn", sentence: t("keep.failed") });
    }
  };
  if (vault.kind !== "unlocked") return null;
  if (kit === "gone") return <p>{t("teams.kit.gone")}</p>;
  if (kit === null)
    return (
      <section class="page-section">
        <p>{t("teams.kit.sheet-worth")}</p>
        <AskOwnPassphrase
          label={t("sheet.ask")}
          onRight={() => void show()}
          onCancel={() => window.close()}
        />
      </section>
    );
  return (
    <section>
      <div class="sheet-controls">
        <p>{t("teams.kit.sheet-worth")}</p>
        <button type="button" class="button primary" onClick={() => window.print()}>
          <Glyph name="print" />
          {t("sheet.print")}
        </button>
      </div>
      <div class="sheet">
        <p class="sheet-head">{t("teams.kit.sheet-head", { date: formatDate(Date.now()) })}</p>
        <article class="sheet-entry kit">
          <QrCode text={kit.qrText} label={t("teams.kit.sheet-qr")} />
          <dl class="sheet-text">
            <dt class="small">{t("teams.kit.sheet-key")}</dt>
            <dd class="sheet-secret">{kit.letters}</dd>
            <dt class="small">{t("teams.kit.sheet-server")}</dt>
            <dd>{kit.origin}</dd>
            <dt class="small">{t("teams.kit.sheet-email")}</dt>
            <dd>{kit.email}</dd>
          </dl>
        </article>
        <p class="small sheet-foot">{t("teams.kit.sheet-use")}</p>
      </div>
    </section>
  );
}
