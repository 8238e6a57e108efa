import { useState } from "preact/hooks";
import type { Entry } from "../../../../shared/otp/entry.ts";
import { requireAllowed } from "../../../policy/forbidden.ts";
import { AskOwnPassphrase } from "../../../screens/ask-own-passphrase.tsx";
import { usePolicy } from "../../../screens/use-policy.ts";
import { formatDate, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { ManagedLine } from "../../../ui/managed-line.tsx";
import { readEntries } from "../../../vault/entries.ts";
import type { SectionProps } from "../section-props.ts";
import { readSheetIds } from "./sheet-choice.ts";
import { SheetEntry } from "./sheet-entry.tsx";

type Sheet = {
  readonly entries: readonly { readonly id: string; readonly entry: Entry }[];
  readonly unreadable: number;
};

/** Accounts on paper, in a window of their own. Nothing is shown before the passphrase, nothing printed before a press. */
export function SheetPage({ vault, say }: SectionProps) {
  const { exportForbidden } = usePolicy();
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const show = async () => {
    const read = await readSheet().catch(() => null);
    if (read === null) say({ tone: "warn", sentence: t("sheet.failed") });
    else setSheet(read);
  };
  if (vault.kind !== "unlocked") return <p>{t("codes.empty")}</p>;
  if (exportForbidden) return <ManagedLine>{t("policy.export-forbidden")}</ManagedLine>;
  if (sheet === null)
    return (
      <section class="page-section">
        <p>{t("sheet.worth")}</p>
        {vault.protection === "passphrase" ? (
          <AskOwnPassphrase
            label={t("sheet.ask")}
            onRight={() => void show()}
            onCancel={() => window.close()}
          />
        ) : (
          <div>
            <button type="button" class="button primary" onClick={() => void show()}>
              {t("sheet.show")}
            </button>
          </div>
        )}
      </section>
    );
  return (
    <section>
      <div class="sheet-controls">
        <p>{t("sheet.worth")}</p>
        {sheet.unreadable > 0 && <p class="problem">{tn("sheet.left-out", sheet.unreadable)}</p>}
        <button
          type="button"
          class="button primary"
          disabled={sheet.entries.length === 0}
          onClick={() => window.print()}
        >
          <Glyph name="print" />
          {t("sheet.print")}
        </button>
      </div>
      <div class="sheet">
        <p class="sheet-head">
          {tn("sheet.head", sheet.entries.length, { date: formatDate(Date.now()) })} {t("sheet.keep-safe")}
        </p>
        {sheet.entries.map(({ id, entry }) => (
          <SheetEntry key={id} entry={entry} />
        ))}
      </div>
    </section>
  );
}

/** Null where nobody knows any more whose sheet it is. Throws VaultLockedError, ForbiddenByPolicyError. */
async function readSheet(): Promise<Sheet | null> {
  await requireAllowed("exportForbidden");
  const ids = await readSheetIds(location.hash);
  if (ids === null) return null;
  const opened = [...(await readEntries(ids))];
  const entries = opened.flatMap(([id, entry]) => (entry.ok ? [{ id, entry: entry.value }] : []));
  return { entries, unreadable: opened.length - entries.length };
}
