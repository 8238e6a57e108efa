import type { Entry } from "../../../../shared/otp/entry.ts";
import { type Merged, mergeEntries } from "../../../../shared/otp/merge-entries.ts";
import { fieldName } from "../../../ui/error-text.ts";
import { formatList, t } from "../../../ui/i18n.ts";

/** One of the entries to merge, by the number it is listed under. */
export interface PreviewPart {
  readonly number: number;
  readonly entry: Entry;
  readonly pinned: boolean;
}

/** What the merged entry will say, field by field, and which of the entries each value comes from. */
export function MergePreview(props: {
  parts: readonly PreviewPart[];
  onMerge: () => void;
  onCancel: () => void;
}) {
  const merged = mergeEntries(props.parts);
  return (
    <>
      <table class="table">
        <caption class="visually-hidden">{t("duplicates.becomes")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("duplicates.field")}</th>
            <th scope="col">{t("duplicates.becomes")}</th>
            <th scope="col">{t("duplicates.from")}</th>
          </tr>
        </thead>
        <tbody>
          {previewLines(merged).map(({ field, value, from }) => (
            <tr key={field}>
              <th scope="row">{fieldName(field)}</th>
              <td class="preview-value">{value}</td>
              <td class="dim">
                {formatList(
                  from.map((at) => t("duplicates.number", { number: props.parts[at]?.number ?? 0 })),
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small dim">{t("duplicates.to-trash")}</p>
      <div class="line wrap">
        <button type="button" class="button primary" onClick={props.onMerge}>
          {t("duplicates.merge")}
        </button>
        <button type="button" class="button plain" onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </>
  );
}

interface PreviewLine {
  readonly field: string;
  readonly value: string;
  /** Places among the parts. */
  readonly from: readonly number[];
}

/** Lines for what there is to say; a field that none of them has is left out. */
function previewLines({ entry, pinned, chosen, united, counterFrom }: Merged): PreviewLine[] {
  const one = (at: number | null) => (at === null ? [] : [at]);
  const lines: PreviewLine[] = [
    { field: "issuer", value: entry.issuer, from: one(chosen.issuer) },
    { field: "account", value: entry.account, from: one(chosen.account) },
    { field: "sites", value: formatList(entry.sites), from: united.sites },
    { field: "tags", value: formatList(entry.tags), from: united.tags },
    { field: "note", value: entry.note, from: united.note },
    // As secret as the key: not shown without the passphrase, and not where that is forbidden.
    { field: "pin", value: entry.pin === null ? "" : "✓", from: one(chosen.pin) },
    { field: "icon", value: entry.icon === null ? "" : "✓", from: one(chosen.icon) },
    { field: "counter", value: entry.counter === null ? "" : String(entry.counter), from: one(counterFrom) },
    { field: "pinned", value: pinned ? "✓" : "", from: [] },
  ];
  return lines.filter(({ value }) => value !== "");
}
