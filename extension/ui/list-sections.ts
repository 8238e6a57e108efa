/** What a list row needs to know of an entry: no secret. The vault's index rows have these fields. */
export interface ListRow {
  readonly id: string;
  readonly issuer: string;
  readonly account: string;
  readonly sites: readonly string[];
  readonly tags: readonly string[];
  readonly pinned: boolean;
  /** Place in the order by hand; smaller comes first. */
  readonly order: number;
  readonly uses: number;
  /** Milliseconds since 1970 UTC, or null where the entry was never used. */
  readonly lastUsedAt: number | null;
  /** Where it was used last, the latest first; absent where that is not known. */
  readonly usedOn?: readonly { readonly host: string; readonly at: number }[];
}

export type SectionKind = "site" | "pinned" | "rest" | "results";
export type SortBy = "usage" | "hand";

export interface Section<Row extends ListRow> {
  readonly kind: SectionKind;
  readonly rows: readonly Row[];
}

const byHand = (a: ListRow, b: ListRow) => a.order - b.order;
const byUsage = (a: ListRow, b: ListRow) =>
  b.uses - a.uses || (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) || a.order - b.order;

/**
 * What was used on a host last comes first there, whatever is used most elsewhere: of several accounts at one site it is
 * the best guess.
 */
function byUseOn(host: string | null) {
  const lastOn = (row: ListRow) => row.usedOn?.find((each) => each.host === host)?.at ?? 0;
  return (a: ListRow, b: ListRow) => lastOn(b) - lastOn(a) || byUsage(a, b);
}

/**
 * Cuts the list into the sections of the popup: what fits the current site, what is pinned, the rest. A search has one
 * section, best matches first.
 *
 * @param siteIds entries that may be filled into the current page, by id
 * @param siteHost the current page's host, as in URL.host; absent or null where there is none
 */
export function listSections<Row extends ListRow>(
  rows: readonly Row[],
  options: { query: string; siteIds: ReadonlySet<string>; siteHost?: string | null; sortBy: SortBy },
): Section<Row>[] {
  const compare = options.sortBy === "hand" ? byHand : byUsage;
  const words = searchWords(options.query);
  if (words.length > 0) {
    const ranked = rows
      .map((row) => ({ row, rank: matchRank(row, words) }))
      .filter((match) => match.rank < NO_MATCH)
      .sort((a, b) => a.rank - b.rank || compare(a.row, b.row));
    return ranked.length > 0 ? [{ kind: "results", rows: ranked.map((match) => match.row) }] : [];
  }
  const bySite = options.sortBy === "hand" ? byHand : byUseOn(options.siteHost ?? null);
  const site = rows.filter((row) => options.siteIds.has(row.id)).sort(bySite);
  const others = rows.filter((row) => !options.siteIds.has(row.id));
  const sections: Section<Row>[] = [
    { kind: "site", rows: site },
    { kind: "pinned", rows: others.filter((row) => row.pinned).sort(byHand) },
    { kind: "rest", rows: others.filter((row) => !row.pinned).sort(compare) },
  ];
  return sections.filter((section) => section.rows.length > 0);
}

const NO_MATCH = 99;

/** The words of a query, folded so that case, width (ＡＷＳ) and accents don't matter. */
export function searchWords(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}

function fold(text: string): string {
  // A Greek sigma is written another way at the end of a word, which a piece of that word can't know.
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ς", "σ");
}

/** 0 where the issuer starts with the first word, 1 where a word of issuer or account does, 2 for any other match. */
function matchRank(row: ListRow, words: readonly string[]): number {
  const issuer = fold(row.issuer);
  const rest = fold([row.account, ...row.tags, ...row.sites].join(" "));
  let rank = 0;
  for (const word of words) {
    if (issuer.startsWith(word)) continue;
    if (startsAWord(issuer, word) || rest.startsWith(word)) rank = Math.max(rank, 1);
    else if (issuer.includes(word) || rest.includes(word)) rank = Math.max(rank, 2);
    else return NO_MATCH;
  }
  return rank;
}

function startsAWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at > 0 && /[^\p{L}\p{N}]/u.test(text.charAt(at - 1));
}
