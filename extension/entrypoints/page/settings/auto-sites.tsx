import { useEffect, useRef, useState } from "preact/hooks";
import { chooseAutoSiteEntry, fillsByItself } from "../../../autofill/auto-site-entry.ts";
import { requestAutoSite } from "../../../autofill/auto-site-wish.ts";
import {
  type AutoSite,
  changeAutoSite,
  originOfSite,
  removeAutoSites,
} from "../../../autofill/auto-sites.ts";
import { siteOfUrl } from "../../../autofill/match-site.ts";
import { HostName } from "../../../screens/host-name.tsx";
import { useAutoSites } from "../../../screens/use-auto-sites.ts";
import { usePolicy } from "../../../screens/use-policy.ts";
import { Choice } from "../../../ui/choice.tsx";
import { fullName } from "../../../ui/entry-name.ts";
import { formatDate, t } from "../../../ui/i18n.ts";
import { ManagedLine } from "../../../ui/managed-line.tsx";
import { watchIndex } from "../../../vault/entries.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import type { SectionProps } from "../section-props.ts";
import { OtherPermissions } from "./other-permissions.tsx";
import { StoredTick } from "./stored-tick.tsx";
import { useStoredChoice } from "./use-stored-choice.ts";

/** The sites that fill by themselves: which, since when, with which account, and the way out. */
export function AutoSiteSettings({ vault, say }: SectionProps) {
  const sites = useAutoSites();
  const { automaticFillingForbidden } = usePolicy();
  const [rows, setRows] = useState<readonly IndexRow[] | null>(null);
  useEffect(() => {
    if (vault.kind === "unlocked") return watchIndex(setRows, () => setRows(null));
  }, [vault.kind]);
  const heading = useRef<HTMLHeadingElement>(null);
  if (sites === null) return null;

  return (
    <section class="page-section" aria-labelledby="settings-auto">
      <h2 id="settings-auto" ref={heading} tabIndex={-1}>
        {t("settings.auto")}
      </h2>
      <p class="dim">{t("settings.auto-why")}</p>
      {sites.length === 0 && <p>{t("settings.auto-empty")}</p>}
      {sites.length > 0 && (
        <ul class="auto-sites">
          {sites.map((site) => (
            <AutoSiteItem key={site.origin} site={site} rows={rows} say={say} />
          ))}
        </ul>
      )}
      {automaticFillingForbidden && <ManagedLine>{t("policy.filling-forbidden")}</ManagedLine>}
      {!automaticFillingForbidden && rows !== null && <AddAutoSite sites={sites} rows={rows} say={say} />}
      <OtherPermissions after={heading} say={say} />
    </section>
  );
}

function AutoSiteItem(props: { site: AutoSite; rows: readonly IndexRow[] | null; say: SectionProps["say"] }) {
  const { site, rows, say } = props;
  const store = useStoredChoice(say);
  const host = siteOfUrl(site.origin) ?? site.origin;
  const chosen = rows && chooseAutoSiteEntry(rows, site);
  const fit =
    rows?.filter((row) => row.deletedAt === null && fillsByItself(row) && row.sites.includes(host)) ?? [];
  return (
    <li class="auto-site">
      <div class="auto-site-head">
        <div class="grow">
          <HostName host={host} />
          <p class="small dim">
            {chosen?.kind === "one" && fit.length === 1
              ? t("settings.auto-since-for", { name: fullName(chosen.row), date: formatDate(site.addedAt) })
              : t("settings.auto-since", { date: formatDate(site.addedAt) })}
          </p>
        </div>
        <button
          type="button"
          class="button"
          aria-label={t("settings.auto-remove-named", { host })}
          onClick={async () => {
            const removed = await store(() => removeAutoSites([site.origin]));
            if (removed === "stored") say({ tone: "done", sentence: t("auto.off", { host }) });
          }}
        >
          {t("settings.auto-remove")}
        </button>
      </div>
      {chosen?.kind === "none" && <p class="problem">{t("settings.auto-none")}</p>}
      {chosen?.kind === "others" && <p class="problem">{t("settings.auto-others")}</p>}
      {(fit.length > 1 || chosen?.kind === "others") && (
        <Choice
          label={t("settings.auto-account")}
          value={chosen?.kind === "one" ? chosen.row.id : ""}
          choices={[
            ...(chosen?.kind === "one" ? [] : [{ value: "", label: t("settings.auto-choose") }]),
            ...fit.map((row) => ({ value: row.id, label: fullName(row) })),
          ]}
          onChoose={(entryId) => void store(() => changeAutoSite(site.origin, { entryId }))}
        />
      )}
      <StoredTick
        stored={site.submit}
        onWish={(submit) => void store(() => changeAutoSite(site.origin, { submit }))}
      >
        {t("settings.auto-submit")}
        <span class="auto-site-note small dim">{t("settings.auto-submit-means")}</span>
      </StoredTick>
    </li>
  );
}

/** Switches one on from here: a site that some account is bound to exactly. */
function AddAutoSite(props: {
  sites: readonly AutoSite[];
  rows: readonly IndexRow[];
  say: SectionProps["say"];
}) {
  const { sites, rows, say } = props;
  const store = useStoredChoice(say);
  const [wanted, setWanted] = useState("");
  const candidates = candidateOrigins(rows, sites);
  const origin = candidates.has(wanted) ? wanted : ([...candidates.keys()][0] ?? null);
  if (origin === null) return null;
  const host = siteOfUrl(origin) ?? origin;
  return (
    <form
      class="line wrap auto-site-add"
      onSubmit={async (event) => {
        event.preventDefault();
        await store(async () => {
          const answer = await requestAutoSite(origin, candidates.get(origin) ?? "");
          say(
            answer === "granted"
              ? { tone: "done", sentence: t("auto.on", { host }) }
              : { tone: "warn", sentence: t("auto.declined", { host }) },
          );
        });
      }}
    >
      <Choice
        label={t("settings.auto-add")}
        value={origin}
        choices={[...candidates.keys()].map((value) => ({ value, label: siteOfUrl(value) ?? value }))}
        onChoose={setWanted}
      />
      <button type="submit" class="button">
        {t("auto.action")}
      </button>
    </form>
  );
}

/** Origins that could be switched on, each with an account of it. */
function candidateOrigins(
  rows: readonly IndexRow[],
  sites: readonly AutoSite[],
): ReadonlyMap<string, string> {
  const candidates = new Map<string, string>();
  for (const row of rows.filter((each) => each.deletedAt === null && fillsByItself(each))) {
    for (const origin of row.sites.map(originOfSite)) {
      if (origin === null || candidates.has(origin) || sites.some((site) => site.origin === origin)) continue;
      candidates.set(origin, row.id);
    }
  }
  return new Map([...candidates].sort(([one], [two]) => one.localeCompare(two)));
}
