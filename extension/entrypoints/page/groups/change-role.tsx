import { useState } from "preact/hooks";
import type { Role } from "../../../../shared/group/permissions.ts";
import type { ActRefusal } from "../../../groups/act.ts";
import type { PersonView } from "../../../groups/group-view.ts";
import { changeRole } from "../../../groups/members.ts";
import { actRefusalText, roleText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import { ChooseRole } from "./choose-role.tsx";
import type { GroupProps } from "./group-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";

/** Gives somebody another role. @param props.role of the person at this device */
export function ChangeRole(
  props: GroupProps & { person: PersonView; name: string; role: Role; onClose: () => void },
) {
  const { group, server, say, person, name } = props;
  const [wanted, setWanted] = useState(person.role);
  const act = useAct<ActRefusal>();
  const change = () =>
    act.run(
      () => changeRole(group.g, person.id, wanted),
      () => {
        say({ tone: "done", sentence: t("groups.role-changed", { name, role: roleText(wanted) }) });
        props.onClose();
      },
    );
  return (
    <div class="stack tight">
      <form
        class="stack tight"
        aria-busy={act.busy}
        onSubmit={(event) => {
          event.preventDefault();
          change();
        }}
      >
        <ChooseRole
          label={t("groups.role-of", { name })}
          actor={props.role}
          value={wanted}
          onChoose={setWanted}
        />
        <div class="line wrap">
          <button type="submit" class="button primary" disabled={act.busy || wanted === person.role}>
            {t(act.busy ? "groups.working" : "action.save")}
          </button>
          <button type="button" class="button plain" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </div>
      </form>
      <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
    </div>
  );
}
