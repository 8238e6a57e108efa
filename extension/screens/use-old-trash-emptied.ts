import { useEffect } from "preact/hooks";
import type { VaultState } from "../vault/state.ts";
import { purgeTrashOfSteadyClock } from "../vault/trash.ts";

/** After the first painting, and long before anybody would notice. */
const LATER_MS = 1500;

/** What has been in the trash for 30 days goes whenever a page of ours is open with the vault: no alarm wakes for it. */
export function useOldTrashEmptied(vault: VaultState): void {
  useEffect(() => {
    if (vault.kind !== "unlocked") return;
    // A vault that was locked just then, or a full disk: the next page tries again.
    const timer = setTimeout(() => void purgeTrashOfSteadyClock(Date.now()).catch(() => {}), LATER_MS);
    return () => clearTimeout(timer);
  }, [vault.kind]);
}
