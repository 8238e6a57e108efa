import { base32Decode, base32Encode } from "../../bytes.ts";
import type { Entry } from "../../otp/entry.ts";
import type { EntryLoss, LostField } from "../format.ts";

/**
 * What entries lose in a format.
 *
 * @param isLost whether a field of this entry, which is not empty, is not in the file
 */
export function entryLosses(
  entries: readonly Entry[],
  isLost: (field: LostField, entry: Entry) => boolean,
): EntryLoss[] {
  return entries
    .map((entry) => ({ entry, fields: filledFields(entry).filter((field) => isLost(field, entry)) }))
    .filter(({ fields }) => fields.length > 0);
}

function filledFields({ sites, tags, note, icon }: Entry): LostField[] {
  const isFilled = { sites: sites.length > 0, tags: tags.length > 0, note: note !== "", icon: icon !== null };
  return (["sites", "tags", "note", "icon"] as const).filter((field) => isFilled[field]);
}

/** The secret without bits that fill no byte, which strict readers refuse. */
export function wholeSecret(secret: string): string {
  const bytes = base32Decode(secret);
  return bytes.ok ? base32Encode(bytes.value) : secret;
}

/** An icon of one of these media types, in base64; null where it is another, or there is none. */
export function iconIn(
  icon: string | null,
  types: readonly string[],
): { readonly type: string; readonly base64: string } | null {
  const [, type = "", base64 = ""] = /^data:([^;,]+);base64,(.+)$/.exec(icon ?? "") ?? [];
  return types.includes(type) ? { type, base64 } : null;
}
