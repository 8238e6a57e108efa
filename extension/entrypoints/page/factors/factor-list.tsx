import { t } from "../../../ui/i18n.ts";
import { FactorItem } from "./factor-item.tsx";
import type { FactorProps } from "./factor-props.ts";
import { UnfinishedFactor } from "./unfinished-factor.tsx";

/** The person's second factors, the first one first. @param props.onSetUp begins to set up one of that module */
export function FactorList(props: FactorProps & { onSetUp: (module: string) => void }) {
  const { factors, level } = props.known;
  const hasNone = factors.every(({ status }) => status === "unverified");
  const none = hasNone && (
    <p>
      {level.lacks === "factor-missing"
        ? t("factors.none-wanted", { host: props.server.host })
        : t("factors.why-none")}
    </p>
  );
  if (factors.length === 0) return none;
  const list = (
    <ul class="plain-list">
      {factors.map((factor) =>
        factor.status === "verified" ? (
          <FactorItem key={factor.id} {...props} factor={factor} />
        ) : (
          <UnfinishedFactor key={factor.id} {...props} factor={factor} />
        ),
      )}
    </ul>
  );
  return (
    <>
      {none}
      {list}
    </>
  );
}
