import type { Role } from "../../../../shared/group/permissions.ts";
import type { GroupProps } from "./group-props.ts";
import { PersonItem } from "./person-item.tsx";
import { useAdministrator } from "./use-administrator.ts";

/** Everybody in a group, this person first. */
export function People({ role, ...props }: GroupProps & { role: Role }) {
  const isAdministrator = useAdministrator(props.server);
  const people = props.group.people.toSorted(
    (a, b) => Number(b.isMe) - Number(a.isMe) || a.email.localeCompare(b.email),
  );
  return (
    <ul class="plain-list">
      {people.map((person) => (
        <PersonItem
          key={person.id}
          {...props}
          role={role}
          person={person}
          isAdministrator={isAdministrator}
        />
      ))}
    </ul>
  );
}
