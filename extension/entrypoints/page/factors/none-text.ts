import { isWayIn } from "../../../servers/factors.ts";
import type { KnownFactors } from "../../../servers/read-factors.ts";
import { t } from "../../../ui/i18n.ts";

/**
 * That none of somebody's factors lets in, as there is none or none that counts, and whether the server wants one.
 *
 * @param none the words where there is none and none is wanted
 * @returns null: one does
 */
export function noneText(
  { factors, level }: KnownFactors,
  host: string,
  none: "factors.why-none" | "factors.access.none",
): string | null {
  if (factors.some(isWayIn)) return null;
  const hasSome = factors.some(({ status }) => status === "verified");
  if (level.lacks === "factor-missing")
    return t(hasSome ? "factors.none-counts-wanted" : "factors.none-wanted", { host });
  return t(hasSome ? "factors.why-none-counts" : none);
}
