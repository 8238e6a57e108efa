import { useEffect, useState } from "preact/hooks";
import { type GroupView, watchGroups } from "../../../groups/group-view.ts";
import { countWaiting } from "../../../groups/waiting-changes.ts";
import type { SectionProps } from "../section-props.ts";

/**
 * Groups as they change.
 *
 * @param serverId of which server; null: all
 * @returns null until they are known
 */
export function useGroups(
  vault: SectionProps["vault"]["kind"],
  serverId: string | null,
): readonly GroupView[] | null {
  const [groups, setGroups] = useState<readonly GroupView[] | null>(null);
  useEffect(() => {
    if (vault === "unlocked")
      return watchGroups((all) =>
        setGroups(all.filter((group) => serverId === null || group.serverId === serverId)),
      );
    setGroups(null);
  }, [vault, serverId]);
  return groups;
}

/** How many changes of each group wait to be sent, by its id; looked at again whenever the groups change. */
export function useWaiting(groups: readonly GroupView[]): ReadonlyMap<string, number> {
  const [waiting, setWaiting] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    let gone = false;
    const count = async () => {
      const counts = new Map<string, number>();
      for (const { g } of groups) counts.set(g, await countWaiting(g));
      if (!gone) setWaiting(counts);
    };
    // A vault that was locked meanwhile shows by itself.
    count().catch(() => {});
    return () => {
      gone = true;
    };
  }, [groups]);
  return waiting;
}
