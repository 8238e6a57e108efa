import { useEffect, useRef, useState } from "preact/hooks";
import { type FillOutcome, fillEntry } from "../../autofill/handle.ts";
import { requestFrameOrigin, takeDeclinedWish } from "../../autofill/permission.ts";
import type { Intent } from "../../intents/intent.ts";
import type { TabInfo } from "../../platform/tabs.ts";
import { changePreferences } from "../../preferences/preferences.ts";
import { shortName } from "../../ui/entry-name.ts";
import { copyRefusalText, readRefusalText } from "../../ui/error-text.ts";
import { fillOutcomeText } from "../../ui/fill-text.ts";
import { t } from "../../ui/i18n.ts";
import { listSections, type SortBy } from "../../ui/list-sections.ts";
import type { ToastContent } from "../../ui/toast.tsx";
import { moveEntry, setPinned } from "../../vault/entries.ts";
import type { IndexRow } from "../../vault/index-row.ts";
import { moveToTrash, restoreFromTrash } from "../../vault/trash.ts";
import { VaultLockedError } from "../../vault/vault-locked.ts";
import { afterFilling } from "./after-filling.ts";
import { copyCode } from "./copy-code.ts";
import type { RowCommand } from "./list-keys.ts";
import type { View } from "./popup.tsx";
import { hostOf, hostOfUse, siteIds } from "./site-ids.ts";

/** What the list's keys, clicks and menus do. */
export function useCommands(props: {
  rows: readonly IndexRow[];
  tab: TabInfo | null;
  intent: Intent | null;
  sortBy: SortBy;
  say: (content: ToastContent) => void;
  onView: (view: View) => void;
  onIntentDone: () => void;
}): { counterCodes: ReadonlyMap<string, string>; onCommand: (command: RowCommand, row: IndexRow) => void } {
  const { rows, tab, intent, say } = props;
  const [counterCodes, setCounterCodes] = useState<ReadonlyMap<string, string>>(new Map());
  const busy = useRef(false);

  const copy = async (
    row: IndexRow,
    which: "current" | "next",
    because: string | null,
    pressId: string,
    action?: ToastContent["action"],
  ) => {
    const copied = await copyCode(row.id, which, pressId, Date.now(), hostOfUse(row, tab?.url ?? null));
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
    say(
      because ? { tone: "warn", sentence: `${because} ${done}`, ...offer } : { tone: "done", sentence: done },
    );
  };

  const explain = async (
    row: IndexRow,
    outcome: FillOutcome,
    pressId: string,
    place: FillPlace,
  ): Promise<void> => {
    switch (outcome.kind) {
      case "filled":
        return afterFilling(outcome, row.id, pressId, say);
      case "not-bound":
        return props.onView({
          kind: "bind",
          fill: {
            entryId: row.id,
            name: shortName(row),
            sites: row.sites,
            outcome,
            pressId,
            ...place,
          },
        });
      case "needs-permission": {
        // In most browsers the question closes this popup: after a no, nobody is left to copy.
        const copied = await copyCode(row.id, "current", pressId, Date.now());
        const ask = () => askForFrame(row, outcome.origin, pressId, place);
        if (navigator.userActivation.isActive) return ask();
        // Opened by a menu or a key: the browser puts its question only after a press in here.
        const done = copied.ok ? t("copy.done", { name: shortName(row) }) : "";
        const action = { label: t("action.continue"), onChoose: () => void once(ask) };
        return say({ tone: "warn", sentence: `${fillOutcomeText(outcome)} ${done}`, action });
      }
      case "maybe-in-frame": {
        // Only a guess: the code is there to be pasted, and nobody is asked for a permission unless they want to.
        const ask = () => askForFrame(row, outcome.origin, pressId, place);
        const action = { label: t("fill.look-there"), onChoose: () => void once(ask) };
        return copy(row, "current", fillOutcomeText(outcome), pressId, action);
      }
      case "no-field":
      case "unsure":
      case "did-not-stick":
      case "does-not-fit":
      case "refused-field": {
        // The page was looked at, and may have been misjudged.
        const describe = () => props.onView({ kind: "report", subject: { what: "fill", outcome } });
        const action = { label: t("report.action"), onChoose: describe };
        return copy(row, "current", fillOutcomeText(outcome), pressId, action);
      }
      default:
        return copy(row, "current", fillOutcomeText(outcome), pressId);
    }
  };

  const askForFrame = async (
    row: IndexRow,
    origin: string,
    pressId: string,
    place: FillPlace,
  ): Promise<void> => {
    const outcome = await requestFrameOrigin({ ...place, entryId: row.id, origin, pressId });
    // Asked once: what is still closed after a yes is not opened by asking again.
    if (outcome.kind === "filled" || outcome.kind === "not-bound")
      return explain(row, outcome, pressId, place);
    return copy(row, "current", fillOutcomeText(outcome), pressId);
  };

  const press = async (row: IndexRow, place: FillPlace | null, pressId: string) => {
    if (place === null) return copy(row, "current", null, pressId);
    const outcome = await fillEntry({ ...place, entryId: row.id, pressId, now: Date.now() });
    return explain(row, outcome, pressId, place);
  };

  const place: FillPlace | null =
    intent && intent.kind !== "scan"
      ? { tabId: intent.tabId, frameId: intent.frameId, target: intent.target }
      : tab && { tabId: tab.id, frameId: null, target: "detected" };

  const move = async (row: IndexRow, step: 1 | -1) => {
    const sections = listSections(rows, {
      query: "",
      siteIds: siteIds(rows, tab?.url ?? null),
      siteHost: hostOf(tab?.url ?? null),
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
      say({ tone: "done", sentence: t("list.now-by-hand") });
    }
  };

  const trash = async (row: IndexRow) => {
    const outcome = await moveToTrash([row.id], Date.now());
    const refused = outcome.refused[0];
    if (refused) return say({ tone: "warn", sentence: readRefusalText(refused.reason) });
    say({
      tone: "done",
      sentence: t("trash.moved", { name: shortName(row) }),
      action: {
        label: t("action.undo"),
        onChoose: () =>
          void restoreFromTrash([row.id]).then(() => say({ tone: "done", sentence: t("trash.restored") })),
      },
    });
  };

  const pin = async (row: IndexRow) => {
    const pinned = await setPinned(row.id, !row.pinned);
    if (!pinned.ok) say({ tone: "warn", sentence: readRefusalText(pinned.error) });
  };

  const run = (command: RowCommand, row: IndexRow): Promise<void> | void => {
    switch (command) {
      case "press":
        return press(row, place, crypto.randomUUID());
      case "copy":
        return copy(row, "current", null, crypto.randomUUID());
      case "copy-next":
        return copy(row, "next", null, crypto.randomUUID());
      case "edit":
        return props.onView({ kind: "edit", entryId: row.id });
      case "pin":
        return pin(row);
      case "up":
        return move(row, -1);
      case "down":
        return move(row, 1);
      case "trash":
        return trash(row);
    }
  };

  const once = async (work: () => Promise<void> | void) => {
    // A second press while the first is under way is the same press: it must not ask for a second code.
    if (busy.current) return;
    busy.current = true;
    try {
      await work();
    } catch (error) {
      // A vault that was locked meanwhile shows by itself; what else happens is a write that the browser refused.
      if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
    } finally {
      busy.current = false;
    }
  };

  useEffect(() => {
    // A fill that was asked for by menu or key and could not be done there is tried again here, where it can be explained.
    // Right after unlocking the rows are still being read; none at all is what that looks like here.
    if (intent?.kind !== "fill-entry" || rows.length === 0) return;
    const row = rows.find((other) => other.id === intent.entryId);
    props.onIntentDone();
    if (row) void once(() => press(row, place, intent.pressId));
  }, [intent, rows.length === 0]);

  useEffect(() => {
    // The popup before this one closed under the browser's question about a frame, which was answered with no.
    if (intent !== null) return;
    void takeDeclinedWish(Date.now()).then((declined) => {
      const row = rows.find((other) => other.id === declined?.entryId);
      if (!declined || !row) return;
      const because = fillOutcomeText({ kind: "not-permitted", host: declined.host });
      say({ tone: "warn", sentence: `${because} ${t("copy.done", { name: shortName(row) })}` });
    });
  }, []);

  return { counterCodes, onCommand: (command, row) => void once(() => run(command, row)) };
}

/** Where a fill goes: the tab, a frame of it or the best one, and the field found there or the one in focus. */
export interface FillPlace {
  readonly tabId: number;
  readonly frameId: number | null;
  readonly target: "detected" | "focused";
}
