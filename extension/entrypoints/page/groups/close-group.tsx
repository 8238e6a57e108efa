import type { ActRefusal } from "../../../groups/act.ts";
import { closeGroup } from "../../../groups/members.ts";
import { actRefusalText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { Sure } from "./sure.tsx";
import { useAct } from "./use-act.ts";

/** Closes the group for good: nothing follows in its log. */
export function CloseGroup({ group, server, say, onClose }: GroupProps & { onClose: () => void }) {
  const act = useAct<ActRefusal>();
  const close = () =>
    act.run(
      () => closeGroup(group.g),
      () => {
        say({ tone: "done", sentence: t("groups.closed", { group: group.name }) });
        onClose();
      },
    );
  return (
    <Sure
      action={t("groups.close-sure", { group: group.name })}
      busy={act.busy}
      onSure={close}
      onCancel={onClose}
    >
      <p>{t("groups.close-what")}</p>
      <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
    </Sure>
  );
}
