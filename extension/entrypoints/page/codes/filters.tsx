import type { GroupLabels } from "../../../groups/group-labels.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { IndexRow } from "../../../vault/index-row.ts";
import { countTexts } from "./texts-panel.tsx";

/** What the list is narrowed to; null means any. */
export interface Filter {
  readonly query: string;
  readonly tag: string | null;
  readonly site: string | null;
  /** A group's id; "" is what is only this person's. */
  readonly group: string | null;
}

export const NO_FILTER: Filter = { query: "", tag: null, site: null, group: null };

/** Whether anything is left out by it. */
export function isNarrowed({ query, tag, site, group }: Filter): boolean {
  return query !== "" || tag !== null || site !== null || group !== null;
}

/** Whether a row has the tag, the site and the group that are asked for; the words of the search are for the list's own ranking. */
export function isShown(
  row: Pick<IndexRow, "tags" | "sites" | "group">,
  { tag, site, group }: Filter,
): boolean {
  if (group !== null && (row.group ?? "") !== group) return false;
  return (tag === null || row.tags.includes(tag)) && (site === null || row.sites.includes(site));
}

/** The search field, and beside it a choice of tags and of sites where there are any. */
export function Filters(props: {
  rows: readonly IndexRow[];
  groups: GroupLabels;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** Arrow down leaves the field for the list. */
  onLeave: () => void;
}) {
  const { rows, filter } = props;
  return (
    <search class="filters">
      <label class="filter-search">
        <Glyph name="search" />
        <input
          class="search"
          type="text"
          aria-label={t("list.search")}
          placeholder={t("list.search")}
          autocomplete="off"
          spellcheck={false}
          value={filter.query}
          onInput={(event) => props.onFilter({ ...filter, query: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.isComposing) return;
            if (event.key === "Escape" && filter.query !== "") props.onFilter({ ...filter, query: "" });
            else if (event.key === "ArrowDown") props.onLeave();
            else return;
            event.preventDefault();
          }}
        />
      </label>
      <NarrowGroup
        rows={rows}
        groups={props.groups}
        value={filter.group}
        onChoose={(group) => props.onFilter({ ...filter, group })}
      />
      {(["tag", "site"] as const).map((field) => (
        <Narrow
          key={field}
          label={t(field === "tag" ? "codes.filter-tag" : "codes.filter-site")}
          any={t(field === "tag" ? "codes.any-tag" : "codes.any-site")}
          texts={countTexts(rows, field === "tag" ? "tags" : "sites")}
          value={filter[field]}
          onChoose={(value) => props.onFilter({ ...filter, [field]: value })}
        />
      ))}
    </search>
  );
}

function NarrowGroup(props: {
  rows: readonly IndexRow[];
  groups: GroupLabels;
  value: string | null;
  onChoose: (group: string | null) => void;
}) {
  const { rows, value } = props;
  const nameOf = (g: string) => {
    const label = props.groups.get(g);
    return label?.isPersonal ? t("place.all-mine") : (label?.name ?? t("codes.gone-group"));
  };
  // What this person keeps for themselves is named once there is something in it.
  const groups = [...props.groups]
    .filter(([g, { isPersonal }]) => !isPersonal || rows.some(({ group }) => group === g))
    .map(([g]) => g)
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  // One that is not here any more can still be let go of.
  const gone = value === null || value === "" || groups.includes(value) ? [] : [value];
  if (groups.length + gone.length === 0 && value === null) return null;
  const ids = [null, "", ...groups, ...gone];
  return (
    <select
      class="input filter"
      aria-label={t("codes.filter-group")}
      value={String(ids.indexOf(props.value))}
      onChange={(event) => props.onChoose(ids[event.currentTarget.selectedIndex] ?? null)}
    >
      {ids.map((id, at) => (
        <option key={id ?? "any"} value={String(at)}>
          {id === null ? t("codes.any-group") : id === "" ? t("place.only-me") : nameOf(id)}
        </option>
      ))}
    </select>
  );
}

function Narrow(props: {
  label: string;
  any: string;
  texts: readonly [text: string, count: number][];
  value: string | null;
  onChoose: (value: string | null) => void;
}) {
  // One that nothing has any more can still be let go of.
  const texts = props.texts.map(([text]) => text);
  const offered = props.value === null || texts.includes(props.value) ? texts : [props.value, ...texts];
  if (offered.length === 0) return null;
  return (
    <select
      class="input filter"
      aria-label={props.label}
      value={props.value ?? ""}
      onChange={(event) =>
        props.onChoose(event.currentTarget.selectedIndex === 0 ? null : event.currentTarget.value)
      }
    >
      <option value="">{props.any}</option>
      {offered.map((text) => (
        <option key={text} value={text}>
          {text}
        </option>
      ))}
    </select>
  );
}
