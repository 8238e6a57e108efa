import { useMemo } from "preact/hooks";
import { can } from "../../../../shared/group/permissions.ts";
import type { GroupView } from "../../../groups/group-view.ts";
import { groupNameText, groupSizeText, roleHintText, roleText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { AcceptedPerson } from "./accepted-person.tsx";
import { GroupState } from "./group-state.tsx";
import { InvitePerson } from "./invite-person.tsx";
import { ManageGroup } from "./manage-group.tsx";
import { NewKey } from "./new-key.tsx";
import { People } from "./people.tsx";
import { PutAway } from "./put-away.tsx";
import { RestoredGroup } from "./restored-group.tsx";
import { SentInvitations } from "./sent-invitations.tsx";
import { SixWords } from "./six-words.tsx";
import { NOBODY_INVITED, useAccepted } from "./use-accepted.ts";
import { useAddress } from "./use-address.ts";
import { useGroups, useWaiting } from "./use-groups.ts";
import { useNewKeyShown } from "./use-new-key-shown.ts";
import { useServer } from "./use-server.ts";
import { useSync } from "./use-sync.ts";

/** One group: how it stands, who is in it and who is to come, and what this person may do there. */
export function GroupPage({ vault, say }: SectionProps) {
  const g = useAddress();
  const groups = useGroups(vault.kind, null);
  const group = groups?.find((each) => each.g === g) ?? null;
  const server = useServer(group?.serverId ?? null, vault.kind);
  const shown = useMemo(() => (group === null ? [] : [group]), [group]);
  const waiting = useWaiting(shown).get(g) ?? 0;
  const [invited, lookAtInvited] = useAccepted(shown);
  const { busy, look } = useSync(server);
  const newKeyShown = useNewKeyShown();
  if (groups === null) return null;
  if (group === null || server === null)
    return (
      <section class="page-section">
        <p>{t("groups.refused.no-such-group")}</p>
        <ToTeams />
      </section>
    );
  const { role } = group;
  const isIn = group.state === "in" && role !== null;
  // What somebody keeps for themselves has no people, and nobody is invited to it.
  const isShared = isIn && !group.isPersonal;
  const { sent, accepted } = invited.get(g) ?? NOBODY_INVITED;
  const acceptedIds = new Set(accepted.map(({ invitation }) => invitation));
  const onInvited = () => void lookAtInvited();
  const common = { group, server, say, newKeyShown };
  const isKeyDue = isIn && group.rotationDue && can(role, "rotate");
  return (
    <>
      <section class="page-section" aria-labelledby="group">
        <ToTeams />
        <div>
          <h2 id="group" class="group-title">
            {groupNameText(group)}
          </h2>
          {isIn && (
            <p class="dim">
              {groupSizeText(group)}
              {isShared && ` · ${roleText(role)}`}
            </p>
          )}
        </div>
        {isIn && <p>{isShared ? roleHintText(role) : t("groups.personal-what", { host: server.host })}</p>}
        {isRestored(group) ? (
          <RestoredGroup {...common} onSent={look} />
        ) : (
          <GroupState
            group={group}
            waiting={waiting}
            host={server.host}
            saysNewKey={!isKeyDue && !newKeyShown.isElsewhere}
          />
        )}
        {server.isSignedIn && (
          <div class="line wrap">
            <button type="button" class="button" disabled={busy} onClick={look}>
              {t(busy ? "groups.looking" : "groups.look")}
            </button>
            {group.entries > 0 && (
              <a class="button" href={`#/codes?group=${g}`}>
                {t("groups.show-accounts")}
              </a>
            )}
          </div>
        )}
        {isIn &&
          accepted.map((one) => (
            <AcceptedPerson key={one.invitation} {...common} accepted={one} onDone={onInvited} />
          ))}
        {isKeyDue && <NewKey {...common} />}
        {(group.state === "out" || group.state === "closed") && <PutAway group={group} say={say} />}
      </section>
      {isShared && (
        <section class="page-section" aria-labelledby="people">
          <h2 id="people">{t("groups.people-title")}</h2>
          <People {...common} role={role} />
          {can(role, "invite") && (
            <>
              <SentInvitations
                {...common}
                sent={sent.filter(({ id }) => !acceptedIds.has(id))}
                onDone={onInvited}
              />
              <InvitePerson {...common} role={role} onDone={onInvited} />
            </>
          )}
        </section>
      )}
      {isShared && (
        <section class="page-section" aria-labelledby="safety">
          <h2 id="safety">{t("groups.safety")}</h2>
          <SixWords words={group.safety} />
          <p class="dim">{t("groups.safety-what")}</p>
        </section>
      )}
      {isShared && <ManageGroup {...common} role={role} />}
    </>
  );
}

function isRestored({ restored, trouble }: GroupView): boolean {
  return restored !== null && (trouble === "restored" || restored.isSent);
}

function ToTeams() {
  return (
    <p class="small">
      <a href="#/teams">{t("groups.all")}</a>
    </p>
  );
}
