import { useEffect, useState } from "preact/hooks";
import { type PastImport, watchImports } from "../../../import/past-imports.ts";
import { formatNames } from "../../../ui/format-names.ts";
import { formatDateTime, formatSentences, t, tn } from "../../../ui/i18n.ts";
import type { VaultState } from "../../../vault/state.ts";

/** The imports of the last 30 days, each with what taking it back would do. */
export function PastImports(props: { vault: VaultState; onUndo: (past: PastImport) => Promise<void> }) {
  const [imports, setImports] = useState<readonly PastImport[]>([]);
  const [asking, setAsking] = useState<string | null>(null);
  useEffect(() => {
    if (props.vault.kind !== "unlocked") return setImports([]);
    return watchImports(setImports);
  }, [props.vault.kind]);
  if (imports.length === 0) return null;
  return (
    <section class="stack tight import-past" aria-labelledby="past-imports">
      <h2 id="past-imports">{t("import.past")}</h2>
      <p class="dim">{t("import.past-why")}</p>
      <ul class="plain-list">
        {imports.map((past) => {
          const named = { from: formatNames(past.formats), when: formatDateTime(past.at) };
          return (
            <li key={past.id} class="stack tight">
              <div class="line wrap">
                <span class="grow">{t("import.past-line", named)}</span>
                <button
                  type="button"
                  class="button"
                  aria-label={t("import.undo", named)}
                  aria-expanded={asking === past.id}
                  onClick={() => setAsking(asking === past.id ? null : past.id)}
                >
                  {t("action.undo")}
                </button>
              </div>
              {asking === past.id && (
                <div class="notice boxed" role="group" aria-label={t("import.undo-sure")}>
                  <span class="grow">{whatUndoDoes(past)}</span>
                  <button
                    type="button"
                    class="button danger"
                    onClick={() => {
                      setAsking(null);
                      void props.onUndo(past);
                    }}
                  >
                    {t("import.undo-sure")}
                  </button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function whatUndoDoes({ added, changed, changedSince }: PastImport): string {
  return formatSentences([
    ...(added > 0 ? [tn("import.undo-added", added)] : []),
    ...(changed > 0 ? [tn("import.undo-changed", changed)] : []),
    ...(changedSince > 0 ? [tn("import.undo-since", changedSince)] : []),
  ]);
}
