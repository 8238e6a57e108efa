import { useEffect, useState } from "preact/hooks";
import { type Preferences, watchPreferences } from "../../preferences/preferences.ts";
import { applyPreferences } from "../../screens/start-page.ts";
import { Unopenable } from "../../screens/unopenable.tsx";
import { Announcer, announce } from "../../ui/announcer.tsx";
import { AskPassphrase } from "../../ui/ask-passphrase.tsx";
import { lockReasonText, unlockRefusalText } from "../../ui/error-text.ts";
import { type MessageKey, t } from "../../ui/i18n.ts";
import { Toast, type ToastContent } from "../../ui/toast.tsx";
import { touch } from "../../vault/lock.ts";
import { type VaultState, watchVaultState } from "../../vault/state.ts";
import { unlock } from "../../vault/unlock.ts";
import { BackupPage } from "./backup.tsx";
import { ImagePage } from "./image.tsx";
import { SettingsPage } from "./settings.tsx";
import { TrashPage } from "./trash.tsx";

const ROUTES = ["image", "backup", "trash", "settings"] as const;
type Route = (typeof ROUTES)[number];
const TITLES: Record<Route, MessageKey> = {
  image: "page.image",
  backup: "page.backup",
  trash: "page.trash",
  settings: "page.settings",
};

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
    const onUse = () => void touch(Date.now());
    addEventListener("hashchange", onHash);
    addEventListener("keydown", onUse);
    addEventListener("pointerdown", onUse);
    return () => {
      removeEventListener("hashchange", onHash);
      removeEventListener("keydown", onUse);
      removeEventListener("pointerdown", onUse);
    };
  }, []);
  useEffect(() => {
    document.title = `${t(TITLES[route])} – ${t("app.name")}`;
  }, [route, preferences.language]);

  const say = (content: ToastContent) => {
    setToast(content);
    announce(content.sentence);
  };
  const section = () => {
    if (vault.kind === "locked") return <LockedSection vault={vault} />;
    // A backup can still be looked into, and the language chosen; nothing can be kept or taken from the trash.
    if (vault.kind === "unopenable" && (route === "image" || route === "trash")) return null;
    switch (route) {
      case "image":
        return <ImagePage vault={vault} say={say} />;
      case "backup":
        return <BackupPage vault={vault} say={say} />;
      case "trash":
        return <TrashPage vault={vault} say={say} />;
      case "settings":
        return <SettingsPage vault={vault} say={say} preferences={preferences} />;
    }
  };

  return (
    <div class="page-frame" key={preferences.language}>
      <nav class="page-nav" aria-label={t("page.nav")}>
        <strong>{t("app.name")}</strong>
        {ROUTES.map((to) => (
          <a key={to} href={`#/${to}`} aria-current={to === route ? "page" : undefined}>
            {t(TITLES[to])}
          </a>
        ))}
      </nav>
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

function LockedSection({ vault }: { vault: VaultState & { kind: "locked" } }) {
  return (
    <section class="page-section">
      <p>{lockReasonText(vault.reason)}</p>
      <AskPassphrase
        label={t("passphrase.label")}
        action={t("locked.unlock")}
        onSubmit={async (passphrase) => {
          const result = await unlock(passphrase);
          return result.ok ? null : unlockRefusalText(result.error);
        }}
      />
    </section>
  );
}

function routeOf(hash: string): Route {
  const name = hash.replace(/^#\//, "");
  return ROUTES.find((route) => route === name) ?? "backup";
}
