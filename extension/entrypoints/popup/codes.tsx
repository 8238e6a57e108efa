import { useMemo } from "preact/hooks";
import type { Intent } from "../../intents/intent.ts";
import { openPage } from "../../platform/surfaces.ts";
import type { TabInfo } from "../../platform/tabs.ts";
import { useGroupLabels } from "../../screens/use-group-labels.ts";
import type { OpenedEntries } from "../../screens/use-list.ts";
import { useOldTrashEmptied } from "../../screens/use-old-trash-emptied.ts";
import type { WayIn } from "../../screens/ways-in.tsx";
import { WaysIn } from "../../screens/ways-in.tsx";
import { t } from "../../ui/i18n.ts";
import type { SortBy } from "../../ui/list-sections.ts";
import type { ToastContent } from "../../ui/toast.tsx";
import type { IndexRow } from "../../vault/index-row.ts";
import { lock } from "../../vault/lock.ts";
import type { VaultState } from "../../vault/state.ts";
import { CodeList } from "./code-list.tsx";
import { Foot } from "./foot.tsx";
import { Notices } from "./notices.tsx";
import type { View } from "./popup.tsx";
import { hostOf, siteIds } from "./site-ids.ts";
import { TemporaryNotice } from "./temporary-notice.tsx";
import { useAutoSite } from "./use-auto-site.ts";
import { useCommands } from "./use-commands.ts";

const NO_ROWS: readonly IndexRow[] = [];

/** The main screen: notices, the list of codes, and the foot. An empty vault shows the ways in instead. */
export function Codes(props: {
  vault: VaultState;
  tab: TabInfo | null;
  intent: Intent | null;
  /** null: they are being read, and nothing can be said of them yet. */
  rows: readonly IndexRow[] | null;
  initialEntries: OpenedEntries;
  sortBy: SortBy;
  say: (content: ToastContent) => void;
  onAdd: (way: WayIn) => void;
  onView: (view: View) => void;
  onIntentDone: () => void;
}) {
  useOldTrashEmptied(props.vault);
  const rows = props.rows ?? NO_ROWS;
  const url = props.tab?.url ?? null;
  const matching = useMemo(() => siteIds(rows, url), [rows, url]);
  const autoSite = useAutoSite({ ...props, rows, url });
  const isShared = rows.some(({ group }) => group !== undefined);
  const groups = useGroupLabels(isShared);
  const { counterCodes, place, mayDrag, onCommand } = useCommands({
    ...props,
    groups,
    rows,
    onAutoSite: autoSite.toggle,
  });
  const canLock = props.vault.kind === "unlocked" && props.vault.protection === "passphrase";

  const cannotLock = () =>
    props.say({
      tone: "warn",
      sentence: t("lock.needs-passphrase"),
      action: { label: t("notice.set-passphrase"), onChoose: () => props.onView({ kind: "protect" }) },
    });

  return (
    <>
      {props.rows?.length === 0 ? (
        <>
          <header class="top">
            <h1>{t("empty.title")}</h1>
            <button
              type="button"
              class="button plain"
              onClick={() => void openPage("page.html#/welcome").then(() => window.close())}
            >
              {t("page.welcome")}
            </button>
          </header>
          <div class="body">
            <p class="empty-why">{t("empty.why")}</p>
            <WaysIn onChoose={props.onAdd} />
            {/* Below all else: it comes a moment later, and nothing may move then. */}
            <TemporaryNotice />
          </div>
        </>
      ) : (
        <CodeList
          rows={rows}
          initialEntries={props.initialEntries}
          siteHost={hostOf(url)}
          siteIds={matching}
          sortBy={props.sortBy}
          counterCodes={counterCodes}
          groups={groups}
          notices={
            <Notices
              vault={props.vault}
              rows={rows}
              autoSiteProblem={autoSite.problem}
              onProtect={() => props.onView({ kind: "protect" })}
            />
          }
          autoSiteOf={autoSite.stateOf}
          onCommand={onCommand}
          mayDrag={mayDrag}
          onDrop={place}
          onAdd={() => props.onView({ kind: "add" })}
          onLock={() => (canLock ? void lock("by-hand") : cannotLock())}
          canLock={canLock}
        />
      )}
      <Foot vault={props.vault} kept={isShared ? "shared" : "here"} />
    </>
  );
}
