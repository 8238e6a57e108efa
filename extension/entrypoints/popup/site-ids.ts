import { siteMatcher } from "../../autofill/match-site.ts";
import type { IndexRow } from "../../vault/index-row.ts";

/** The entries that are bound to the site of this address, by id. */
export function siteIds(rows: readonly IndexRow[], url: string | null): ReadonlySet<string> {
  if (url === null) return new Set();
  const match = siteMatcher(url);
  return new Set(rows.filter((row) => match(row.sites) !== null).map((row) => row.id));
}

/** The host at this address if the entry is bound to it: there a copied code counts as used. */
export function hostOfUse(row: IndexRow, url: string | null): string | null {
  return url !== null && siteMatcher(url)(row.sites) !== null ? new URL(url).host : null;
}

/** The host of a page that can be filled, as in URL.host. */
export function hostOf(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.host : null;
}
