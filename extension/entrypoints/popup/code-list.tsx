import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { GroupLabels } from "../../groups/group-labels.ts";
import { groupOf, whyNotChanged } from "../../screens/group-of-row.ts";
import { listKey, type RowCommand } from "../../screens/list-keys.ts";
import { rowCode } from "../../screens/row-code.ts";
import { menuItems } from "../../screens/row-menu.ts";
import { iconOf, type OpenedEntries, useOpenedEntries } from "../../screens/use-list.ts";
import { useMovedRow } from "../../screens/use-moved-row.ts";
import { type RowDrag, scrollerOf, useRowDrag } from "../../screens/use-row-drag.ts";
import { announce } from "../../ui/announcer.tsx";
import { shortName } from "../../ui/entry-name.ts";
import { EntryRow } from "../../ui/entry-row.tsx";
import { t } from "../../ui/i18n.ts";
import { IssuerMark } from "../../ui/issuer-marks/issuer-mark.tsx";
import { listSections, type SortBy } from "../../ui/list-sections.ts";
import { Menu } from "../../ui/menu.tsx";
import { SectionHeader } from "../../ui/section-header.tsx";
import { useSecond } from "../../ui/use-second.ts";
import { HEADER_HEIGHT, itemsInView, ROW_HEIGHT } from "../../ui/window-rows.ts";
import type { IndexRow } from "../../vault/index-row.ts";
import { SearchBar } from "./search-bar.tsx";

/** The list is no higher in a popup, in CSS pixels: the first painting draws what can be seen of it and nothing beside it. */
const FIRST_HEIGHT = 476;

/** The list of codes with its search field: the first and main screen. */
export function CodeList(props: {
  rows: readonly IndexRow[];
  initialEntries: OpenedEntries;
  siteHost: string | null;
  siteIds: ReadonlySet<string>;
  sortBy: SortBy;
  counterCodes: ReadonlyMap<string, string>;
  groups: GroupLabels;
  notices: ComponentChildren;
  autoSiteOf: (row: IndexRow) => "on" | "off" | null;
  onCommand: (command: RowCommand, row: IndexRow) => void;
  mayDrag: RowDrag["onBegin"];
  onDrop: RowDrag["onDrop"];
  onAdd: () => void;
  onLock: () => void;
  /** Whether there is a passphrase to lock with. */
  canLock: boolean;
}) {
  const [query, setQuery] = useState("");
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [viewHeight, setViewHeight] = useState<number | null>(null);
  const [menu, setMenu] = useState<{ anchor: HTMLElement; row: IndexRow } | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const now = useSecond();

  const sections = useMemo(() => {
    const { siteIds, siteHost, sortBy } = props;
    return listSections(props.rows, { query, siteIds, siteHost, sortBy });
  }, [props.rows, query, props.siteIds, props.siteHost, props.sortBy]);
  const drag = useRowDrag({
    list,
    rows: props.rows,
    sections,
    scroller: scrollerOf(list),
    onBegin: props.mayDrag,
    onDrop: props.onDrop,
  });
  const { placed, height } = drag.placed;
  const ids = useMemo(() => drag.placed.rows.map((row) => row.id), [drag.placed]);

  const chosen = drag.draggedId ?? selectedId;
  const selected = chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null);
  const inView =
    viewHeight === null
      ? itemsInView(placed, 0, FIRST_HEIGHT, 0)
      : itemsInView(placed, scrollTop, viewHeight);
  const drawnIds = inView.flatMap(({ item }) => (item.kind === "row" ? [item.row.id] : []));
  const opened = useOpenedEntries(drawnIds, props.rows, props.initialEntries);
  const nothing = ids.length === 0 && query !== "" ? t("list.no-match", { query }) : null;
  const rowById = (id: string | null) => props.rows.find((row) => row.id === id);

  useLayoutEffect(() => search.current?.focus(), []);
  useEffect(() => {
    // After painting: asking for a height before it makes the page be laid out twice.
    setViewHeight(list.current?.clientHeight ?? FIRST_HEIGHT);
  }, []);

  useEffect(() => {
    // Once the typing rests, and not when the one found goes to the trash: then that is what is to be said.
    const timer = setTimeout(() => nothing && announce(nothing), 400);
    return () => clearTimeout(timer);
  }, [query]);

  const show = (id: string) => {
    const at = placed.find(({ item }) => item.kind === "row" && item.row.id === id);
    const view = list.current;
    if (!at || !view) return;
    const first = at.index <= 1;
    if (at.top < view.scrollTop + HEADER_HEIGHT) view.scrollTop = first ? 0 : at.top - HEADER_HEIGHT;
    else if (at.top + ROW_HEIGHT > view.scrollTop + view.clientHeight)
      view.scrollTop = at.top + ROW_HEIGHT - view.clientHeight;
  };
  const follow = useMovedRow(placed, show);
  const select = (id: string) => {
    setSelectedId(id);
    show(id);
  };
  const run = (what: RowCommand, row: IndexRow) => {
    // What a search finds stands in no order.
    if (query === "") follow(what, row);
    props.onCommand(what, row);
  };
  const moveSelection = (step: number) => {
    const at = ids.indexOf(selected ?? "");
    const next = ids[Math.max(0, Math.min(ids.length - 1, at + step))];
    if (next) select(next);
  };
  const command = (what: RowCommand) => {
    const row = rowById(selected);
    if (!row) return;
    // The keys stay with the row, wherever it goes.
    setSelectedId(row.id);
    run(what, row);
  };

  // Before painting, not after: an Enter right behind the last letter typed means the row that this letter put in front.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (menu) return;
      const key = listKey(event);
      if (key === null) return;
      // A key held down asks once: a second code (or a second HOTP step) needs a second press.
      if (event.repeat && key.kind === "command") return event.preventDefault();
      if (key.kind === "escape") {
        if (query === "") return window.close();
        setQuery("");
      } else if (key.kind === "move") moveSelection(key.step);
      else if (key.kind === "command") command(key.command);
      else if (key.kind === "add") props.onAdd();
      else props.onLock();
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  return (
    <>
      <h1 class="visually-hidden">{t("list.codes")}</h1>
      <SearchBar
        field={search}
        query={query}
        activeId={selected && drawnIds.includes(selected) ? `entry-${selected}` : undefined}
        onQuery={(typed) => {
          setQuery(typed);
          setSelectedId(null);
          if (list.current) list.current.scrollTop = 0;
        }}
        onAdd={props.onAdd}
        onLock={props.canLock ? props.onLock : null}
      />
      {nothing && <p class="empty">{nothing}</p>}
      <div
        ref={list}
        class={`list ${drag.draggedId ? "dragging" : ""}`}
        id="codes"
        role="grid"
        aria-label={t("list.codes")}
        aria-rowcount={placed.length}
        tabIndex={-1}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      >
        <div class="list-space" role="rowgroup" style={{ blockSize: `${height}px` }}>
          {inView.map(({ item, top, index }) =>
            item.kind === "header" ? (
              <SectionHeader
                key={item.header}
                kind={item.header}
                host={props.siteHost}
                top={top}
                index={index}
              />
            ) : (
              <EntryRow
                key={item.row.id}
                domId={`entry-${item.row.id}`}
                rowIndex={index + 1}
                top={drag.topOf(item.row.id, top)}
                issuer={item.row.issuer}
                account={item.row.account}
                badge={item.row.tags.length > 0 ? item.row.tags.join(", ") : null}
                group={groupOf(item.row, props.groups)}
                mark={
                  <IssuerMark
                    issuer={item.row.issuer}
                    account={item.row.account}
                    sites={item.row.sites}
                    icon={iconOf(opened.get(item.row.id))}
                    size={34}
                  />
                }
                code={rowCode(opened.get(item.row.id), props.counterCodes.get(item.row.id) ?? null, now)}
                selected={item.row.id === selected}
                pinned={item.row.pinned}
                // What a search finds stands in no order that could be changed.
                {...(query === "" && { onGrip: (press) => drag.onGrip(press, item.row) })}
                dragged={item.row.id === drag.draggedId}
                onPress={() => props.onCommand("press", item.row)}
                onPoint={() => setSelectedId(item.row.id)}
                onMenu={(anchor) => {
                  setSelectedId(item.row.id);
                  setMenu({ anchor, row: item.row });
                }}
              />
            ),
          )}
        </div>
      </div>
      {props.notices}
      {menu && (
        <Menu
          anchor={menu.anchor}
          label={t("row.more", { name: shortName(menu.row) })}
          items={menuItems(
            menu.row,
            {
              hasSite: props.siteHost !== null,
              autoSite: props.autoSiteOf(menu.row),
              groups: props.groups,
              hasPlaces: props.groups.size > 0,
            },
            (what) => {
              // The menu is gone: typing is to search again.
              search.current?.focus();
              run(what, menu.row);
            },
          )}
          note={whyNotChanged(menu.row, props.groups)}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
