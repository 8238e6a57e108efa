import type { GroupView } from "../../../groups/group-view.ts";
import type { Accepted } from "../../../groups/invite.ts";
import { groupNameText, groupSizeText, roleText } from "../../../ui/group-text.ts";
import { formatList, t } from "../../../ui/i18n.ts";
import { GroupState } from "./group-state.tsx";

/** One group of the list. Its name leads to it. */
export function GroupItem(props: {
  group: GroupView;
  waiting: number;
  accepted: readonly Accepted[];
  host: string;
}) {
  const { group, accepted } = props;
  const to = `#/group?of=${group.g}`;
  return (
    <li class="group-item">
      <div class="line wrap">
        <a class="group-name" href={to}>
          {groupNameText(group)}
        </a>
        {group.role !== null && !group.isPersonal && <span class="small dim">{roleText(group.role)}</span>}
      </div>
      {group.state === "in" && <p class="small">{groupSizeText(group)}</p>}
      <GroupState group={group} waiting={props.waiting} host={props.host} saysNewKey />
      {accepted.length > 0 && (
        <p>
          <a href={to}>
            {t("groups.accepted.waits", { names: formatList(accepted.map(({ email }) => email)) })}
          </a>
        </p>
      )}
      {group.state === "in" && group.rotationDue && (
        <p>
          <a href={to}>{t("groups.key-due")}</a>
        </p>
      )}
    </li>
  );
}
