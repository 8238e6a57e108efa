import { err, ok, type Result } from "../../shared/result.ts";
import { type ChangeRefusal, changeEntry, readEntry } from "../vault/entries.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";
import { siteOfUrl } from "./match-site.ts";

/**
 * Binds an entry to a site, after the person has confirmed the host in full: from then on its codes may be filled there.
 *
 * @param site "host" or "host:port" as in URL.host, or a pattern of domainPattern()
 * @returns why the entry could not be changed; "locked" where the vault closed meanwhile
 */
export async function bindSite(
  entryId: string,
  site: string,
): Promise<Result<void, ChangeRefusal | "locked">> {
  if (!isSite(site)) throw Error("not a site an entry can be bound to");
  const entry = await readEntry(entryId);
  if (!entry.ok) return entry;
  if (entry.value.sites.includes(site)) return ok(undefined);
  try {
    return await changeEntry(entryId, { sites: [...entry.value.sites, site] });
  } catch (error) {
    if (error instanceof VaultLockedError) return err("locked");
    throw error;
  }
}

/** The host has to come from a parsed address: anything that parses to another host than it reads is refused. */
function isSite(site: string): boolean {
  const host = site.startsWith("*.") ? site.slice(2) : site;
  return siteOfUrl(`https://${host}`) === host || siteOfUrl(`http://${host}`) === host;
}
