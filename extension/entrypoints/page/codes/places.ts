import { can } from "../../../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../../../shared/result.ts";
import type { ActRefusal } from "../../../groups/act.ts";
import { type GroupView, readGroups } from "../../../groups/group-view.ts";
import { makePersonalGroup } from "../../../groups/make-personal.ts";
import { readServers } from "../../../servers/connection.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";

/** Where entries may be put. */
export type Places = {
  /** Those whose entries this person may change. */
  readonly groups: readonly GroupView[];
  /** Where this person can keep them for themselves, on all devices. */
  readonly servers: readonly {
    readonly serverId: string;
    readonly host: string;
    /** The id of the group that it is; before there is one, a name that no group has. */
    readonly value: string;
  }[];
};

export const NO_PLACES: Places = { groups: [], servers: [] };

/** Throws VaultLockedError. */
export async function readPlaces(): Promise<Places> {
  const [all, servers] = await Promise.all([readGroups(), readServers()]);
  const groups = all.filter(
    ({ state, role }) => state === "in" && role !== null && can(role, "change-records"),
  );
  const own = servers.flatMap(({ id, origin, secrets }) => {
    const known = groups.find(({ serverId, isPersonal }) => isPersonal && serverId === id);
    // To make it, the server has to be asked.
    if (known === undefined && secrets?.token == null) return [];
    return [{ serverId: id, host: hostOf(origin), value: known?.g ?? `all-mine ${id}` }];
  });
  return { groups, servers: own };
}

/** The group in which this person keeps what is theirs alone; it is made where there is none yet. */
export async function ownPlaceAt(serverId: string): Promise<Result<GroupView, ActRefusal | "conflict">> {
  const find = async () =>
    (await readGroups()).find((group) => group.isPersonal && group.serverId === serverId) ?? null;
  const known = await find();
  if (known !== null) return ok(known);
  const made = await makePersonalGroup(serverId, t("place.all-mine"));
  if (!made.ok) return made;
  const group = await find();
  return group === null ? err("no-such-group") : ok(group);
}
