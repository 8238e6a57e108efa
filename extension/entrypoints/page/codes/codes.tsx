import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Preferences } from "../../../preferences/preferences.ts";
import { EditEntry } from "../../../screens/edit-entry.tsx";
import { mayChange } from "../../../screens/group-of-row.ts";
import type { RowCommand } from "../../../screens/list-keys.ts";
import { Unopenable } from "../../../screens/unopenable.tsx";
import { useEntryCommands } from "../../../screens/use-entry-commands.ts";
import { useRows } from "../../../screens/use-list.ts";
import { useOldTrashEmptied } from "../../../screens/use-old-trash-emptied.ts";
import { announce } from "../../../ui/announcer.tsx";
import { t, tn } from "../../../ui/i18n.ts";
import { listSections } from "../../../ui/list-sections.ts";
import {
  chooseAll,
  keepOnly,
  lift,
  NOTHING_CHOSEN,
  type Selection,
  stretch,
  toggle,
  toggleAll,
} from "../../../ui/selection.ts";
import type { ManyEdit } from "../../../vault/change-many.ts";
import { findDuplicates } from "../../../vault/find-duplicates.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import { protectionOf } from "../../../vault/state.ts";
import type { SectionProps } from "../section-props.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { changeAndSay, type Done } from "./change-and-say.ts";
import { ClockNotice } from "./clock-notice.tsx";
import { codesWish } from "./codes-address.ts";
import { EntryGrid } from "./entry-grid.tsx";
import { Filters, isNarrowed, isShown, NO_FILTER } from "./filters.tsx";
import { LazyPlacePanel } from "./lazy-place-panel.tsx";
import { onlyChangeable } from "./only-changeable.ts";
import { usePlaces } from "./use-places.ts";

const NO_ROWS: readonly IndexRow[] = [];
const NO_SITES: ReadonlySet<string> = new Set();

/** All entries in one column: search, live codes, many at once, and one at a time to edit. */
export function CodesPage(props: SectionProps & { preferences: Preferences }) {
  const { vault, say } = props;
  useOldTrashEmptied(vault);
  const found = useRows(NO_ROWS, vault.kind);
  const rows = found === null || found === "unreadable" ? NO_ROWS : found;
  const [wish] = useState(() => codesWish(location.hash));
  const { groups, hasPlaces } = usePlaces(vault.kind === "unlocked");
  const [filter, setFilter] = useState({ ...NO_FILTER, group: wish.group });
  const [selection, setSelection] = useState<Selection>(NOTHING_CHOSEN);
  const [current, setCurrent] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [editing, setEditing] = useState(wish.edit);
  /** The entries that are to be put elsewhere. */
  const [placing, setPlacing] = useState<readonly string[] | null>(wish.place === null ? null : [wish.place]);
  const grid = useRef<HTMLDivElement>(null);
  const scrolledTo = useRef(0);
  const { sortBy } = props.preferences;
  const commands = useEntryCommands({
    rows,
    siteIds: NO_SITES,
    siteHost: null,
    hostOfUse: () => null,
    sortBy,
    say,
  });

  const sections = useMemo(
    () =>
      listSections(
        rows.filter((row) => isShown(row, filter)),
        { query: filter.query, siteIds: NO_SITES, sortBy },
      ),
    [rows, filter, sortBy],
  );
  const shown = useMemo(() => sections.flatMap((section) => section.rows), [sections]);
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  const chosen = shown.filter(({ id }) => selection.chosen.has(id));
  const duplicates = useMemo(() => {
    const { sameSecret, sameName } = findDuplicates(rows);
    return sameSecret.length + sameName.length;
  }, [rows]);

  useEffect(() => setSelection((now) => keepOnly(now, ids)), [ids]);
  useEffect(() => {
    // The list comes back where it was left, and the keyboard with it.
    if (editing !== null || scrolledTo.current === 0) return;
    scrollTo(0, scrolledTo.current);
    scrolledTo.current = 0;
  }, [editing]);

  const choose = (next: Selection) => {
    setSelection(next);
    const count = ids.filter((id) => next.chosen.has(id)).length;
    announce(count === 0 ? t("many.none-chosen") : tn("many.chosen", count));
  };
  const change = async (wanted: readonly string[], edit: ManyEdit, done: Done) => {
    const goes = onlyChangeable(wanted, rows, groups, say);
    if (goes.length === 0) return null;
    // A second press while the first is under way is the same press.
    if (busy) return null;
    setBusy(true);
    return changeAndSay(goes, edit, done, say).finally(() => setBusy(false));
  };
  const trashChosen = async () => {
    const goes =
      chosen.length > 0 ? chosen.map(({ id }) => id) : ids.filter((id) => id === (current ?? ids[0]));
    const edit = { field: "deletedAt", to: Date.now() } as const;
    const gone = await change(goes, edit, { key: "many.trashed", what: "" });
    if (gone) setCurrent(neighbourOf(ids, current ?? ids[0] ?? "", goes));
  };
  const command = (what: RowCommand, row: IndexRow) => {
    if (["edit", "place", "trash"].includes(what) && onlyChangeable([row.id], rows, groups, say).length === 0)
      return;
    if (what === "place") return setPlacing([row.id]);
    if (what === "edit") {
      setCurrent(row.id);
      scrolledTo.current = scrollY;
      return setEditing(row.id);
    }
    void commands.once(() => {
      switch (what) {
        case "press":
        case "copy":
          return commands.copy(row, "current", null, crypto.randomUUID());
        case "copy-next":
          return commands.copy(row, "next", null, crypto.randomUUID());
        case "pin":
          return commands.pin(row);
        case "up":
          return commands.move(row, -1);
        case "down":
          return commands.move(row, 1);
        case "trash":
          return commands.trash(row);
      }
    });
  };

  const placed =
    placing === null ? [] : rows.filter((row) => placing.includes(row.id) && mayChange(row, groups));
  const closePlacing = () => {
    setPlacing(null);
    grid.current?.focus({ preventScroll: true });
  };

  if (found === "unreadable")
    return <Unopenable why="database" onBackup={() => location.assign("#/backup")} />;
  if (found === null) return null;
  if (editing !== null)
    return (
      <section class="page-section edit-section" aria-labelledby="edit">
        <h2 id="edit">{t("edit.title")}</h2>
        <EditEntry
          entryId={editing}
          protection={protectionOf(vault)}
          onDone={(sentence) => {
            setEditing(null);
            requestAnimationFrame(() => grid.current?.focus({ preventScroll: true }));
            if (sentence) say({ tone: "done", sentence });
          }}
        />
      </section>
    );
  if (rows.length === 0)
    return (
      <section class="page-section">
        <p>{t("codes.empty")}</p>
        <div class="line wrap">
          <a class="button primary" href="#/welcome">
            {t("page.welcome")}
          </a>
          <a class="button" href="#/image">
            {t("page.image")}
          </a>
          <a class="button" href="#/backup">
            {t("add.restore")}
          </a>
        </div>
      </section>
    );
  return (
    <div>
      <div class="codes-head">
        <Filters
          rows={rows}
          groups={groups}
          filter={filter}
          onFilter={setFilter}
          onLeave={() => grid.current?.focus({ preventScroll: true })}
        />
        <BulkBar
          shown={ids.length}
          chosen={chosen}
          onToggleAll={() => choose(toggleAll(selection, ids))}
          busy={busy}
          onChange={change}
          onTrash={() => void trashChosen()}
          onPlace={hasPlaces ? () => setPlacing(placing === null ? [...selection.chosen] : null) : null}
        />
        {placed.length > 0 && <LazyPlacePanel rows={placed} say={say} onClose={closePlacing} />}
      </div>
      <ClockNotice />
      {duplicates > 0 && (
        <p class="notice">
          <span class="grow">{tn("codes.duplicates", duplicates)}</span>
          <a href="#/duplicates">{t("codes.duplicates-look")}</a>
        </p>
      )}
      {ids.length === 0 ? (
        <p class="empty">{t("codes.no-match")}</p>
      ) : (
        <EntryGrid
          grid={grid}
          rows={rows}
          sections={sections}
          chosen={selection.chosen}
          counterCodes={commands.counterCodes}
          groups={groups}
          hasPlaces={hasPlaces}
          current={current}
          onCurrent={setCurrent}
          onChoose={(id, how, from) =>
            choose(how === "toggle" ? toggle(selection, id) : stretch(selection, ids, from, id))
          }
          onLift={() => setSelection(lift)}
          onAll={(which) => {
            if (which === "trash") void trashChosen();
            else choose(which === "all" ? chooseAll(ids) : NOTHING_CHOSEN);
          }}
          onCommand={command}
          canMove={!isNarrowed(filter)}
          mayDrag={commands.mayDrag}
          onDrop={commands.place}
        />
      )}
    </div>
  );
}

/** Where the keyboard goes on once these rows are gone: the next one that stays, or the one before. */
function neighbourOf(ids: readonly string[], from: string, goes: readonly string[]): string | null {
  const going = new Set(goes);
  const stays = (id: string) => !going.has(id);
  const at = ids.indexOf(from);
  return ids.slice(at).find(stays) ?? ids.slice(0, at).findLast(stays) ?? null;
}
