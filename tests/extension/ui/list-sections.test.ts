import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ListRow, listSections, type SortBy, searchWords } from "../../../extension/ui/list-sections.ts";

function row(id: string, patch: Partial<ListRow> = {}): ListRow {
  return {
    id,
    issuer: id,
    account: "alice@example.com",
    sites: [],
    tags: [],
    pinned: false,
    order: 0,
    uses: 0,
    lastUsedAt: null,
    ...patch,
  };
}

const NO_SITE: ReadonlySet<string> = new Set();

/** Sections as "kind: ids", to be compared at a glance. */
function sectionsOf(
  rows: readonly ListRow[],
  options: { query?: string; siteIds?: ReadonlySet<string>; siteHost?: string; sortBy?: SortBy } = {},
): string[] {
  const { query = "", siteIds = NO_SITE, siteHost = null, sortBy = "usage" } = options;
  return listSections(rows, { query, siteIds, siteHost, sortBy }).map(
    (section) => `${section.kind}: ${section.rows.map(({ id }) => id).join(" ")}`,
  );
}

const anyRow: fc.Arbitrary<Omit<ListRow, "id">> = fc.record({
  issuer: fc.string({ unit: "grapheme", maxLength: 12 }),
  account: fc.string({ maxLength: 12 }),
  sites: fc.array(fc.domain(), { maxLength: 2 }),
  tags: fc.array(fc.string({ maxLength: 5 }), { maxLength: 2 }),
  pinned: fc.boolean(),
  order: fc.float({ noNaN: true, noDefaultInfinity: true }),
  uses: fc.nat(20),
  lastUsedAt: fc.option(fc.nat()),
});
const anyRows = fc
  .array(anyRow, { maxLength: 30 })
  .map((rows) => rows.map((each, at): ListRow => ({ ...each, id: String(at) })));

describe("of several entries of one site", () => {
  const rows = [
    row("work", { order: 1, uses: 9, usedOn: [{ host: "elsewhere.example", at: 90 }] }),
    row("private", { order: 2, uses: 1, usedOn: [{ host: "site.example", at: 20 }] }),
    row("old", { order: 3, uses: 3, usedOn: [{ host: "site.example", at: 10 }] }),
  ];
  const siteIds = new Set(["work", "private", "old"]);

  test("the one used there last comes first, whatever is used most elsewhere", () => {
    expect(sectionsOf(rows, { siteIds, siteHost: "site.example" })).toEqual(["site: private old work"]);
  });

  test("the order by hand holds all the same where it was chosen", () => {
    const sorted = sectionsOf(rows, { siteIds, siteHost: "site.example", sortBy: "hand" });
    expect(sorted).toEqual(["site: work private old"]);
  });

  test("the one used most comes first on a host where none was used", () => {
    expect(sectionsOf(rows, { siteIds, siteHost: "other.example" })).toEqual(["site: work old private"]);
  });
});

describe("without a search", () => {
  test("the site's entries come first, then the pinned, then the rest", () => {
    const rows = [row("a"), row("b", { pinned: true }), row("c"), row("d", { pinned: true })];
    expect(sectionsOf(rows, { siteIds: new Set(["c", "d"]) })).toEqual(["site: c d", "pinned: b", "rest: a"]);
  });

  test("what is used most comes first, then what was used last, then by hand", () => {
    const rows = [
      row("never-2", { order: 2 }),
      row("never-1", { order: 1 }),
      row("twice", { uses: 2, lastUsedAt: 10 }),
      row("once-lately", { uses: 1, lastUsedAt: 30 }),
      row("once-long-ago", { uses: 1, lastUsedAt: 20 }),
    ];
    expect(sectionsOf(rows)).toEqual(["rest: twice once-lately once-long-ago never-1 never-2"]);
  });

  test("an order by hand is kept to, and pinned entries are always in it", () => {
    const rows = [
      row("a", { order: 3, uses: 9 }),
      row("b", { order: 1 }),
      row("c", { order: 2, pinned: true }),
    ];
    expect(sectionsOf(rows, { sortBy: "hand" })).toEqual(["pinned: c", "rest: b a"]);
  });

  test("no section is empty, and every entry stands in exactly one", () => {
    fc.assert(
      fc.property(
        anyRows,
        fc.array(fc.nat(30)),
        fc.constantFrom<SortBy>("usage", "hand"),
        (rows, site, sortBy) => {
          const siteIds = new Set(site.map(String));
          const sections = listSections(rows, { query: "", siteIds, sortBy });
          for (const section of sections) expect(section.rows).not.toHaveLength(0);
          const ids = sections.flatMap((section) => section.rows.map(({ id }) => id));
          expect(ids.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
        },
      ),
    );
  });
});

describe("a search", () => {
  const rows = [
    row("github", { issuer: "GitHub", account: "alice@example.com", tags: ["work"] }),
    row("hub", { issuer: "Hub of Things", account: "bob" }),
    row("bank", { issuer: "ＳＢＩ Bank", account: "eve", sites: ["login.bank.example"] }),
    row("zurich", { issuer: "Zürich", account: "alice" }),
    row("alipay", { issuer: "支付宝", account: "爱丽丝" }),
  ];
  const found = (query: string) => sectionsOf(rows, { query });

  test("finds by issuer, account, tag and site", () => {
    expect(found("git")).toEqual(["results: github"]);
    expect(found("bob")).toEqual(["results: hub"]);
    expect(found("work")).toEqual(["results: github"]);
    expect(found("bank.example")).toEqual(["results: bank"]);
    expect(found("支付")).toEqual(["results: alipay"]);
    expect(found("付宝 丽")).toEqual(["results: alipay"]);
  });

  test("puts an issuer that starts so before one that only holds it", () => {
    expect(found("hub")).toEqual(["results: hub github"]);
  });

  test("minds neither case nor width nor accents", () => {
    for (const query of ["SBI", "sbi", "ｓｂｉ", "ＳＢＩ　ｂａｎｋ"])
      expect(found(query), query).toEqual(["results: bank"]);
    for (const query of ["zurich", "ZÜRICH", "zu\u0308rich"])
      expect(found(query), query).toEqual(["results: zurich"]);
  });

  test("wants all its words, in any order", () => {
    expect(found("alice git")).toEqual(["results: github"]);
    expect(found("git bob")).toEqual([]);
  });

  test("of nothing but blanks is no search", () => {
    expect(searchWords(" \t　")).toEqual([]);
    expect(found("  ")[0]).toMatch(/^rest: /);
  });

  test("finds every entry by any piece of its own names", () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), fc.nat(12), fc.nat(12), (list, pick, from, to) => {
        const target = list[pick % Math.max(1, list.length)];
        if (target === undefined) return;
        const query = [...target.issuer].slice(Math.min(from, to), Math.max(from, to) + 1).join("");
        const sections = listSections(list, { query, siteIds: NO_SITE, sortBy: "usage" });
        expect(sections.flatMap(({ rows }) => rows.map(({ id }) => id))).toContain(target.id);
      }),
    );
  });

  test("never invents an entry nor shows one twice", () => {
    fc.assert(
      fc.property(anyRows, fc.string({ maxLength: 4 }), (list, query) => {
        const ids = listSections(list, { query, siteIds: NO_SITE, sortBy: "hand" }).flatMap((section) =>
          section.rows.map(({ id }) => id),
        );
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
