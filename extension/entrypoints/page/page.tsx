import { useEffect, useState } from "preact/hooks";
import { type Preferences, watchPreferences } from "../../preferences/preferences.ts";
import { PasskeyUnlock } from "../../screens/passkey-unlock.tsx";
import { applyPreferences } from "../../screens/start-page.ts";
import { UnlockForm } from "../../screens/unlock-form.tsx";
import { Unopenable } from "../../screens/unopenable.tsx";
import { usePersonHere } from "../../screens/use-person-here.ts";
import { Announcer, announce } from "../../ui/announcer.tsx";
import { type MessageKey, t } from "../../ui/i18n.ts";
import { Toast, type ToastContent } from "../../ui/toast.tsx";
import { type VaultState, watchVaultState } from "../../vault/state.ts";
import { AreaPage } from "./area.tsx";
import { BackupPage } from "./backup.tsx";
import { ImagePage } from "./image.tsx";
import { LivePage } from "./live.tsx";
import { SettingsPage } from "./settings/settings.tsx";
import { TrashPage } from "./trash.tsx";

const SECTIONS = ["image", "backup", "trash", "settings"] as const;
/** What a window of its own is opened for: nothing leads there but the popup, and nothing else is in it. */
const ERRANDS = ["area", "camera", "screen"] as const;
type Route = (typeof SECTIONS | typeof ERRANDS)[number];
const TITLES: Record<Route, MessageKey> = {
  image: "page.image",
  backup: "page.backup",
  trash: "page.trash",
  settings: "page.settings",
  area: "page.area",
  camera: "page.camera",
  screen: "page.screen",
};
/** An address that says when the popup made it begins by itself as long as that was just now (milliseconds). */
const FRESH_MS = 60_000;

/** What every section of the page gets. */
export interface SectionProps {
  readonly vault: VaultState;
  readonly say: (content: ToastContent) => void;
}

/** The full page: everything that needs more room, or a file dialog, than a popup has. */
export function Page(props: { preferences: Preferences; vault: VaultState }) {
  const [vault, setVault] = useState(props.vault);
  const [preferences, setPreferences] = useState(props.preferences);
  const [route, setRoute] = useState(routeOf(location.hash));
  const [toast, setToast] = useState<ToastContent | null>(null);

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
  useEffect(() => {
    document.title = `${t(TITLES[route])} – ${t("app.name")}`;
  }, [route, preferences.language]);

  const say = (content: ToastContent) => {
    setToast(content);
    announce(content.sentence);
  };
  const section = () => {
    if (vault.kind === "locked")
      return (
        <section class="page-section">
          <UnlockForm reason={vault.reason} waiting={null}>
            {vault.hasPasskey && <PasskeyUnlock start="by-button" />}
          </UnlockForm>
        </section>
      );
    // A backup can still be looked into, and the language chosen; nothing can be kept or taken from the trash.
    if (vault.kind === "unopenable" && route !== "backup" && route !== "settings") return null;
    switch (route) {
      case "image":
        return <ImagePage vault={vault} say={say} />;
      case "backup":
        return <BackupPage vault={vault} say={say} />;
      case "trash":
        return <TrashPage vault={vault} say={say} />;
      case "settings":
        return <SettingsPage vault={vault} say={say} preferences={preferences} />;
      case "area":
        return <AreaPage vault={vault} say={say} />;
      case "camera":
        return (
          <LivePage key="camera" kind="camera" begin={beginning(location.hash)} vault={vault} say={say} />
        );
      case "screen":
        // The browser's dialog wants a press in this window first.
        return <LivePage key="screen" kind="screen" begin="by-button" vault={vault} say={say} />;
    }
  };
  const isErrand = ERRANDS.some((errand) => errand === route);

  return (
    <div class={`page-frame ${isErrand ? "alone" : ""}`} key={preferences.language}>
      {!isErrand && (
        <nav class="page-nav" aria-label={t("page.nav")}>
          <strong>{t("app.name")}</strong>
          {SECTIONS.map((to) => (
            <a key={to} href={`#/${to}`} aria-current={to === route ? "page" : undefined}>
              {t(TITLES[to])}
            </a>
          ))}
        </nav>
      )}
      <main class="page-main">
        <h1>{t(TITLES[route])}</h1>
        {vault.kind === "unopenable" && (
          <section class="page-section" aria-labelledby="unopenable">
            <h2 id="unopenable">{t("unopenable.title")}</h2>
            <Unopenable
              why={vault.why}
              onBackup={route === "backup" ? null : () => location.assign("#/backup")}
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

function routeOf(hash: string): Route {
  const [name] = hash.replace(/^#\//, "").split("?");
  return [...SECTIONS, ...ERRANDS].find((route) => route === name) ?? "backup";
}

/** A camera never goes on because a window was restored or loaded again: only because somebody has just asked for it. */
function beginning(hash: string): "at-once" | "by-button" {
  const at = Number(/\?at=(\d+)$/.exec(hash)?.[1] ?? Number.NaN);
  return Math.abs(Date.now() - at) <= FRESH_MS ? "at-once" : "by-button";
}
