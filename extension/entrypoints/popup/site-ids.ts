import { siteMatcher } from "../../autofill/match-site.ts";
import type { IndexRow } from "../../vault/index-row.ts";

/** The entries that are bound to the site of this address, by id. */
export function siteIds(rows: readonly IndexRow[], url: string | null): ReadonlySet<string> {
  if (url === null) return new Set();
  const match = siteMatcher(url);
  return new Set(rows.filter((row) => match(row.sites) !== null).map((row) => row.id));
}
