import { useId, useState } from "preact/hooks";
import { can, isWithinReach, type Role } from "../../../../shared/group/permissions.ts";
import type { PersonView } from "../../../groups/group-view.ts";
import { roleText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import { ChangeRole } from "./change-role.tsx";
import { CompareWords } from "./compare-words.tsx";
import type { GroupProps } from "./group-props.ts";
import { RemovePerson } from "./remove-person.tsx";
import { ResetPerson } from "./reset-person.tsx";

const PANELS = ["words", "role", "factors", "remove"] as const;
type Panel = (typeof PANELS)[number];

/**
 * Somebody in a group, and what may be done about them.
 *
 * @param props.role of the person at this device
 * @param props.isAdministrator whether that one is an administrator of the server
 */
export function PersonItem(props: GroupProps & { person: PersonView; role: Role; isAdministrator: boolean }) {
  const { person, role } = props;
  const [open, setOpen] = useState<Panel | null>(null);
  const panelId = useId();
  const name = person.email === "" ? t("groups.unknown-person") : person.email;
  const isOther = !person.isMe && isWithinReach(role, person.role);
  const isOffered: Record<Panel, boolean> = {
    words: true,
    role: isOther && can(role, "change-role"),
    factors: !person.isMe && props.isAdministrator,
    remove: isOther && can(role, "remove-member"),
  };
  const close = () => setOpen(null);
  return (
    <li class="stack tight">
      <div class="line wrap">
        <div class="grow">
          <strong class="person-name">{name}</strong>
          {person.isMe && <span class="dim"> {t("groups.you")}</span>}
          <br />
          <span class="small dim">{roleText(person.role)}</span>
        </div>
        {PANELS.filter((panel) => isOffered[panel]).map((panel) => (
          <button
            key={panel}
            type="button"
            class={panel === "remove" ? "button plain danger-text" : "button plain"}
            aria-expanded={open === panel}
            aria-controls={open === panel ? panelId : undefined}
            aria-label={t(`groups.person.${panel}-named`, { name })}
            onClick={() => setOpen(open === panel ? null : panel)}
          >
            {t(`groups.person.${panel}`)}
          </button>
        ))}
      </div>
      {person.hasNewKeys && <p class="problem small">{t("groups.person.new-keys", { name })}</p>}
      {open !== null && (
        <div id={panelId}>
          {open === "words" && <CompareWords {...props} name={name} onClose={close} />}
          {open === "role" && <ChangeRole {...props} name={name} onClose={close} />}
          {open === "factors" && <ResetPerson {...props} name={name} onClose={close} />}
          {open === "remove" && <RemovePerson {...props} name={name} onClose={close} />}
        </div>
      )}
    </li>
  );
}
