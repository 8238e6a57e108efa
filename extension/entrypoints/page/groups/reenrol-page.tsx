import { useEffect, useState } from "preact/hooks";
import { can } from "../../../../shared/group/permissions.ts";
import type { GroupView } from "../../../groups/group-view.ts";
import { t } from "../../../ui/i18n.ts";
import { watchIndex } from "../../../vault/entries.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import type { SectionProps } from "../section-props.ts";
import { ReenrolList } from "./reenrol-list.tsx";
import { useGroups } from "./use-groups.ts";
import { useReenrolments } from "./use-reenrolments.ts";

const NO_ROWS: ReadonlyMap<string, IndexRow> = new Map();

/** After somebody was taken out: the accounts whose secrets they could read, to be set up anew at their services. */
export function ReenrolPage({ vault, say }: SectionProps) {
  const lists = useReenrolments(vault.kind);
  const groups = useGroups(vault.kind, null);
  const [rows, setRows] = useState(NO_ROWS);
  useEffect(() => {
    if (vault.kind !== "unlocked") return setRows(NO_ROWS);
    return watchIndex(
      (all) => setRows(new Map(all.map((row) => [row.id, row]))),
      () => setRows(NO_ROWS),
    );
  }, [vault.kind]);
  if (groups === null) return null;
  return (
    <>
      <p class="small">
        <a href="#/teams">{t("groups.all")}</a>
      </p>
      <p>{t("reenrol.why")}</p>
      {lists.length === 0 && <p class="dim">{t("reenrol.none")}</p>}
      {lists.map((list) => {
        const group = groups.find(({ g }) => g === list.g) ?? null;
        return (
          <ReenrolList
            key={list.id}
            list={list}
            groupName={group?.name ?? null}
            others={group === null ? [] : otherReaders(group)}
            rows={rows}
            say={say}
          />
        );
      })}
    </>
  );
}

/** Who else can still read the group's secrets, by their addresses. */
function otherReaders(group: GroupView): readonly string[] {
  return group.people
    .filter(({ isMe, role }) => !isMe && can(role, "use-codes"))
    .map(({ email }) => email || t("groups.unknown-person"));
}
