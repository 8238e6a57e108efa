import { setAlarm } from "../platform/alarms.ts";
import { readIndex } from "../vault/entries.ts";
import type { IndexRow } from "../vault/index-row.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";
import { chooseAutoSiteEntry } from "./auto-site-entry.ts";
import { type AutoSite, judgeAutoSites } from "./auto-sites.ts";

/** The alarm at which the sites are looked at again that no account belonged to. */
export const UNBOUND_ALARM = "unbound-auto-sites";

/** Longer than a page stays open in which taking a site from its accounts can be undone (milliseconds). */
const KEPT_MS = 3_600_000;

/**
 * Takes sites off the list that no account has belonged to for an hour, not even one in the trash. Until then they wait,
 * and fill nothing in: who undoes what unbound the account gets the site back as it was. Where the account was deleted for
 * good there is nothing to undo, and the site goes at once.
 *
 * @param rows the index as it is
 * @param now milliseconds since 1970 UTC
 */
export async function removeUnboundAutoSites(rows: readonly IndexRow[], now: number): Promise<void> {
  const listed = await judgeAutoSites((site) => {
    const { unboundAt = now, ...bound } = site;
    if (!isUnbound(rows, site)) return bound;
    const isGone = rows.every(({ id }) => id !== site.entryId);
    return isGone || now - unboundAt >= KEPT_MS ? null : { ...bound, unboundAt };
  });
  const since = listed.flatMap(({ unboundAt }) => unboundAt ?? []);
  if (since.length > 0) await setAlarm(UNBOUND_ALARM, Math.min(...since) + KEPT_MS);
}

/** The same on UNBOUND_ALARM. Where the vault is locked by then, it is done once it is unlocked. */
export async function removeUnboundOnTime(now: number): Promise<void> {
  try {
    await removeUnboundAutoSites(await readIndex(), now);
  } catch (error) {
    if (!(error instanceof VaultLockedError)) throw error;
  }
}

function isUnbound(rows: readonly IndexRow[], site: AutoSite): boolean {
  const chosen = chooseAutoSiteEntry(rows, site);
  return chosen.kind === "none" && chosen.why === "unbound";
}
