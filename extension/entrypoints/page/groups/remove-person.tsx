import { can } from "../../../../shared/group/permissions.ts";
import type { ActRefusal } from "../../../groups/act.ts";
import type { PersonView } from "../../../groups/group-view.ts";
import { removeMember } from "../../../groups/members.ts";
import { actRefusalText } from "../../../ui/group-text.ts";
import { t, tn } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { LongWork } from "./long-work.tsx";
import { RefusedAct } from "./refused-act.tsx";
import { Sure } from "./sure.tsx";
import { useAct } from "./use-act.ts";
import { useShowsNewKey } from "./use-new-key-shown.ts";
import { useNewKeyProgress } from "./use-sync-progress.ts";

/** Takes somebody out. What they could read they may have copied: the list of it opens afterwards. */
export function RemovePerson(props: GroupProps & { person: PersonView; name: string; onClose: () => void }) {
  const { group, server, say, person, name } = props;
  const act = useAct<ActRefusal>();
  const { progress, isStopped, stop } = useNewKeyProgress(group.g);
  useShowsNewKey(props.newKeyShown, act.busy);
  const couldRead = can(person.role, "use-codes") && group.entries > 0;
  const remove = () =>
    act.run(
      () => removeMember(group.g, person.id),
      () => {
        say({ tone: "done", sentence: t("groups.removed", { name, group: group.name }) });
        props.onClose();
        if (couldRead) location.assign("#/reenrol");
      },
    );
  const words = (refusal: ActRefusal | "failed", host: string) =>
    refusal === "key-stopped"
      ? t("groups.remove-stopped", { name, group: group.name })
      : actRefusalText(refusal, host);
  return (
    <Sure
      action={t("groups.remove-sure", { name })}
      busy={act.busy}
      onSure={remove}
      onCancel={props.onClose}
      work={
        act.busy && progress !== null ? (
          <LongWork progress={progress} isEnding={isStopped} onStop={stop} />
        ) : null
      }
    >
      <p>{t("groups.remove-what", { name })}</p>
      {couldRead && <p>{tn("groups.remove-cannot", group.entries, { name })}</p>}
      <RefusedAct act={act} words={words} server={server} say={say} />
    </Sure>
  );
}
