import { useEffect } from "preact/hooks";
import { chooseAutoSiteEntry, fillsByItself } from "../../autofill/auto-site-entry.ts";
import { takeDeclinedAutoSite } from "../../autofill/auto-site-wish.ts";
import { autoSiteOrigin, removeAutoSites } from "../../autofill/auto-sites.ts";
import { siteOfUrl } from "../../autofill/match-site.ts";
import { useAutoSites } from "../../screens/use-auto-sites.ts";
import { fullName } from "../../ui/entry-name.ts";
import { t } from "../../ui/i18n.ts";
import type { ToastContent } from "../../ui/toast.tsx";
import type { IndexRow } from "../../vault/index-row.ts";
import type { View } from "./popup.tsx";

/** Whether the page's site fills an account in by itself, and the switch for it. */
export function useAutoSite(props: {
  rows: readonly IndexRow[];
  url: string | null;
  say: (content: ToastContent) => void;
  onView: (view: View) => void;
}): {
  stateOf: (row: IndexRow) => "on" | "off" | null;
  toggle: (row: IndexRow) => Promise<void> | void;
  /** Why the page's site is switched on and still fills nothing in; null where it does, or is not switched on. */
  problem: string | null;
} {
  const { rows, say } = props;
  const sites = useAutoSites();
  const origin = autoSiteOrigin(props.url);
  const host = siteOfUrl(origin);

  const site = sites?.find((one) => one.origin === origin);
  const chosen = site && chooseAutoSiteEntry(rows, site);

  const stateOf = (row: IndexRow) => {
    if (sites === null || host === null || !row.sites.includes(host) || !fillsByItself(row)) return null;
    return chosen?.kind === "one" && chosen.row.id === row.id ? "on" : "off";
  };

  const toggle = async (row: IndexRow) => {
    if (origin === null || host === null) return;
    if (stateOf(row) === "off") {
      const name = fullName(row);
      return props.onView({ kind: "auto-site", entryId: row.id, name, origin });
    }
    await removeAutoSites([origin]);
    say({ tone: "done", sentence: t("auto.off", { host }) });
  };

  useEffect(() => {
    // The popup before this one closed under the browser's question, which was answered with no.
    void takeDeclinedAutoSite(Date.now()).then((declined) => {
      const declinedHost = siteOfUrl(declined?.origin ?? null);
      if (declinedHost !== null) say({ tone: "warn", sentence: t("auto.declined", { host: declinedHost }) });
    });
  }, []);

  const problem = chosen?.kind === "others" && host !== null ? t("auto.others", { host }) : null;
  return { stateOf, toggle, problem };
}
