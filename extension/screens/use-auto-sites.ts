import { useEffect, useState } from "preact/hooks";
import { type AutoSite, readAutoSites, watchAutoSites } from "../autofill/auto-sites.ts";

/** The sites that fill by themselves, as they are now; null until they are read. */
export function useAutoSites(): readonly AutoSite[] | null {
  const [sites, setSites] = useState<readonly AutoSite[] | null>(null);
  useEffect(() => {
    const stop = watchAutoSites(setSites);
    void readAutoSites().then(setSites);
    return stop;
  }, []);
  return sites;
}
