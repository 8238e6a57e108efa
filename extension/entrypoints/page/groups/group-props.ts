import type { GroupView } from "../../../groups/group-view.ts";
import type { SectionProps } from "../section-props.ts";
import type { NewKeyShown } from "./use-new-key-shown.ts";
import type { GroupServer } from "./use-server.ts";

/** What every part of a group's page gets. */
export interface GroupProps {
  readonly group: GroupView;
  readonly server: GroupServer;
  readonly say: SectionProps["say"];
  readonly newKeyShown: NewKeyShown;
}
