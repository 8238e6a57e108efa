import { useState } from "preact/hooks";
import { usePolicy } from "../../../screens/use-policy.ts";
import { formatList, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { ManyEdit } from "../../../vault/change-many.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import { goToExport, openSheet } from "../sheet/sheet-choice.ts";
import type { Done } from "./change-and-say.ts";
import { TextsPanel } from "./texts-panel.tsx";

/**
 * The line above the list: how many there are or are chosen, and what can be done with those. It has its room whether
 * anything is chosen or not, so that no row moves when a tick is set.
 */
export function BulkBar(props: {
  shown: number;
  chosen: readonly IndexRow[];
  onToggleAll: () => void;
  /** Thousands take a while. */
  busy: boolean;
  onChange: (ids: readonly string[], edit: ManyEdit, done: Done) => Promise<unknown>;
  onTrash: () => void;
  /** Opens what puts them elsewhere; null where there is no group. */
  onPlace: (() => void) | null;
}) {
  const { chosen, busy } = props;
  const { exportForbidden } = usePolicy();
  const [panel, setPanel] = useState<"tags" | "sites" | null>(null);
  const ids = chosen.map(({ id }) => id);
  const some = chosen.length > 0;
  const change = async (field: "tags" | "sites", add: readonly string[], remove: readonly string[]) => {
    const key =
      field === "tags"
        ? add.length > 0
          ? "many.tagged"
          : "many.untagged"
        : add.length > 0
          ? "many.sited"
          : "many.unsited";
    await props.onChange(ids, { field, add, remove }, { key, what: formatList([...add, ...remove]) });
  };
  const toggle = (field: "tags" | "sites") => setPanel((now) => (now === field ? null : field));

  return (
    <>
      <div class="bulk-bar" role="group" aria-label={t("many.toolbar")} aria-busy={busy}>
        <label class="check">
          <input
            type="checkbox"
            checked={some && chosen.length === props.shown}
            // Not an attribute: it is only to be had by script.
            ref={(box) => {
              if (box) box.indeterminate = some && chosen.length < props.shown;
            }}
            disabled={props.shown === 0}
            onChange={props.onToggleAll}
          />
          <span class="bulk-count">
            <span class="visually-hidden">{t("many.choose-all")} </span>
            {busy
              ? t("many.working")
              : some
                ? tn("many.chosen", chosen.length)
                : tn("many.shown", props.shown)}
          </span>
        </label>
        {some && (
          <div class="line bulk-actions">
            {(["tags", "sites"] as const).map((field) => (
              <button
                key={field}
                type="button"
                class="button plain"
                aria-expanded={panel === field}
                onClick={() => toggle(field)}
              >
                {t(field === "tags" ? "many.tags" : "many.sites")}
              </button>
            ))}
            {props.onPlace && (
              <button type="button" class="button plain" onClick={props.onPlace}>
                {t("many.place")}
              </button>
            )}
            {(["print", "export"] as const).map((way) => (
              <button
                key={way}
                type="button"
                class="button plain"
                disabled={exportForbidden}
                title={exportForbidden ? t("policy.export-forbidden") : undefined}
                aria-describedby={exportForbidden ? "print-managed" : undefined}
                onClick={() => void (way === "print" ? openSheet(ids) : goToExport(ids))}
              >
                {t(`many.${way}`)}
              </button>
            ))}
            {exportForbidden && (
              <span class="visually-hidden" id="print-managed">
                {t("policy.export-forbidden")}
              </span>
            )}
            <button type="button" class="button plain danger-text" disabled={busy} onClick={props.onTrash}>
              <Glyph name="trash" size={16} />
              {t("many.trash")}
            </button>
          </div>
        )}
      </div>
      {some && panel && (
        <TextsPanel
          key={panel}
          field={panel}
          rows={chosen}
          onAdd={(texts) => change(panel, texts, [])}
          onRemove={(text) => change(panel, [], [text])}
          onClose={() => setPanel(null)}
        />
      )}
    </>
  );
}
