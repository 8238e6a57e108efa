import type { GroupLabels } from "../groups/group-labels.ts";
import { t } from "../ui/i18n.ts";
import type { IndexRow } from "../vault/index-row.ts";

/** The group's name for a row, "" until it is known; null for what is only this person's. */
export function groupOf({ group }: Pick<IndexRow, "group">, labels: GroupLabels): string | null {
  if (group === undefined) return null;
  const label = labels.get(group);
  return label?.isPersonal ? t("place.all-mine-short") : (label?.name ?? "");
}

/** Whether this person may change an entry. Until that is known they may: what they may not is undone by the next sync. */
export function mayChange({ group }: Pick<IndexRow, "group">, labels: GroupLabels): boolean {
  return group === undefined || (labels.get(group)?.mayChange ?? true);
}

/** Why an entry can't be changed; null where it can. */
export function whyNotChanged(row: Pick<IndexRow, "group">, labels: GroupLabels): string | null {
  return mayChange(row, labels) ? null : t("row.only-codes", { group: groupOf(row, labels) ?? "" });
}
