import { isWayIn } from "../../../servers/factors.ts";
import { t } from "../../../ui/i18n.ts";
import { FactorItem } from "./factor-item.tsx";
import type { FactorProps } from "./factor-props.ts";

/** The person's second factors, the first one first. */
export function FactorList(props: FactorProps) {
  const { factors, level } = props.known;
  const { host } = props.server;
  const isWanted = level.lacks === "factor-missing";
  if (factors.length === 0)
    return <p>{isWanted ? t("factors.none-wanted", { host }) : t("factors.why-none")}</p>;
  return (
    <>
      {!factors.some(isWayIn) && (
        <p>{isWanted ? t("factors.none-counts-wanted", { host }) : t("factors.why-none-counts")}</p>
      )}
      <ul class="plain-list">
        {factors.map((factor) => (
          <FactorItem key={factor.id} {...props} factor={factor} />
        ))}
      </ul>
    </>
  );
}
