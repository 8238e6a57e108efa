import type { PersonView } from "../../../groups/group-view.ts";
import { markCompared } from "../../../groups/members.ts";
import { t } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { SixWords } from "./six-words.tsx";

/** Somebody's six words; where they have new keys, to be compared once more and said so. */
export function CompareWords(props: GroupProps & { person: PersonView; name: string; onClose: () => void }) {
  const { group, person, name, say } = props;
  const compared = async () => {
    await markCompared(group.g, person.id);
    say({ tone: "done", sentence: t("groups.person.compared-done", { name }) });
    props.onClose();
  };
  return (
    <div class="stack tight">
      <SixWords words={person.words} />
      <p class="small dim">{person.isMe ? t("groups.words-mine") : t("groups.words-theirs", { name })}</p>
      {person.hasNewKeys && (
        <>
          <p class="small dim">{t("groups.person.compared-not", { name })}</p>
          <div>
            <button type="button" class="button" onClick={() => void compared()}>
              {t("groups.person.compared")}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
