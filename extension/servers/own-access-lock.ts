import { err, type Result } from "../../shared/result.ts";

/**
 * Lets one page at a time change what somebody gets in with at servers, or what this device knows of it: passphrase, kit,
 * keys, address, session. One lock for all servers, because the vault's passphrase is one. Taken after the lock of what
 * brings groups in step, and before the vault's own. Not to be taken twice.
 *
 * Whoever comes second is told so instead of kept waiting: what they began may be done, or be another thing, by then.
 *
 * @returns "busy": another page is at it, and nothing was done here
 */
export function withOwnAccess<T, E>(work: () => Promise<Result<T, E>>): Promise<Result<T, E | "busy">> {
  return navigator.locks.request(
    "countersign-own-access",
    { ifAvailable: true },
    async (lock): Promise<Result<T, E | "busy">> => (lock === null ? err("busy") : work()),
  );
}
