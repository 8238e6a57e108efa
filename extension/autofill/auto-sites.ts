import * as z from "zod/mini";
import { parseSiteUrl } from "../../shared/site.ts";
import { localItem } from "../platform/local-storage.ts";

const autoSiteSchema = z.object({
  /** As in URL.origin: scheme, exact host and port. The browser's permission knows no port; we do. */
  origin: z.string(),
  /** The account it was switched on for: no other is filled, until a person chooses another. */
  entryId: z.string(),
  /** Whether the form is sent off once the code stands in it. */
  submit: z.boolean(),
  /** Milliseconds since 1970 UTC. */
  addedAt: z.number(),
  /** Since when no account belongs to it any more, likewise; absent while one does. */
  unboundAt: z.optional(z.number()),
});

/** A site whose field for a code is filled without a gesture, while the vault is unlocked. */
export type AutoSite = z.infer<typeof autoSiteSchema>;

const item = localItem("auto-sites", z.array(autoSiteSchema));
const LOCK = "countersign-auto-sites";

/** Every site that fills by itself, in the order they were switched on. */
export async function readAutoSites(): Promise<readonly AutoSite[]> {
  return (await item.get()) ?? [];
}

/** Calls back after every change, made anywhere. @returns stops watching */
export function watchAutoSites(onChange: (sites: readonly AutoSite[]) => void): () => void {
  return item.watch((sites) => onChange(sites ?? []));
}

/** Puts a site on the list, or the account of one that is there in place of the former. The permission is asked for before. */
export async function addAutoSite(origin: string, entryId: string, now: number): Promise<void> {
  await change((sites) => {
    const before = sites.find((site) => site.origin === origin);
    if (before !== undefined)
      return sites.map((site) => (site === before ? withPatch(site, { entryId }) : site));
    return [...sites, { origin, entryId, submit: false, addedAt: now }];
  });
}

type AutoSitePatch = Partial<Pick<AutoSite, "entryId" | "submit">>;

/** Changes which account is filled, or whether its form is sent off; nothing where the site is gone. */
export async function changeAutoSite(origin: string, patch: AutoSitePatch): Promise<void> {
  await change((sites) => sites.map((site) => (site.origin === origin ? withPatch(site, patch) : site)));
}

/** Whether the form is sent off was said of the account that was filled: another one begins without. */
function withPatch(site: AutoSite, patch: AutoSitePatch): AutoSite {
  const isSame = patch.entryId === undefined || patch.entryId === site.entryId;
  return { ...site, submit: isSame && site.submit, ...patch };
}

/**
 * Lets sites follow their account, where another entry takes its place: merged into it, or put in for it. Everything else
 * about them stays, the sending off too. To be called after the vault has written (the two share no transaction): dying in
 * between leaves sites that fill nothing in until a person chooses.
 *
 * @param from ids of entries whose place is taken
 * @returns takes it back, for those sites that still have that account
 */
export async function moveAutoSites(from: readonly string[], to: string): Promise<() => Promise<void>> {
  const moved = new Map<string, string>();
  await change((sites) =>
    sites.map((site) => {
      if (!from.includes(site.entryId)) return site;
      moved.set(site.origin, site.entryId);
      return { ...site, entryId: to };
    }),
  );
  return async () => {
    await change((sites) =>
      sites.map((site) => {
        const entryId = moved.get(site.origin);
        return entryId === undefined || site.entryId !== to ? site : { ...site, entryId };
      }),
    );
  };
}

/** Takes sites off the list; the worker then takes away what was made for them (auto-site-scripts.ts). */
export async function removeAutoSites(origins: readonly string[]): Promise<void> {
  await change((sites) => sites.filter((site) => !origins.includes(site.origin)));
}

/**
 * Puts every site to a judge, who says how it is from now on.
 *
 * @param judge null takes the site off the list
 * @returns the list as it is then
 */
export function judgeAutoSites(judge: (site: AutoSite) => AutoSite | null): Promise<readonly AutoSite[]> {
  return change((sites) => sites.flatMap((site) => judge(site) ?? []));
}

function change(next: (sites: readonly AutoSite[]) => readonly AutoSite[]): Promise<readonly AutoSite[]> {
  return navigator.locks.request(LOCK, async () => {
    const before = await readAutoSites();
    const after = next(before);
    if (JSON.stringify(after) !== JSON.stringify(before)) await item.set([...after]);
    return after;
  });
}

/**
 * The origin of an address, where a site may fill by itself: over https, or one of the two names of this machine that
 * the manifest may ask for.
 */
export function autoSiteOrigin(address: string | null): string | null {
  const url = parseSiteUrl(address);
  if (url === null) return null;
  const isAskable = url.protocol === "https:" || ["localhost", "127.0.0.1"].includes(url.hostname);
  return isAskable ? url.origin : null;
}

/** The same for a site as an entry remembers it, which names no scheme; null for a domain with all below it. */
export function originOfSite(site: string): string | null {
  if (site.startsWith("*.")) return null;
  // Loopback is where people develop, mostly without a certificate; everything else is https.
  return autoSiteOrigin(
    /^(?:localhost|127\.0\.0\.1)(?::|$)/.test(site) ? `http://${site}` : `https://${site}`,
  );
}
