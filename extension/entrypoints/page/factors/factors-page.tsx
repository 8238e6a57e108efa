import { useEffect, useRef, useState } from "preact/hooks";
import { saySeen } from "../../../servers/own-factors.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { t } from "../../../ui/i18n.ts";
import { RefusedAct } from "../groups/refused-act.tsx";
import { useAddress } from "../groups/use-address.ts";
import { useGroups } from "../groups/use-groups.ts";
import { groupServerOf, useKnownServer } from "../groups/use-server.ts";
import type { SectionProps } from "../section-props.ts";
import { ActivityLines } from "./activity-lines.tsx";
import { chooseLines } from "./choose-lines.ts";
import { FactorList } from "./factor-list.tsx";
import { LockedIn } from "./locked-in.tsx";
import { PendingReset } from "./pending-reset.tsx";
import { SetUp } from "./set-up.tsx";
import { useFactors } from "./use-factors.ts";
import { useLockedIn } from "./use-locked-in.ts";

/** A person's second factors at a server: which there are, another one, and what was done about them lately. */
export function FactorsPage({ vault, say }: SectionProps) {
  const serverId = useAddress();
  const stored = useKnownServer(serverId, vault.kind);
  const server = groupServerOf(stored);
  const groups = useGroups(vault.kind, serverId) ?? [];
  const isSignedIn = server?.isSignedIn === true;
  const { known, reading, look } = useFactors(isSignedIn ? serverId : null);
  const isLockedIn = useLockedIn(stored, known);
  const [wanted, setWanted] = useState<{ readonly module: string } | null>(null);
  const [asksForCodes, setAsksForCodes] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const latest = known?.activity[0]?.at;
  useEffect(() => {
    // Whoever is here sees it; a vault that was locked meanwhile shows by itself.
    if (latest !== undefined) saySeen(serverId, latest).catch(() => {});
  }, [serverId, latest]);
  const setUp = (module: string | null) => {
    if (module !== null) setWanted({ module });
    else page.current?.querySelector<HTMLElement>("#set-up")?.focus();
  };
  const toSetUp = useRef(askedToSetUp());
  useEffect(() => {
    if (known === null || toSetUp.current === null) return;
    setUp(toSetUp.current || null);
    toSetUp.current = null;
    // Once: whoever loads the page again begins no further one.
    history.replaceState(null, "", `#/factors?of=${encodeURIComponent(serverId)}`);
  }, [known]);
  const back = (
    <p class="small">
      <a href="#/teams">{t("factors.to-teams")}</a>
    </p>
  );
  if (stored === null || server === null || !isSignedIn)
    return (
      <section class="page-section">
        {back}
        <p>{t("factors.not-here")}</p>
      </section>
    );
  const common = known && { server, known, say, onChanged: look };
  return (
    <div class="stack factors" ref={page}>
      <section class="page-section" aria-labelledby="factors">
        {back}
        <h2 id="factors" class="group-title">
          {server.host}
        </h2>
        <p class="dim">{t("factors.why", { host: server.host })}</p>
        {known === null && reading.busy && <p class="dim">{t("teams.asking")}</p>}
        <RefusedAct act={reading} words={factorRefusalText} server={server} say={say} />
        {known === null && reading.refusal !== null && (
          <div>
            <button type="button" class="button" onClick={look}>
              {t("teams.retry")}
            </button>
          </div>
        )}
        {common && (
          <>
            <PendingReset {...common} />
            {isLockedIn && !asksForCodes && <LockedIn server={stored} known={common.known} onSetUp={setUp} />}
            <FactorList {...common} onSetUp={setUp} />
          </>
        )}
      </section>
      {common && <SetUp {...common} {...{ wanted, asksForCodes }} onAskForCodes={setAsksForCodes} />}
      {common && common.known.activity.length > 0 && (
        <section class="page-section" aria-labelledby="lately">
          <h2 id="lately">{t("factors.lately")}</h2>
          <ActivityLines
            activity={chooseLines(common.known.activity, SHOWN)}
            modules={common.known.modules}
            userId={stored.userId}
            groups={groups}
          />
          <p class="small dim">{t("factors.lately.not-you")}</p>
        </section>
      )}
    </div>
  );
}

/** The module that whoever came here has asked to set up, from the server's card; "": any. null: they come to look. */
function askedToSetUp(): string | null {
  return new URLSearchParams(location.hash.split("?")[1]).get("set-up");
}

/** Of what was done; what is older says nothing that could still be stopped. */
const SHOWN = 12;
