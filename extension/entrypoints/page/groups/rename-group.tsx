import { useState } from "preact/hooks";
import type { ActRefusal } from "../../../groups/act.ts";
import { renameGroup } from "../../../groups/rename-group.ts";
import { actRefusalText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { NameForm } from "./name-form.tsx";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";

/** Gives the group another name, for everybody in it. */
export function RenameGroup({ group, server, say, onClose }: GroupProps & { onClose: () => void }) {
  const [name, setName] = useState(group.name);
  const act = useAct<ActRefusal>();
  const rename = () =>
    act.run(
      () => renameGroup(group.g, name.trim()),
      () => {
        say({ tone: "done", sentence: t("groups.renamed", { name: name.trim() }) });
        onClose();
      },
    );
  return (
    <NameForm
      title={t("groups.manage-rename")}
      name={name}
      action={t(act.busy ? "groups.working" : "action.save")}
      busy={act.busy}
      onName={setName}
      onSubmit={rename}
      onCancel={onClose}
    >
      <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
    </NameForm>
  );
}
