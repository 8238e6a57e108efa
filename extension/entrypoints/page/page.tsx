import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Preferences, watchPreferences } from "../../preferences/preferences.ts";
import { PasskeyUnlock } from "../../screens/passkey-unlock.tsx";
import { ProtectForm } from "../../screens/protect-form.tsx";
import { applyPreferences } from "../../screens/start-page.ts";
import { UnlockForm } from "../../screens/unlock-form.tsx";
import { Unopenable } from "../../screens/unopenable.tsx";
import { useDueBackup } from "../../screens/use-due-backup.ts";
import { useGroupsInStep } from "../../screens/use-groups-in-step.ts";
import { usePersonHere } from "../../screens/use-person-here.ts";
import { Announcer, announce } from "../../ui/announcer.tsx";
import { t } from "../../ui/i18n.ts";
import { Toast, type ToastContent } from "../../ui/toast.tsx";
import { useKeptFocus } from "../../ui/use-kept-focus.ts";
import { type VaultState, watchVaultState } from "../../vault/state.ts";
import { AreaPage } from "./area.tsx";
import { BackupPage } from "./backup.tsx";
import { CodesPage } from "./codes/codes.tsx";
import { AnewPage } from "./data/anew.tsx";
import { DataPage } from "./data/data.tsx";
import { DuplicatesPage } from "./duplicates/duplicates.tsx";
import { HelpPage } from "./help/help.tsx";
import { LazySection } from "./lazy-section.tsx";
import { LivePage } from "./live.tsx";
import { NAVIGATION, ROUTES, routeOf } from "./routes.ts";
import { SettingsPage } from "./settings/settings.tsx";
import { SheetPage } from "./sheet/sheet.tsx";
import { TrashPage } from "./trash.tsx";
import { WelcomePage } from "./welcome/welcome.tsx";

/** An address that says when the popup made it begins by itself as long as that was just now (milliseconds). */
const FRESH_MS = 60_000;

/** The full page: everything that needs more room, or a file dialog, than a popup has. */
export function Page(props: { preferences: Preferences; vault: VaultState }) {
  const [vault, setVault] = useState(props.vault);
  const [preferences, setPreferences] = useState(props.preferences);
  const [route, setRoute] = useState(routeOf(location.hash));
  const [toast, setToast] = useState<ToastContent | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const shownRoute = useRef(route);

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
    const onHash = () => setRoute(routeOf(location.hash));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  usePersonHere();
  useGroupsInStep(vault.kind === "unlocked", { listens: true });
  useDueBackup(vault.kind === "unlocked");
  useKeptFocus();
  useLayoutEffect(() => {
    if (shownRoute.current === route) return;
    shownRoute.current = route;
    scrollTo(0, 0);
    // A screen reader goes on from the new title; a field that has taken the focus keeps it.
    if (!document.activeElement?.closest("main")) heading.current?.focus({ preventScroll: true });
  }, [route]);
  useEffect(() => {
    // It names accounts.
    if (vault.kind !== "unlocked" && vault.kind !== "none") setToast(null);
  }, [vault.kind]);
  useEffect(() => {
    document.title = `${t(ROUTES[route].title)} – ${t("app.name")}`;
  }, [route, preferences.language]);

  const say = (content: ToastContent) => {
    setToast(content);
    announce(content.sentence);
  };
  const section = () => {
    if (vault.kind === "locked" && ROUTES[route].needs !== "nothing")
      return (
        <section class="page-section">
          <UnlockForm reason={vault.reason} waiting={null}>
            {vault.hasPasskey && <PasskeyUnlock start="by-button" />}
          </UnlockForm>
        </section>
      );
    if (vault.kind === "passphrase-due" && ROUTES[route].needs !== "nothing")
      return (
        <section class="page-section">
          <ProtectForm vault="device" onDone={() => say({ tone: "done", sentence: t("protect.done") })} />
        </section>
      );
    // A backup can still be looked into, and the language chosen; nothing can be kept or taken from the trash.
    if (vault.kind === "unopenable" && ROUTES[route].needs === "openable") return null;
    switch (route) {
      case "codes":
        return <CodesPage vault={vault} say={say} preferences={preferences} />;
      case "duplicates":
        return <DuplicatesPage vault={vault} say={say} />;
      case "teams":
      case "group":
      case "reenrol":
      case "factors":
      case "kit":
      case "image":
      case "export":
        return <LazySection part={route} vault={vault} say={say} />;
      case "backup":
        return <BackupPage vault={vault} say={say} />;
      case "trash":
        return <TrashPage vault={vault} say={say} />;
      case "settings":
        return <SettingsPage vault={vault} say={say} preferences={preferences} />;
      case "data":
        return <DataPage vault={vault} say={say} />;
      case "anew":
        return <AnewPage vault={vault} say={say} />;
      case "help":
        return <HelpPage vault={vault} />;
      case "sheet":
        return <SheetPage vault={vault} say={say} />;
      case "area":
        return <AreaPage vault={vault} say={say} />;
      case "camera":
        return (
          <LivePage key="camera" kind="camera" begin={beginning(location.hash)} vault={vault} say={say} />
        );
      case "screen":
        // The browser's dialog wants a press in this window first.
        return <LivePage key="screen" kind="screen" begin="by-button" vault={vault} say={say} />;
      case "welcome":
        return <WelcomePage vault={vault} say={say} />;
    }
  };

  return (
    <div class={`page-frame ${ROUTES[route].under ? "" : "alone"}`} key={preferences.language}>
      {ROUTES[route].under && (
        <nav class="page-nav" aria-label={t("page.nav")}>
          <strong>{t("app.name")}</strong>
          {NAVIGATION.map((to) => (
            <a key={to} href={`#/${to}`} aria-current={to === ROUTES[route].under ? "page" : undefined}>
              {t(ROUTES[to].title)}
            </a>
          ))}
        </nav>
      )}
      <main class="page-main">
        <h1 ref={heading} tabIndex={-1}>
          {t(ROUTES[route].title)}
        </h1>
        {vault.kind === "unopenable" && (
          <section class="page-section" aria-labelledby="unopenable">
            <h2 id="unopenable">{t("unopenable.title")}</h2>
            <Unopenable
              why={vault.why}
              onBackup={route === "backup" ? null : () => location.assign("#/backup")}
              onAnew={route === "anew" ? undefined : () => location.assign("#/anew")}
            />
          </section>
        )}
        {section()}
        <div class="toast-space">{toast && <Toast content={toast} onClose={() => setToast(null)} />}</div>
      </main>
      <Announcer />
    </div>
  );
}

/** A camera never goes on because a window was restored or loaded again: only because somebody has just asked for it. */
function beginning(hash: string): "at-once" | "by-button" {
  const at = Number(/\?at=(\d+)$/.exec(hash)?.[1] ?? Number.NaN);
  return Math.abs(Date.now() - at) <= FRESH_MS ? "at-once" : "by-button";
}
