import { useEffect, useMemo, useState } from "preact/hooks";

/** Where a group's page says how far a new key is: in the act that needs it, as long as that stands there. */
export type NewKeyShown = {
  readonly isElsewhere: boolean;
  setElsewhere(isElsewhere: boolean): void;
};

/** To be had once by the page, and given to its parts. */
export function useNewKeyShown(): NewKeyShown {
  const [isElsewhere, setElsewhere] = useState(false);
  return useMemo(() => ({ isElsewhere, setElsewhere }), [isElsewhere]);
}

/** Has a part of the page say it, while it is under way there. */
export function useShowsNewKey({ setElsewhere }: NewKeyShown, isUnderWay: boolean): void {
  useEffect(() => {
    if (!isUnderWay) return;
    setElsewhere(true);
    return () => setElsewhere(false);
  }, [isUnderWay, setElsewhere]);
}
