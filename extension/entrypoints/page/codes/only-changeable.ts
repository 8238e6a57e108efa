import type { GroupLabels } from "../../../groups/group-labels.ts";
import { whyNotChanged } from "../../../screens/group-of-row.ts";
import type { ToastContent } from "../../../ui/toast.tsx";
import type { IndexRow } from "../../../vault/index-row.ts";

/** Those of the entries that this person may change; says why where it is none. */
export function onlyChangeable(
  ids: readonly string[],
  rows: readonly IndexRow[],
  groups: GroupLabels,
  say: (content: ToastContent) => void,
): readonly string[] {
  const wanted = rows.filter(({ id }) => ids.includes(id));
  const goes = wanted.filter((row) => whyNotChanged(row, groups) === null);
  const [first] = wanted;
  const why = goes.length === 0 && first !== undefined ? whyNotChanged(first, groups) : null;
  if (why !== null) say({ tone: "warn", sentence: why });
  return goes.map(({ id }) => id);
}
