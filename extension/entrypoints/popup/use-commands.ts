import { useEffect, useRef } from "preact/hooks";
import { type FillOutcome, fillEntry } from "../../autofill/handle.ts";
import { requestFrameOrigin, takeDeclinedWish } from "../../autofill/permission.ts";
import type { GroupLabels } from "../../groups/group-labels.ts";
import type { Intent } from "../../intents/intent.ts";
import { openPage } from "../../platform/surfaces.ts";
import type { TabInfo } from "../../platform/tabs.ts";
import { copyCode } from "../../screens/copy-code.ts";
import { groupOf, whyNotChanged } from "../../screens/group-of-row.ts";
import type { RowCommand } from "../../screens/list-keys.ts";
import { reserveIfShared } from "../../screens/reserve-if-shared.ts";
import { useEntryCommands } from "../../screens/use-entry-commands.ts";
import { whyNotChangedNow } from "../../screens/why-not-changed.ts";
import { shortName } from "../../ui/entry-name.ts";
import { fillOutcomeText, secondMissedText } from "../../ui/fill-text.ts";
import { t } from "../../ui/i18n.ts";
import type { SortBy } from "../../ui/list-sections.ts";
import type { ToastContent } from "../../ui/toast.tsx";
import type { IndexRow } from "../../vault/index-row.ts";
import { afterFilling } from "./after-filling.ts";
import type { View } from "./popup.tsx";
import { hostOf, hostOfUse, siteIds } from "./site-ids.ts";

/** What the list's keys, clicks and menus do. */
export function useCommands(props: {
  rows: readonly IndexRow[];
  groups: GroupLabels;
  tab: TabInfo | null;
  intent: Intent | null;
  sortBy: SortBy;
  say: (content: ToastContent) => void;
  onView: (view: View) => void;
  onAutoSite: (row: IndexRow) => Promise<void> | void;
  onIntentDone: () => void;
}): Pick<ReturnType<typeof useEntryCommands>, "counterCodes" | "place" | "mayDrag"> & {
  onCommand: (command: RowCommand, row: IndexRow) => void;
} {
  const { rows, tab, intent, say } = props;
  const url = tab?.url ?? null;
  const {
    counterCodes,
    copy,
    move,
    place: placeRow,
    mayDrag,
    trash,
    pin,
    once,
  } = useEntryCommands({
    ...props,
    siteIds: siteIds(rows, url),
    siteHost: hostOf(url),
    hostOfUse: (row) => hostOfUse(row, url),
  });

  /** What is to be said of a press beside its code, once: its counter may be somebody else's as well. */
  const uncounted = useRef<{ readonly pressId: string; readonly sentence: string } | null>(null);
  const takeUncounted = (pressId: string): string | null => {
    const said = uncounted.current;
    if (said?.pressId !== pressId) return null;
    uncounted.current = null;
    return said.sentence;
  };

  const explain = async (
    row: IndexRow,
    outcome: FillOutcome,
    pressId: string,
    place: FillPlace,
  ): Promise<void> => {
    switch (outcome.kind) {
      case "filled":
        return afterFilling(outcome, row.id, pressId, say, takeUncounted(pressId));
      case "not-bound":
        return props.onView({
          kind: "bind",
          fill: {
            onlyCodesOf: (await whyNotChangedNow(row.id)) === null ? null : groupOf(row, props.groups),
            entryId: row.id,
            name: shortName(row),
            sites: row.sites,
            outcome,
            pressId,
            counted: takeUncounted(pressId),
            ...place,
          },
        });
      case "needs-permission": {
        // In most browsers the question closes this popup: after a no, nobody is left to copy.
        const counted = takeUncounted(pressId);
        const copied = await copyCode(row.id, "current", pressId, Date.now());
        // Opened by a menu or a key, or Firefox: the browser puts its question only right after a press in here.
        const offer = () => {
          const ask = () => askForFrame(row, outcome.origin, pressId, place, null);
          const done = copied.ok ? t("copy.done", { name: shortName(row) }) : "";
          const action = { label: t("action.continue"), onChoose: () => void once(ask) };
          const sentence = `${fillOutcomeText(outcome)} ${done} ${counted ?? ""}`.trimEnd();
          say({ tone: "warn", sentence, action });
        };
        // The question would close this before it was read.
        if (counted !== null || !navigator.userActivation.isActive) return offer();
        return askForFrame(row, outcome.origin, pressId, place, offer);
      }
      case "maybe-in-frame": {
        // Only a guess: the code is there to be pasted, and nobody is asked for a permission unless they want to.
        const ask = () => askForFrame(row, outcome.origin, pressId, place, null);
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
    onNotAsked: (() => void) | null,
  ): Promise<void> => {
    const outcome = await requestFrameOrigin({ ...place, entryId: row.id, origin, pressId });
    if (outcome.kind === "not-asked" && onNotAsked !== null) return onNotAsked();
    // Asked once: what is still closed after a yes is not opened by asking again.
    if (outcome.kind === "filled" || outcome.kind === "not-bound")
      return explain(row, outcome, pressId, place);
    return copy(row, "current", fillOutcomeText(outcome), pressId);
  };

  const press = async (row: IndexRow, place: FillPlace | null, pressId: string) => {
    if (place === null) return copy(row, "current", null, pressId);
    const counted = await reserveIfShared(row, pressId);
    uncounted.current = counted === null ? null : { pressId, sentence: counted };
    const outcome = await fillEntry({ ...place, entryId: row.id, pressId, now: Date.now() });
    await explain(row, outcome, pressId, place);
  };

  const place: FillPlace | null =
    intent && intent.kind !== "scan"
      ? { tabId: intent.tabId, frameId: intent.frameId, target: intent.target }
      : tab && { tabId: tab.id, frameId: null, target: "detected" };

  const run = (command: RowCommand, row: IndexRow): Promise<void> | void => {
    const why = whyNotChanged(row, props.groups);
    if (why !== null && (command === "edit" || command === "place" || command === "trash"))
      return say({ tone: "warn", sentence: why });
    switch (command) {
      case "press":
        return press(row, place, crypto.randomUUID());
      case "copy":
        return copy(row, "current", null, crypto.randomUUID());
      case "copy-next":
        return copy(row, "next", null, crypto.randomUUID());
      case "auto-site":
        return props.onAutoSite(row);
      case "edit":
        return props.onView({ kind: "edit", entryId: row.id });
      case "place":
        // Who will be able to read it takes more room than there is here.
        return openPage(`page.html#/codes?place=${row.id}`).then(() => window.close());
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

  useEffect(() => {
    // A fill that was asked for by menu or key and could not be done there is tried again here, where it can be explained.
    // Right after unlocking the rows are still being read; none at all is what that looks like here.
    if ((intent?.kind !== "fill-entry" && intent?.kind !== "second-code") || rows.length === 0) return;
    const row = rows.find((other) => other.id === intent.entryId);
    props.onIntentDone();
    if (!row) return;
    if (intent.kind === "fill-entry") return void once(() => press(row, place, intent.pressId));
    const again = () => void once(() => press(row, place, crypto.randomUUID()));
    say({
      tone: "warn",
      sentence: secondMissedText(intent.why),
      action: { label: t("fill.both-anew"), onChoose: again },
    });
  }, [intent, rows.length === 0]);

  useEffect(() => {
    // The popup before this one closed under the browser's question about a frame, which was answered with no.
    if (intent !== null) return;
    void takeDeclinedWish(Date.now()).then((declined) => {
      const row = rows.find((other) => other.id === declined?.entryId);
      if (!declined || !row) return;
      const because = fillOutcomeText({ kind: "not-permitted", host: declined.host });
      // Whether the popup before it got to copy it is not known; for the same press it is the same code of a counter.
      void copy(row, "current", because, declined.pressId);
    });
  }, []);

  return {
    counterCodes,
    place: placeRow,
    mayDrag,
    onCommand: (command, row) => void once(() => run(command, row)),
  };
}

/** Where a fill goes: the tab, a frame of it or the best one, and the field found there or the one in focus. */
export interface FillPlace {
  readonly tabId: number;
  readonly frameId: number | null;
  readonly target: "detected" | "focused";
}
