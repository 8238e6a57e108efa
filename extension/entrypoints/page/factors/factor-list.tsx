import { isWayIn } from "../../../servers/factors.ts";
import { t } from "../../../ui/i18n.ts";
import { FactorItem } from "./factor-item.tsx";
import type { FactorProps } from "./factor-props.ts";
import { UnfinishedFactor } from "./unfinished-factor.tsx";

/** The person's second factors, the first one first. @param props.onSetUp begins to set up one of that module */
export function FactorList(props: FactorProps & { onSetUp: (module: string) => void }) {
  const { factors, level } = props.known;
  const { host } = props.server;
  const isWanted = level.lacks === "factor-missing";
  const proven = factors.filter(({ status }) => status === "verified");
  return (
    <>
      {!proven.some(isWayIn) && <p>{noneText({ isWanted, hasSome: proven.length > 0 }, host)}</p>}
      {factors.length > 0 && (
        <ul class="plain-list">
          {factors.map((factor) =>
            factor.status === "verified" ? (
              <FactorItem key={factor.id} {...props} factor={factor} />
            ) : (
              <UnfinishedFactor key={factor.id} {...props} factor={factor} />
            ),
          )}
        </ul>
      )}
    </>
  );
}

/** Why one is good to have, or wanted: there is none, or none of them counts. */
function noneText({ isWanted, hasSome }: { isWanted: boolean; hasSome: boolean }, host: string): string {
  if (hasSome) return isWanted ? t("factors.none-counts-wanted", { host }) : t("factors.why-none-counts");
  return isWanted ? t("factors.none-wanted", { host }) : t("factors.why-none");
}
