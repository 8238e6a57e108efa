import { useEffect } from "preact/hooks";
import type { VaultState } from "../vault/state.ts";
import { purgeTrash } from "../vault/trash.ts";

/** After the first painting, and long before anybody would notice. */
const LATER_MS = 1500;

/** What has been in the trash for 30 days goes whenever a page of ours is open with the vault: no alarm wakes for it. */
export function useOldTrashEmptied(vault: VaultState): void {
  useEffect(() => {
    if (vault.kind !== "unlocked") return;
    const timer = setTimeout(() => void purgeTrash(Date.now()), LATER_MS);
    return () => clearTimeout(timer);
  }, [vault.kind]);
}
