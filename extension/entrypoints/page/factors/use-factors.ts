import { useEffect, useRef, useState } from "preact/hooks";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { type KnownFactors, readFactors } from "../../../servers/read-factors.ts";
import { type Act, useAct } from "../groups/use-act.ts";

/**
 * What a server says of the person's second factors. What was read stays in sight while it is read anew.
 *
 * @param serverId null: asks nothing
 */
export function useFactors(serverId: string | null): {
  readonly known: KnownFactors | null;
  readonly reading: Act<FactorRefusal | "failed">;
  look(): void;
} {
  const [known, setKnown] = useState<KnownFactors | null>(null);
  const reading = useAct<FactorRefusal>();
  const current = useRef(serverId);
  current.current = serverId;
  const look = () => {
    if (serverId === null) return;
    reading.run(
      () => readFactors(serverId),
      (read) => {
        if (current.current === serverId) setKnown(read);
      },
    );
  };
  useEffect(look, [serverId]);
  return { known, reading, look };
}
