import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { GroupLabels } from "../../../groups/group-labels.ts";
import { groupOf, whyNotChanged } from "../../../screens/group-of-row.ts";
import type { RowCommand } from "../../../screens/list-keys.ts";
import { rowCode } from "../../../screens/row-code.ts";
import { menuItems } from "../../../screens/row-menu.ts";
import { iconOf, useOpenedEntries } from "../../../screens/use-list.ts";
import { useMovedRow } from "../../../screens/use-moved-row.ts";
import { type RowDrag, useRowDrag } from "../../../screens/use-row-drag.ts";
import { shortName } from "../../../ui/entry-name.ts";
import { EntryRow } from "../../../ui/entry-row.tsx";
import { t } from "../../../ui/i18n.ts";
import { IssuerMark } from "../../../ui/issuer-marks/issuer-mark.tsx";
import type { Section } from "../../../ui/list-sections.ts";
import { Menu } from "../../../ui/menu.tsx";
import { SectionHeader } from "../../../ui/section-header.tsx";
import { useSecond } from "../../../ui/use-second.ts";
import { HEADER_HEIGHT, itemsInView, ROW_HEIGHT } from "../../../ui/window-rows.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import { type GridKey, gridKey } from "./grid-keys.ts";
import { useWindowView } from "./use-window-view.ts";

const NONE_OPENED = new Map();

/**
 * The list of the full page. It is as long as all its rows, and scrolls with the page; only what is in sight is drawn and
 * opened. The keyboard stands in the list itself, on one row; any number of rows can be chosen.
 */
export function EntryGrid(props: {
  grid: RefObject<HTMLDivElement | null>;
  rows: readonly IndexRow[];
  sections: readonly Section<IndexRow>[];
  chosen: ReadonlySet<string>;
  counterCodes: ReadonlyMap<string, string>;
  groups: GroupLabels;
  /** Whether there is anywhere but here to put entries. */
  hasPlaces: boolean;
  /** The row that the keyboard stands on. */
  current: string | null;
  onCurrent: (id: string) => void;
  /** A tick, or a click with Ctrl or Shift. */
  onChoose: (id: string, how: "toggle" | "stretch", from: string) => void;
  /** The keyboard went on without choosing. */
  onLift: () => void;
  onAll: (which: "all" | "none" | "trash") => void;
  onCommand: (command: RowCommand, row: IndexRow) => void;
  /** Whether all rows are shown: of some, the order can't be seen. */
  canMove: boolean;
  mayDrag: RowDrag["onBegin"];
  onDrop: RowDrag["onDrop"];
}) {
  const { grid, groups, hasPlaces } = props;
  const [menu, setMenu] = useState<{ anchor: HTMLElement; row: IndexRow } | null>(null);
  const now = useSecond();
  const view = useWindowView(grid);
  const drag = useRowDrag({
    list: grid,
    rows: props.rows,
    sections: props.sections,
    scroller: {
      view: () => ({ top: view.covered, bottom: innerHeight }),
      scrollBy: (pixels) => scrollBy(0, pixels),
    },
    onBegin: props.mayDrag,
    onDrop: props.onDrop,
  });
  const { placed, height, rows } = drag.placed;
  const inView = itemsInView(placed, view.top, view.height);
  const drawnIds = inView.flatMap(({ item }) => (item.kind === "row" ? [item.row.id] : []));
  const opened = useOpenedEntries(drawnIds, props.rows, NONE_OPENED);
  const current = rows.find(({ id }) => id === props.current) ?? rows[0];

  const show = (id: string) => {
    const at = placed.find(({ item }) => item.kind === "row" && item.row.id === id);
    const box = grid.current?.getBoundingClientRect();
    if (!at || !box) return;
    // The first row shows with its header, and no row stops under the head that stays in sight.
    const top = box.top + at.top - (at.index <= 1 ? HEADER_HEIGHT : 0);
    const bottom = box.top + at.top + ROW_HEIGHT;
    if (top < view.covered) scrollBy(0, top - view.covered);
    else if (bottom > innerHeight - 8) scrollBy(0, bottom - innerHeight + 8);
  };
  useEffect(() => {
    if (props.current !== null) show(props.current);
  }, [props.current]);

  const follow = useMovedRow(placed, show);
  const command = (what: RowCommand, row: IndexRow) => {
    if (props.canMove) follow(what, row);
    props.onCommand(what, row);
  };
  const run = (key: GridKey) => {
    if (!current) return;
    switch (key.kind) {
      case "command":
        return command(key.command, current);
      case "toggle":
        return props.onChoose(current.id, "toggle", current.id);
      case "move":
        return move(key.to, key.stretch ? "stretch" : "lift", current);
      default:
        return props.onAll(key.kind);
    }
  };
  const move = (to: number | "first" | "last", how: "stretch" | "lift", from: IndexRow) => {
    const wanted = to === "first" ? 0 : to === "last" ? rows.length - 1 : rows.indexOf(from) + to;
    const next = rows[Math.max(0, Math.min(rows.length - 1, wanted))];
    if (!next) return;
    props.onCurrent(next.id);
    if (how === "stretch") props.onChoose(next.id, "stretch", from.id);
    else props.onLift();
  };

  return (
    <>
      <div
        ref={grid}
        class={`page-list ${drag.draggedId ? "dragging" : ""}`}
        id="codes"
        role="grid"
        tabIndex={0}
        aria-label={t("list.codes")}
        aria-multiselectable="true"
        aria-rowcount={placed.length}
        // A row that was scrolled out of sight is not there to be pointed at.
        aria-activedescendant={current && drawnIds.includes(current.id) ? `entry-${current.id}` : undefined}
        style={{ blockSize: `${height}px` }}
        onKeyDown={(event) => {
          if (menu || event.target !== event.currentTarget) return;
          const key = gridKey(event);
          if (key === null || (event.repeat && key.kind !== "move")) return;
          event.preventDefault();
          run(key);
        }}
      >
        <div role="rowgroup">
          {inView.map(({ item, top, index }) =>
            item.kind === "header" ? (
              <SectionHeader key={item.header} kind={item.header} host={null} top={top} index={index} />
            ) : (
              <EntryRow
                key={item.row.id}
                domId={`entry-${item.row.id}`}
                rowIndex={index + 1}
                top={drag.topOf(item.row.id, top)}
                issuer={item.row.issuer}
                account={item.row.account}
                badge={item.row.tags.length > 0 ? item.row.tags.join(", ") : null}
                group={groupOf(item.row, groups)}
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
                selected={item.row.id === current?.id}
                pinned={item.row.pinned}
                tick={{
                  ticked: props.chosen.has(item.row.id),
                  onTick: (event) => {
                    props.onChoose(
                      item.row.id,
                      event.shiftKey ? "stretch" : "toggle",
                      current?.id ?? item.row.id,
                    );
                    props.onCurrent(item.row.id);
                    grid.current?.focus({ preventScroll: true });
                  },
                }}
                {...(props.canMove && { onGrip: (press) => drag.onGrip(press, item.row) })}
                dragged={item.row.id === drag.draggedId}
                onPress={(event) => {
                  const from = current?.id ?? item.row.id;
                  props.onCurrent(item.row.id);
                  grid.current?.focus({ preventScroll: true });
                  if (event.shiftKey) props.onChoose(item.row.id, "stretch", from);
                  else if (event.ctrlKey || event.metaKey) props.onChoose(item.row.id, "toggle", from);
                  else props.onCommand("press", item.row);
                }}
                onPoint={() => {}}
                onMenu={(anchor) => {
                  props.onCurrent(item.row.id);
                  setMenu({ anchor, row: item.row });
                }}
              />
            ),
          )}
        </div>
      </div>
      {menu && (
        <Menu
          anchor={menu.anchor}
          label={t("row.more", { name: shortName(menu.row) })}
          note={whyNotChanged(menu.row, groups)}
          items={menuItems(menu.row, { hasSite: false, autoSite: null, groups, hasPlaces }, (what) => {
            // The menu is gone: the keys are the list's again.
            grid.current?.focus({ preventScroll: true });
            command(what, menu.row);
          })}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
