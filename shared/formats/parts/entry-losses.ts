import { DEFAULT_PERIOD } from "../../otp/code.ts";
import type { Entry } from "../../otp/entry.ts";
import type { EntryLoss, LeftOutEntry, LeftOutReason, LostField, WritableEntry } from "../format.ts";

/**
 * Parts what a format can say from what it can't.
 *
 * @param whyNot what stands in an entry's way; null where nothing does
 */
export function partSayable(
  entries: readonly WritableEntry[],
  whyNot: (entry: Entry) => LeftOutReason | null,
): { readonly written: readonly WritableEntry[]; readonly leftOut: readonly LeftOutEntry[] } {
  const judged = entries.map((entry) => ({ entry, reason: whyNot(entry) }));
  return {
    written: judged.flatMap(({ entry, reason }) => (reason === null ? [entry] : [])),
    leftOut: judged.flatMap(({ entry, reason }) => (reason === null ? [] : [{ entry, reason }])),
  };
}

/** What programs that make Steam's codes in one way only, of SHA-1 and 30 seconds, would make other codes of. */
export function whyNotSteam({ algorithm, period }: Entry): LeftOutReason | null {
  if (algorithm !== "SHA1") return "algorithm";
  return (period ?? DEFAULT_PERIOD) === DEFAULT_PERIOD ? null : "period";
}

/**
 * What entries lose in a format.
 *
 * @param isLost whether a field of this entry, which is not empty, is not in the file
 */
export function entryLosses(
  entries: readonly WritableEntry[],
  isLost: (field: LostField, entry: WritableEntry) => boolean,
): EntryLoss[] {
  return entries
    .map((entry) => ({ entry, fields: filledFields(entry).filter((field) => isLost(field, entry)) }))
    .filter(({ fields }) => fields.length > 0);
}

function filledFields({ sites, tags, note, icon, pinned, issuer, account, algorithm }: WritableEntry) {
  const isFilled: Record<LostField, boolean> = {
    sites: sites.length > 0,
    "further-sites": sites.length > 1,
    tags: tags.length > 0,
    "further-tags": new Set(tags).size > 1,
    note: note !== "",
    icon: icon !== null,
    pinned: pinned === true,
    names: issuer !== "" || account !== "",
    algorithm: algorithm !== "SHA1",
  };
  // Object.keys gives the keys of the literal above, which the compiler knows only as strings.
  return (Object.keys(isFilled) as LostField[]).filter((field) => isFilled[field]);
}

/** An icon of one of these media types, in base64; null where it is another, or there is none. */
export function iconIn(
  icon: string | null,
  types: readonly string[],
): { readonly type: string; readonly base64: string } | null {
  const [, type = "", base64 = ""] = /^data:([^;,]+);base64,(.+)$/.exec(icon ?? "") ?? [];
  return types.includes(type) ? { type, base64 } : null;
}
