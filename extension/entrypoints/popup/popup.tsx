import { useEffect, useRef, useState } from "preact/hooks";
import { type Intent, leaveIntent, takeIntent, watchIntent } from "../../intents/intent.ts";
import { openPage, openWindow } from "../../platform/surfaces.ts";
import { type TabInfo, tabById } from "../../platform/tabs.ts";
import { type Preferences, watchPreferences } from "../../preferences/preferences.ts";
import type { FailureSubject } from "../../screens/failure-report.ts";
import { FailureReportText } from "../../screens/failure-report-text.tsx";
import { applyPreferences } from "../../screens/start-page.ts";
import { Unopenable } from "../../screens/unopenable.tsx";
import { useDueBackup } from "../../screens/use-due-backup.ts";
import { useGroupsInStep } from "../../screens/use-groups-in-step.ts";
import { useRows } from "../../screens/use-list.ts";
import { usePersonHere } from "../../screens/use-person-here.ts";
import { waitingText } from "../../screens/waiting-text.ts";
import type { WayIn } from "../../screens/ways-in.tsx";
import { Announcer, announce } from "../../ui/announcer.tsx";
import { t } from "../../ui/i18n.ts";
import { Toast, type ToastContent } from "../../ui/toast.tsx";
import { protectionOf, type VaultState, watchVaultState } from "../../vault/state.ts";
import { Add } from "./add.tsx";
import { AutoSiteQuestion } from "./auto-site.tsx";
import { Bind } from "./bind.tsx";
import { ChooseArea } from "./choose-area.tsx";
import { Codes } from "./codes.tsx";
import { Edit } from "./edit.tsx";
import type { FirstView } from "./first-view.ts";
import { Locked } from "./locked.tsx";
import { Protect } from "./protect.tsx";
import { Scan } from "./scan.tsx";
import { Screen } from "./screen.tsx";
import { TypeIn } from "./type-in.tsx";
import type { UnboundFill } from "./unbound-fill.ts";

/** Which screen is shown; all of them but the list lead back to it. */
export type View =
  | { kind: "codes" }
  | { kind: "add" }
  | { kind: "scan" }
  | { kind: "area" }
  | { kind: "type" }
  | { kind: "protect" }
  | { kind: "edit"; entryId: string }
  | { kind: "bind"; fill: UnboundFill }
  | { kind: "auto-site"; entryId: string; name: string; origin: string }
  | { kind: "report"; subject: FailureSubject };

/** Of the windows that show what a camera or another window shows, in CSS pixels. */
const LIVE_SIZE = { width: 640, height: 760 };

/** The popup, or the small window that stands in for it: which screen is shown, and what stays over all of them. */
export function Popup(props: {
  surface: "popup" | "window";
  firstView: FirstView;
  intent: Intent | null;
  preferences: Preferences;
}) {
  const [vault, setVault] = useState<VaultState>(props.firstView.vault);
  const [tab, setTab] = useState<TabInfo | null>(props.firstView.tab);
  const [intent, setIntent] = useState(props.intent);
  const [view, setView] = useState<View>(viewOf(props.intent));
  const [toast, setToast] = useState<ToastContent | null>(null);
  const [preferences, setPreferences] = useState(props.preferences);
  const rows = useRows(props.firstView.rows, vault.kind);
  const entries = useRef(props.firstView.entries);
  const handingOver = useRef(false);
  useEffect(() => {
    // What was opened for the first painting is old as soon as the list has been left.
    return () => {
      entries.current = new Map();
    };
  }, [view.kind, vault.kind]);

  useEffect(() => watchVaultState(setVault), []);
  useEffect(
    () =>
      watchPreferences((changed) => {
        applyPreferences(changed);
        setPreferences(changed);
      }),
    [],
  );
  useEffect(() => {
    // Each gesture opens a popup or a window of its own: a window left open elsewhere must not take what is meant for it.
    if (props.surface === "window") return;
    const take = async () => {
      if (handingOver.current) return;
      const arrived = await takeIntent(Date.now());
      if (!arrived) return;
      setTab(await tabById(arrived.tabId));
      setIntent(arrived);
      setView(viewOf(arrived));
    };
    const stop = watchIntent(() => void take());
    // One may have come after this page first looked and before it watched.
    void take();
    return stop;
  }, []);
  useEffect(() => {
    // It names accounts.
    if (vault.kind !== "unlocked" && vault.kind !== "none") setToast(null);
  }, [vault.kind]);
  usePersonHere();
  useGroupsInStep(vault.kind === "unlocked", { listens: false });
  useDueBackup(vault.kind === "unlocked");

  const say = (content: ToastContent) => {
    setToast(content);
    announce(content.sentence);
  };
  /** What was said of the last screen would only lie over the next one. */
  const show = (next: View) => {
    setToast(null);
    setView(next);
  };
  const backToCodes = (sentence: string | null = null) => {
    setIntent(null);
    show({ kind: "codes" });
    if (sentence) say({ tone: "done", sentence });
  };
  /** The browser's question for a passkey would close a popup: a small window asks, and takes over what waits here. */
  const askInWindow = async () => {
    handingOver.current = true;
    if (intent) await leaveIntent({ ...intent, at: Date.now() });
    await openWindow("page.html#/unlock-passkey");
    window.close();
  };
  const add = (way: WayIn) => {
    switch (way) {
      case "scan":
      case "area":
      case "type":
        return show({ kind: way });
      case "image":
        return void openWindow("page.html#/image").then(() => window.close());
      case "camera":
        // Asked for now: an address without the time never switches a camera on by itself.
        return void openWindow(`page.html#/camera?at=${Date.now()}`, LIVE_SIZE).then(() => window.close());
      case "screen":
        return void openWindow("page.html#/screen", LIVE_SIZE).then(() => window.close());
      case "restore":
        return void openPage("page.html#/backup").then(() => window.close());
    }
  };

  const screen = () => {
    if (vault.kind === "unopenable" || rows === "unreadable")
      return (
        <Screen title={t("unopenable.title")} onBack={null}>
          <Unopenable
            why={vault.kind === "unopenable" ? vault.why : "database"}
            onBackup={() => add("restore")}
            onAnew={() => void openPage("page.html#/anew").then(() => window.close())}
          />
        </Screen>
      );
    if (vault.kind === "locked")
      return (
        <Locked
          vault={vault}
          waiting={intent && waitingText(intent)}
          onPasskey={props.surface === "window" ? null : () => void askInWindow()}
        />
      );
    if (vault.kind === "passphrase-due")
      return (
        <Protect
          vault="device"
          onDone={() => say({ tone: "done", sentence: t("protect.done") })}
          onBack={null}
        />
      );
    switch (view.kind) {
      case "codes":
        return (
          <Codes
            vault={vault}
            tab={tab}
            intent={intent}
            rows={rows}
            initialEntries={entries.current}
            sortBy={preferences.sortBy}
            say={say}
            onAdd={add}
            onView={show}
            onIntentDone={() => setIntent(null)}
          />
        );
      case "add":
        return <Add onChoose={add} onBack={backToCodes} />;
      case "scan":
        return (
          <Scan
            tab={tab}
            target={intent?.kind === "scan" ? intent.target : null}
            vault={vault}
            onAdd={add}
            onDone={backToCodes}
          />
        );
      case "area":
        return <ChooseArea tab={tab} onAdd={add} onBack={() => backToCodes()} />;
      case "type":
        return <TypeIn vault={vault} tab={tab} onDone={backToCodes} />;
      case "protect":
        return (
          <Protect
            vault={vault.kind === "none" ? "none" : "device"}
            onDone={() => backToCodes(t("protect.done"))}
            onBack={() => backToCodes()}
          />
        );
      case "edit":
        return <Edit entryId={view.entryId} protection={protectionOf(vault)} onDone={backToCodes} />;
      case "bind":
        return <Bind fill={view.fill} say={say} onDone={() => backToCodes()} />;
      case "auto-site":
        return <AutoSiteQuestion {...view} say={say} onDone={backToCodes} />;
      case "report":
        return (
          <Screen title={t("report.link")} onBack={() => backToCodes()}>
            <FailureReportText subject={view.subject} tab={tab} />
          </Screen>
        );
    }
  };

  return (
    <main class="surface" key={preferences.language}>
      {screen()}
      {toast && <Toast content={toast} onClose={() => setToast(null)} />}
      <Announcer />
    </main>
  );
}

function viewOf(intent: Intent | null): View {
  return intent?.kind === "scan" ? { kind: "scan" } : { kind: "codes" };
}
