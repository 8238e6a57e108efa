import { matchSite } from "../../autofill/match-site.ts";
import type { IndexRow } from "../../vault/index-row.ts";

/** The entries that are bound to the site of this address, by id. */
export function siteIds(rows: readonly IndexRow[], url: string | null): ReadonlySet<string> {
  if (url === null) return new Set();
  return new Set(
    rows.filter((row) => row.sites.length > 0 && matchSite(row.sites, url) !== null).map((row) => row.id),
  );
}
