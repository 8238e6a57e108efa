import { t } from "../ui/i18n.ts";
import type { IndexRow } from "../vault/index-row.ts";

/**
 * Has the group's server give out the counter of a hotp entry that several people use, before a press makes its code; does
 * nothing for any other entry. Where it can't be had the code is made all the same, from what this device knows.
 *
 * @returns what to say beside the code; null where all is well
 */
export async function reserveIfShared(row: IndexRow, pressId: string): Promise<string | null> {
  if (row.type !== "hotp" || row.group === undefined) return null;
  const { reserveCounter } = await import("../groups/reserve-counter.ts");
  const outcome = await reserveCounter({ id: row.id, g: row.group }, pressId);
  return outcome.kind === "reserved" ? null : t(`counter.${outcome.kind}`);
}
