import type { ActRefusal } from "../../../groups/act.ts";
import { endInvitation } from "../../../groups/invite.ts";
import type { SentInvitation } from "../../../groups/stored-invitation.ts";
import { actRefusalText, roleText } from "../../../ui/group-text.ts";
import { formatDateTime, t } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";

/** Invitations from this device that nobody has accepted yet; each can be taken back. */
export function SentInvitations(props: GroupProps & { sent: readonly SentInvitation[]; onDone: () => void }) {
  const { group, server, say, sent } = props;
  const act = useAct<ActRefusal>();
  if (sent.length === 0) return null;
  const end = (id: string, name: string) =>
    act.run(
      () => endInvitation(group.g, id),
      () => {
        say({ tone: "done", sentence: t("groups.sent.ended", { name }) });
        props.onDone();
      },
    );
  return (
    <div class="stack tight">
      <h3>{t("groups.sent")}</h3>
      <ul class="plain-list">
        {sent.map(({ id, offer: { email, role, until } }) => (
          <li key={id} class="line wrap">
            <div class="grow">
              <span class="person-name">{email}</span>
              <br />
              <span class="small dim">
                {until < Date.now()
                  ? t("groups.sent.over", { role: roleText(role) })
                  : t("groups.sent.until", { role: roleText(role), time: formatDateTime(until) })}
              </span>
            </div>
            <button
              type="button"
              class="button plain"
              disabled={act.busy}
              aria-label={t("groups.sent.end-named", { name: email })}
              onClick={() => end(id, email)}
            >
              {t("groups.sent.end")}
            </button>
          </li>
        ))}
      </ul>
      <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
    </div>
  );
}
