import { giveBackOrigins, grantedOrigins, watchGrantedOrigins } from "../platform/granted-origins.ts";
import { readAutoSites, watchAutoSites } from "./auto-sites.ts";
import { originPattern } from "./permission-wish.ts";

/**
 * Gives permissions back that no site on the list needs. They were given for such a site alone: a frame that had one as
 * well is asked about again. The list is read here, at the last moment: somebody may just have switched a site on again.
 */
export async function giveBackUnlisted(patterns: readonly string[]): Promise<void> {
  const needed = await neededPatterns();
  const unneeded = patterns.filter((pattern) => !needed.has(pattern));
  if (unneeded.length > 0) await giveBackOrigins([...new Set(unneeded)]);
}

/** Patterns of addresses that are permitted for no site that fills by itself: given for a frame, or left over. */
export async function otherPermissions(): Promise<readonly string[]> {
  const needed = await neededPatterns();
  return (await grantedOrigins()).filter((pattern) => !needed.has(pattern)).sort();
}

/** Calls back with them, now and after every change, made anywhere. @returns stops watching */
export function watchOtherPermissions(onChange: (patterns: readonly string[]) => void): () => void {
  let asked = 0;
  const look = (): void => {
    const asking = ++asked;
    void otherPermissions().then((patterns) => {
      if (asking === asked) onChange(patterns);
    });
  };
  const stops = [watchAutoSites(look), watchGrantedOrigins(look), () => void asked++];
  look();
  return () => {
    for (const stop of stops) stop();
  };
}

async function neededPatterns(): Promise<ReadonlySet<string>> {
  return new Set((await readAutoSites()).map(({ origin }) => originPattern(origin)));
}
