import { useState } from "preact/hooks";
import { can, type Role } from "../../../../shared/group/permissions.ts";
import { t } from "../../../ui/i18n.ts";
import { CloseGroup } from "./close-group.tsx";
import type { GroupProps } from "./group-props.ts";
import { LeaveGroup } from "./leave-group.tsx";
import { RenameGroup } from "./rename-group.tsx";

const PANELS = ["rename", "leave", "close"] as const;
type Panel = (typeof PANELS)[number];

/** What concerns the group as a whole. @param props.role of the person at this device */
export function ManageGroup({ role, ...props }: GroupProps & { role: Role }) {
  const { group } = props;
  const [open, setOpen] = useState<Panel | null>(null);
  const isLastOwner =
    can(role, "close-group") && group.people.filter((person) => can(person.role, "close-group")).length === 1;
  const isOffered: Record<Panel, boolean> = {
    rename: can(role, "change-records"),
    leave: can(role, "leave") && !isLastOwner,
    close: can(role, "close-group"),
  };
  const close = () => setOpen(null);
  return (
    <section class="page-section" aria-labelledby="manage">
      <h2 id="manage">{t("groups.manage")}</h2>
      {isLastOwner && <p class="dim">{t("groups.last-owner")}</p>}
      {open === null && (
        <div class="line wrap">
          {PANELS.filter((panel) => isOffered[panel]).map((panel) => (
            <button key={panel} type="button" class="button" onClick={() => setOpen(panel)}>
              {t(`groups.manage-${panel}`)}
            </button>
          ))}
        </div>
      )}
      {open === "rename" && <RenameGroup {...props} onClose={close} />}
      {open === "leave" && <LeaveGroup {...props} onClose={close} />}
      {open === "close" && <CloseGroup {...props} onClose={close} />}
    </section>
  );
}
