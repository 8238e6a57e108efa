import { t } from "../../../ui/i18n.ts";
import { FactorItem } from "./factor-item.tsx";
import type { FactorProps } from "./factor-props.ts";

/** The person's second factors, the first one first. */
export function FactorList(props: FactorProps) {
  const { factors, level } = props.known;
  if (factors.length === 0)
    return (
      <p>
        {level.lacks === "factor-missing"
          ? t("factors.none-wanted", { host: props.server.host })
          : t("factors.why-none")}
      </p>
    );
  return (
    <ul class="plain-list">
      {factors.map((factor) => (
        <FactorItem key={factor.id} {...props} factor={factor} />
      ))}
    </ul>
  );
}
