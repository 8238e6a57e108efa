import { useRef, useState } from "preact/hooks";
import { changePreferences } from "../preferences/preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { shortName } from "../ui/entry-name.ts";
import { copyRefusalText, readRefusalText } from "../ui/error-text.ts";
import { t } from "../ui/i18n.ts";
import { listSections, type SectionKind, type SortBy } from "../ui/list-sections.ts";
import type { ToastContent } from "../ui/toast.tsx";
import { moveEntry, setPinned } from "../vault/entries.ts";
import type { IndexRow } from "../vault/index-row.ts";
import { byOrder } from "../vault/order-between.ts";
import { moveToTrash, restoreFromTrash } from "../vault/trash.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";
import { copyCode } from "./copy-code.ts";
import { reserveIfShared } from "./reserve-if-shared.ts";
import type { DropPlace } from "./use-row-drag.ts";

/** What can be done to one entry of a list, in the popup and in the full page alike; each says what became of it. */
export function useEntryCommands(props: {
  rows: readonly IndexRow[];
  /** What stands in the section of the current page; empty where there is none. */
  siteIds: ReadonlySet<string>;
  /** Of the current page, where it is one that can be filled. */
  siteHost: string | null;
  /** The site that a copied code of this entry counts as used at, if any. */
  hostOfUse: (row: IndexRow) => string | null;
  sortBy: SortBy;
  say: (content: ToastContent) => void;
}) {
  const { rows, say } = props;
  const [counterCodes, setCounterCodes] = useState<ReadonlyMap<string, string>>(new Map());
  const busy = useRef(false);

  const copy = async (
    row: IndexRow,
    which: "current" | "next",
    because: string | null,
    pressId: string,
    action?: ToastContent["action"],
  ) => {
    const counted = await reserveIfShared(row, pressId);
    const copied = await copyCode(row.id, which, pressId, Date.now(), props.hostOfUse(row));
    const steppedTo = copied.ok
      ? copied.value.steppedTo
      : typeof copied.error === "object"
        ? copied.error.code
        : null;
    if (steppedTo !== null) setCounterCodes((codes) => new Map([...codes, [row.id, steppedTo]]));
    if (!copied.ok) {
      const refused = copyRefusalText(copied.error);
      return say({ tone: "warn", sentence: because ? `${because} ${refused}` : refused });
    }
    const done = t(which === "next" ? "copy.next-done" : "copy.done", { name: shortName(row) });
    const offer = action && { action };
    const warning = [because, counted].filter(Boolean).join(" ");
    say(
      warning ? { tone: "warn", sentence: `${warning} ${done}`, ...offer } : { tone: "done", sentence: done },
    );
  };

  const move = async (row: IndexRow, step: 1 | -1) => {
    const sections = listSections(rows, {
      query: "",
      siteIds: props.siteIds,
      siteHost: props.siteHost,
      sortBy: props.sortBy,
    });
    const group = sections.find((section) => section.rows.some((other) => other.id === row.id));
    const at = group?.rows.findIndex((other) => other.id === row.id) ?? -1;
    // One place down is the one below it going up: what is not in this section keeps its place.
    const [upper, lower] = [group?.rows[step === 1 ? at : at - 1], group?.rows[step === 1 ? at + 1 : at]];
    if (upper === undefined || lower === undefined) return;
    const moved = await moveEntry(lower.id, { before: upper.id });
    if (!moved.ok) return say({ tone: "warn", sentence: readRefusalText(moved.error) });
    if (props.sortBy === "usage" && group?.kind !== "pinned") {
      await changePreferences({ sortBy: "hand" });
      return say({ tone: "done", sentence: t("list.now-by-hand") });
    }
    // Seen by whoever sees: a row that moves under the keys again and again needs no toast.
    const count = group?.rows.length ?? 0;
    announce(t("list.moved", { name: shortName(row), place: at + step + 1, count }));
  };

  /** Puts a row where it was let go. @returns whether it stands there now */
  const place = async (row: IndexRow, { before, place, count }: DropPlace): Promise<boolean> => {
    const all = [...rows].sort(byOrder);
    const behind = all[all.findIndex(({ id }) => id === row.id) + 1]?.id ?? null;
    let isMoved = false;
    await careful(async () => {
      const moved = await moveEntry(row.id, { before });
      if (!moved.ok) return say({ tone: "warn", sentence: readRefusalText(moved.error) });
      isMoved = true;
      const undo = () =>
        once(async () => {
          const undone = await moveEntry(row.id, { before: behind });
          if (!undone.ok) return say({ tone: "warn", sentence: readRefusalText(undone.error) });
          say({ tone: "done", sentence: t("list.moved-back", { name: shortName(row) }) });
        });
      say({
        tone: "done",
        sentence: t("list.moved", { name: shortName(row), place, count }),
        action: { label: t("action.undo"), onChoose: () => void undo() },
      });
    });
    return isMoved;
  };

  /** Whether a row of this section may be dragged. Where the list goes by use it says so, and offers the other order. */
  const mayDrag = (section: SectionKind): boolean => {
    if (props.sortBy === "hand" || section === "pinned") return true;
    const toHand = () =>
      once(async () => {
        await changePreferences({ sortBy: "hand" });
        say({ tone: "done", sentence: t("list.now-by-hand") });
      });
    say({
      tone: "warn",
      sentence: t("list.by-usage"),
      action: { label: t("settings.sort.hand"), onChoose: () => void toHand() },
    });
    return false;
  };

  const trash = async (row: IndexRow) => {
    const outcome = await moveToTrash([row.id], Date.now());
    const refused = outcome.refused[0];
    if (refused) return say({ tone: "warn", sentence: readRefusalText(refused.reason) });
    const undo = () =>
      once(async () => {
        const undone = await restoreFromTrash([row.id]);
        const kept = undone.refused[0];
        if (kept) return say({ tone: "warn", sentence: readRefusalText(kept.reason) });
        say({ tone: "done", sentence: t("trash.restored") });
      });
    say({
      tone: "done",
      sentence: t("trash.moved", { name: shortName(row) }),
      action: { label: t("action.undo"), onChoose: () => void undo() },
    });
  };

  const pin = async (row: IndexRow) => {
    const pinned = await setPinned(row.id, !row.pinned);
    if (!pinned.ok) say({ tone: "warn", sentence: readRefusalText(pinned.error) });
  };

  const careful = async (work: () => Promise<void> | void) => {
    try {
      await work();
    } catch (error) {
      // A vault that was locked meanwhile shows by itself; what else happens is a write that the browser refused.
      if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
    }
  };

  const once = async (work: () => Promise<void> | void) => {
    // A second press while the first is under way is the same press: it must not ask for a second code.
    if (busy.current) return;
    busy.current = true;
    await careful(work);
    busy.current = false;
  };

  /** Codes that hotp entries gave since the list was opened, by id. */
  return { counterCodes, copy, move, place, mayDrag, trash, pin, once };
}
