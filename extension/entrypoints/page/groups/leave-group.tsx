import type { ActRefusal } from "../../../groups/act.ts";
import { forgetGroup } from "../../../groups/forget-group.ts";
import { leaveGroup } from "../../../groups/members.ts";
import { actRefusalText } from "../../../ui/group-text.ts";
import { t, tn } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { Sure } from "./sure.tsx";
import { useAct } from "./use-act.ts";

/** Leaves the group; its accounts go from this device. */
export function LeaveGroup({ group, server, say, onClose }: GroupProps & { onClose: () => void }) {
  const act = useAct<ActRefusal>();
  const leave = () =>
    act.run(
      async () => {
        const left = await leaveGroup(group.g);
        // Where this is cut short, the group stays here as one that can be put away.
        if (left.ok) await forgetGroup(group.g, "delete");
        return left;
      },
      () => {
        say({ tone: "done", sentence: t("groups.left", { group: group.name }) });
        location.assign("#/teams");
      },
    );
  return (
    <Sure
      action={t("groups.leave-sure", { group: group.name })}
      busy={act.busy}
      onSure={leave}
      onCancel={onClose}
    >
      <p>{tn("groups.leave-what", group.entries, { group: group.name })}</p>
      <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
    </Sure>
  );
}
