import type { KnownServer } from "../../../servers/connection.ts";
import type { KnownFactors } from "../../../servers/read-factors.ts";
import { kindText } from "../../../ui/factor-list-text.ts";
import { formatList, t } from "../../../ui/i18n.ts";
import { LackingFactor } from "../factor-step/lacking-factor.tsx";
import { groupServerOf } from "../groups/use-server.ts";
import type { SectionProps } from "../section-props.ts";
import { FactorNews } from "./factor-news.tsx";
import { FactorOffer, isToBeOffered } from "./factor-offer.tsx";
import { LockedIn } from "./locked-in.tsx";
import { PendingReset } from "./pending-reset.tsx";
import { useFactors } from "./use-factors.ts";

/** Second factors on a server's card: which there are, what was done about them, and the offer to set one up. */
export function FactorsOnCard({ stored, say }: { stored: KnownServer; say: SectionProps["say"] }) {
  const server = groupServerOf(stored);
  const { known, look } = useFactors(stored.id);
  if (server === null || stored.secrets === null) return null;
  const address = `#/factors?of=${encodeURIComponent(stored.id)}`;
  const proven = known?.factors.filter(({ countsForSignIn }) => countsForSignIn) ?? [];
  const hasOwn = proven.some(({ isSpare }) => !isSpare);
  const names = proven.map(({ name, module }) => name || kindText(known?.modules ?? [], module));
  const isOffered = known !== null && !hasOwn && isToBeOffered(stored, known, Date.now());
  const action = t(known === null || hasOwn ? "factors.access.change" : "factors.access.set-up");
  return (
    <div class="stack tight">
      <h3>{t("factors.access")}</h3>
      <div class="line wrap">
        <span class="grow small dim">
          {known !== null && hasOwn && formatList(names)}
          {known !== null && !hasOwn && noneText(known, server.host)}
        </span>
        {!isOffered && (
          <a class="button" href={address} aria-label={`${t("factors.access")}: ${action}`}>
            {action}
          </a>
        )}
      </div>
      {known !== null && (
        <>
          {hasOwn && proven.length === 1 && known.modules.some(({ isSpare }) => isSpare) && (
            <p class="small dim">{t("factors.access.only-one")}</p>
          )}
          {known.level.lacks === "factor-needed" && (
            <div class="notice boxed warn">
              <div class="stack tight grow">
                <p>{t("factors.step.waits", { host: server.host })}</p>
                <LackingFactor server={server} isForChange={false} onShown={look} />
              </div>
            </div>
          )}
          <PendingReset server={server} known={known} say={say} onChanged={look} />
          <LockedIn server={stored} known={known} onSetUp={() => location.assign(address)} />
          <FactorNews stored={stored} known={known} host={server.host} />
          {isOffered && <FactorOffer stored={stored} known={known} host={server.host} address={address} />}
        </>
      )}
    </div>
  );
}

/** The passphrase alone lets in only where the server does not want more. */
function noneText({ level }: KnownFactors, host: string): string {
  return level.lacks === "factor-missing" ? t("factors.none-wanted", { host }) : t("factors.access.none");
}
