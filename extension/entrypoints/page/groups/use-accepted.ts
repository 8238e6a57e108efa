import { useCallback, useEffect, useState } from "preact/hooks";
import { can } from "../../../../shared/group/permissions.ts";
import type { GroupView } from "../../../groups/group-view.ts";
import { type Accepted, readAccepted } from "../../../groups/invite.ts";
import { readInvitations, type SentInvitation } from "../../../groups/stored-invitation.ts";

/** While somebody looks: an acceptance changes nothing in a group's log, so nothing else tells of it. */
const LOOK_EVERY_MS = 10_000;

/** What is under way in a group: who was invited, and who of them has accepted. */
export type Invited = {
  readonly sent: readonly SentInvitation[];
  readonly accepted: readonly Accepted[];
};

export const NOBODY_INVITED: Invited = { sent: [], accepted: [] };

/**
 * Looks after the invitations of these groups while the page can be seen.
 *
 * @returns by group, and how to look at once
 */
export function useAccepted(
  groups: readonly GroupView[],
): readonly [ReadonlyMap<string, Invited>, () => Promise<void>] {
  const [invited, setInvited] = useState<ReadonlyMap<string, Invited>>(new Map());
  const ids = groups
    .filter(
      ({ role, state, isPersonal }) => !isPersonal && state === "in" && role !== null && can(role, "invite"),
    )
    .map(({ g }) => g)
    .join();
  const look = useCallback(async () => {
    for (const g of ids.split(",").filter(Boolean)) {
      const sent = await readInvitations(g);
      // What was asked for before stays in sight while the server can't be asked.
      const accepted = sent.length > 0 ? await readAccepted(g) : null;
      setInvited((before) => {
        const known = accepted?.ok ? accepted.value : accepted === null ? [] : before.get(g)?.accepted;
        return new Map([...before, [g, { sent, accepted: known ?? [] }]]);
      });
    }
  }, [ids]);
  useEffect(() => {
    // A vault that was locked meanwhile shows by itself.
    const whenSeen = () => {
      if (document.visibilityState === "visible") look().catch(() => {});
    };
    whenSeen();
    const timer = setInterval(whenSeen, LOOK_EVERY_MS);
    document.addEventListener("visibilitychange", whenSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", whenSeen);
    };
  }, [look]);
  return [invited, look];
}
