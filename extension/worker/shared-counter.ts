import { reserveCounter } from "../groups/reserve-counter.ts";
import { readIndex } from "../vault/entries.ts";

/**
 * Whether a press may take its code in the worker: its entry counts nothing, belongs to nobody else, or the group's server
 * has given out the counter. Otherwise the popup does it, which asks once more, uses the code all the same, and says that
 * somebody else may use it, too: here nobody could be told. Throws where the vault can't be read.
 */
export async function mayCountHere({
  entryId,
  pressId,
}: {
  readonly entryId: string;
  readonly pressId: string;
}): Promise<boolean> {
  const row = (await readIndex()).find(({ id }) => id === entryId);
  if (row?.type !== "hotp" || row.group === undefined) return true;
  const { kind } = await reserveCounter({ id: entryId, g: row.group }, pressId);
  return kind === "reserved";
}
