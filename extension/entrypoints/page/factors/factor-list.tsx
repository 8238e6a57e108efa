import { FactorItem } from "./factor-item.tsx";
import type { FactorProps } from "./factor-props.ts";
import { noneText } from "./none-text.ts";
import { UnfinishedFactor } from "./unfinished-factor.tsx";

/** The person's second factors, the first one first. @param props.onSetUp begins to set up one of that module */
export function FactorList(props: FactorProps & { onSetUp: (module: string) => void }) {
  const { factors } = props.known;
  const none = noneText(props.known, props.server.host, "factors.why-none");
  return (
    <>
      {none !== null && <p>{none}</p>}
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
