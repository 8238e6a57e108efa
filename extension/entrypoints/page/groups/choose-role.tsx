import { useId } from "preact/hooks";
import { can, isWithinReach, ROLES, type Role } from "../../../../shared/group/permissions.ts";
import { Choice } from "../../../ui/choice.tsx";
import { roleHintText, roleText } from "../../../ui/group-text.ts";

/** A role within somebody's reach, with what it means below. A guest gets codes lent, which is no way into a group. */
export function ChooseRole(props: {
  label: string;
  actor: Role;
  value: Role;
  onChoose: (role: Role) => void;
}) {
  const says = useId();
  const roles = ROLES.filter((role) => can(role, "use-codes") && isWithinReach(props.actor, role));
  return (
    <div class="checked-field">
      <Choice
        label={props.label}
        value={props.value}
        choices={roles.map((role) => ({ value: role, label: roleText(role) }))}
        describedBy={says}
        onChoose={props.onChoose}
      />
      <p id={says} class="small dim" role="status">
        {roleHintText(props.value)}
      </p>
    </div>
  );
}
