import type { IndexRow } from "../vault/index-row.ts";
import type { AutoSite } from "./auto-sites.ts";
import { siteOfUrl } from "./match-site.ts";

/** Which account is filled at a site by itself, or why none: nobody can be asked at that moment. */
export type AutoSiteEntry =
  | { readonly kind: "one"; readonly row: IndexRow }
  /** Others belong to the site than the one it was switched on for: nobody has chosen them. */
  | { readonly kind: "others" }
  /** None that may be filled without a press; "kept": one is in the trash, can't be read, or needs a press. */
  | { readonly kind: "none"; readonly why: "unbound" | "kept" };

/** Kinds whose code follows from the time alone. A counter must not move without a press. */
export function fillsByItself({ type, problem }: Pick<IndexRow, "type" | "problem">): boolean {
  return problem === null && (type === "totp" || type === "steam");
}

/**
 * The account it was switched on for, if it still belongs to the site. Only those of the exact host count: a domain that is
 * bound with all below it is not enough.
 */
export function chooseAutoSiteEntry(
  rows: readonly IndexRow[],
  site: Pick<AutoSite, "origin" | "entryId">,
): AutoSiteEntry {
  const host = siteOfUrl(site.origin);
  const bound = host === null ? [] : rows.filter((row) => row.sites.includes(host));
  const fit = bound.filter((row) => row.deletedAt === null && fillsByItself(row));
  const chosen = fit.find(({ id }) => id === site.entryId);
  if (chosen !== undefined) return { kind: "one", row: chosen };
  if (fit.length > 0) return { kind: "others" };
  // What can't be read may belong to the site without saying so.
  const isUnknown = rows.some(({ problem, sites }) => problem !== null && sites.length === 0);
  return { kind: "none", why: bound.length > 0 || isUnknown ? "kept" : "unbound" };
}
