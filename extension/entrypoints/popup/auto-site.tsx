import { useState } from "preact/hooks";
import { requestAutoSite } from "../../autofill/auto-site-wish.ts";
import { siteOfUrl } from "../../autofill/match-site.ts";
import { HostName } from "../../screens/host-name.tsx";
import { usePolicy } from "../../screens/use-policy.ts";
import { t } from "../../ui/i18n.ts";
import { ManagedLine } from "../../ui/managed-line.tsx";
import type { ToastContent } from "../../ui/toast.tsx";
import { useFocus } from "../../ui/use-focus.ts";
import { Screen } from "./screen.tsx";

/** Says what filling by itself means at this site, before the browser puts its own question about it. */
export function AutoSiteQuestion(props: {
  entryId: string;
  name: string;
  origin: string;
  say: (content: ToastContent) => void;
  onDone: (sentence: string | null) => void;
}) {
  const { name, origin, say, onDone } = props;
  const [busy, setBusy] = useState(false);
  const action = useFocus<HTMLButtonElement>();
  const { automaticFillingForbidden: isForbidden } = usePolicy();
  const host = siteOfUrl(origin) ?? "";

  const switchOn = async () => {
    if (busy) return;
    setBusy(true);
    try {
      // In most browsers the question closes this popup, and the worker goes on alone.
      if ((await requestAutoSite(origin, props.entryId)) === "granted") return onDone(t("auto.on", { host }));
      say({ tone: "warn", sentence: t("auto.declined", { host }) });
    } catch {
      say({ tone: "warn", sentence: t("keep.failed") });
    }
    setBusy(false);
  };

  return (
    <Screen title={t("auto.title")} onBack={() => onDone(null)}>
      <div class="stack">
        <p>{t("auto.question", { name })}</p>
        <HostName host={host} />
        <p class="small dim">{t("auto.means")}</p>
        <p class="small dim">{t("auto.browser-asks")}</p>
        <div class="line wrap">
          <button
            type="button"
            class="button primary"
            ref={action}
            disabled={busy || isForbidden}
            aria-describedby={isForbidden ? "auto-site-managed" : undefined}
            onClick={switchOn}
          >
            {t("auto.action")}
          </button>
          <button type="button" class="button" disabled={busy} onClick={() => onDone(null)}>
            {t("action.cancel")}
          </button>
        </div>
        {isForbidden && <ManagedLine id="auto-site-managed">{t("policy.filling-forbidden")}</ManagedLine>}
      </div>
    </Screen>
  );
}
