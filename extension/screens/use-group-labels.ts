import { useEffect, useState } from "preact/hooks";
import type { GroupLabels } from "../groups/group-labels.ts";

const NO_LABELS: GroupLabels = new Map();

/**
 * What the groups are called and whether their entries may be changed here, as it changes. What reads that is loaded after
 * the first painting, and never for somebody without a group.
 *
 * @param wanted whether there is anything to be known
 */
export function useGroupLabels(wanted: boolean): GroupLabels {
  const [labels, setLabels] = useState(NO_LABELS);
  useEffect(() => {
    if (!wanted) return setLabels(NO_LABELS);
    let stop = () => {};
    let gone = false;
    void import("../groups/group-labels.ts").then(({ watchGroupLabels }) => {
      if (!gone) stop = watchGroupLabels(setLabels);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [wanted]);
  return labels;
}
