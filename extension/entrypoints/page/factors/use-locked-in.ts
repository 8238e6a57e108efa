import { useEffect, useState } from "preact/hooks";
import type { KnownServer } from "../../../servers/connection.ts";
import { isLockedIn } from "../../../servers/own-factors.ts";
import type { KnownFactors } from "../../../servers/read-factors.ts";

/**
 * Whether the only way in beside the passphrase lies in this very vault.
 *
 * @returns null as long as it is not known
 */
export function useLockedIn(server: KnownServer | null, known: KnownFactors | null): boolean | null {
  const secrets = server?.secrets ?? null;
  const factors = known?.factors ?? null;
  const [of, setOf] = useState<{ factors: KnownFactors["factors"]; isIn: boolean } | null>(null);
  useEffect(() => {
    if (secrets === null || factors === null) return;
    let gone = false;
    const look = async () => {
      const isIn = await isLockedIn(secrets, factors);
      if (!gone) setOf({ factors, isIn });
    };
    // A vault that was locked meanwhile shows by itself.
    look().catch(() => {});
    return () => {
      gone = true;
    };
  }, [secrets, factors]);
  // What was found out about other factors than there are now is not said.
  return of !== null && of.factors === factors ? of.isIn : null;
}
