import { readIndex } from "../vault/entries.ts";
import { whyNotChanged } from "./group-of-row.ts";

/**
 * Why an entry can't be changed by this person, as it is this moment: for what changes one without a list in sight that
 * would know. Null where it can.
 */
export async function whyNotChangedNow(entryId: string): Promise<string | null> {
  const row = (await readIndex()).find(({ id }) => id === entryId);
  if (row?.group === undefined) return null;
  const { readGroupLabels } = await import("../groups/group-labels.ts");
  return whyNotChanged(row, await readGroupLabels());
}
