import { useState } from "preact/hooks";
import type { ActRefusal } from "../../../groups/act.ts";
import { createGroup } from "../../../groups/create-group.ts";
import { actRefusalText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { NameForm } from "./name-form.tsx";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";
import type { GroupServer } from "./use-server.ts";

/** A group by its name; whoever makes it owns it. */
export function NewGroup(props: { server: GroupServer; say: SectionProps["say"]; onClose: () => void }) {
  const { server, say } = props;
  const [name, setName] = useState("");
  const act = useAct<ActRefusal | "conflict">();
  const make = () =>
    act.run(
      () => createGroup(server.id, name.trim()),
      (g) => {
        say({ tone: "done", sentence: t("groups.created", { name: name.trim() }) });
        props.onClose();
        location.assign(`#/group?of=${g}`);
      },
    );
  return (
    <NameForm
      title={t("groups.new")}
      name={name}
      action={t(act.busy ? "groups.working" : "groups.create")}
      busy={act.busy}
      onName={setName}
      onSubmit={make}
      onCancel={props.onClose}
    >
      <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
    </NameForm>
  );
}
