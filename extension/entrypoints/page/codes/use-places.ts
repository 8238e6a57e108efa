import { useEffect, useState } from "preact/hooks";
import type { GroupLabels } from "../../../groups/group-labels.ts";
import { useGroupLabels } from "../../../screens/use-group-labels.ts";

/** What the groups are called, and whether there is anywhere to put entries but this device: a group, or a server. */
export function usePlaces(isUnlocked: boolean): {
  readonly groups: GroupLabels;
  readonly hasPlaces: boolean;
} {
  const groups = useGroupLabels(isUnlocked);
  const [hasServer, setHasServer] = useState(false);
  useEffect(() => {
    if (!isUnlocked) return setHasServer(false);
    let stop = () => {};
    let gone = false;
    void import("../../../groups/group-labels.ts").then(({ watchHasServer }) => {
      if (!gone) stop = watchHasServer(setHasServer);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [isUnlocked]);
  return { groups, hasPlaces: hasServer || groups.size > 0 };
}
