import type { KnownServer } from "../../../servers/connection.ts";
import { isWayIn } from "../../../servers/factors.ts";
import { factorNames, isWrittenTo, kindText } from "../../../ui/factor-list-text.ts";
import { formatList, t } from "../../../ui/i18n.ts";
import { LackingFactor } from "../factor-step/lacking-factor.tsx";
import { groupServerOf } from "../groups/use-server.ts";
import type { SectionProps } from "../section-props.ts";
import { FactorNews } from "./factor-news.tsx";
import { FactorOffer, isToBeOffered } from "./factor-offer.tsx";
import { LockedIn } from "./locked-in.tsx";
import { noneText } from "./none-text.ts";
import { PendingReset } from "./pending-reset.tsx";
import { useFactors } from "./use-factors.ts";
import { useLockedIn } from "./use-locked-in.ts";

/** Second factors on a server's card: which there are, what was done about them, and the offer to set one up. */
export function FactorsOnCard(props: {
  stored: KnownServer;
  say: SectionProps["say"];
  /** The session may do more than before. */
  onShown: () => void;
}) {
  const { stored, say } = props;
  const server = groupServerOf(stored);
  const { known, look } = useFactors(stored.id);
  const isLockedIn = useLockedIn(stored, known);
  if (server === null || stored.secrets === null) return null;
  const address = `#/factors?of=${encodeURIComponent(stored.id)}`;
  // One that lets nobody in, as its kind is switched off or too weak there, is on the page of them, and nothing to rely on.
  const proven = known?.factors.filter(({ countsForSignIn }) => countsForSignIn) ?? [];
  const unfinished = known?.factors.find(({ status }) => status === "unverified");
  const hasOwn = proven.some(isWayIn);
  const names = [...factorNames(proven, known?.modules ?? []).values()];
  const isOffered = known !== null && !hasOwn && isToBeOffered(stored, known, Date.now());
  const isOnlyOne = hasOwn && proven.length === 1 && known?.modules.some(({ isSpare }) => isSpare) === true;
  const action = t(known === null || hasOwn ? "factors.access.change" : "factors.access.set-up");
  return (
    <div class="stack tight">
      <h3>{t("factors.access")}</h3>
      <div class="line wrap">
        <span class="grow small dim">
          {known !== null && (noneText(known, server.host, "factors.access.none") ?? formatList(names))}
        </span>
        {!isOffered && (
          <a class="button" href={address} aria-label={`${t("factors.access")}: ${action}`}>
            {action}
          </a>
        )}
      </div>
      {known !== null && (
        <>
          {/* The warning of being locked in says the same, and more. */}
          {isOnlyOne && isLockedIn === false && <p class="small dim">{t("factors.access.only-one")}</p>}
          {unfinished !== undefined && (
            <p class="small">
              <a href={address}>
                {t("factors.access.unfinished", { kind: kindText(known.modules, unfinished.module) })}
              </a>
            </p>
          )}
          {known.level.lacks === "factor-needed" && (
            <div class="notice boxed warn">
              <div class="stack tight grow">
                <p>{t("factors.step.waits", { host: server.host })}</p>
                <LackingFactor
                  server={server}
                  isForChange={false}
                  isClosedFirst={proven.some(({ module }) => isWrittenTo(module))}
                  onShown={() => {
                    look();
                    props.onShown();
                  }}
                />
              </div>
            </div>
          )}
          <PendingReset server={server} known={known} say={say} onChanged={look} />
          {isLockedIn && (
            <LockedIn
              server={stored}
              known={known}
              onSetUp={(module) => location.assign(`${address}&set-up=${encodeURIComponent(module ?? "")}`)}
            />
          )}
          <FactorNews stored={stored} known={known} host={server.host} />
          {isOffered && <FactorOffer stored={stored} known={known} host={server.host} address={address} />}
        </>
      )}
    </div>
  );
}
