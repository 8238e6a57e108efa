import { useCallback, useEffect, useState } from "preact/hooks";
import { syncServer } from "../../../groups/sync.ts";
import type { GroupServer } from "./use-server.ts";

/**
 * Brings the groups of a server in step when its screen opens, and when asked. How it went is written down with each
 * group, where it is read from.
 */
export function useSync(server: GroupServer | null): { readonly busy: boolean; look(): void } {
  const [busy, setBusy] = useState(false);
  const id = server?.isSignedIn ? server.id : null;
  const look = useCallback(() => {
    if (id === null) return;
    setBusy(true);
    // A vault that was locked meanwhile shows by itself.
    void syncServer(id)
      .catch(() => {})
      .finally(() => setBusy(false));
  }, [id]);
  useEffect(look, [look]);
  return { busy, look };
}
