import { Dexie } from "dexie";
import { can, type Role } from "../../shared/group/permissions.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { openVaultKey } from "../vault/vault-key.ts";
import { watchRows } from "../vault/watch-rows.ts";
import { isOnlyMine } from "./personal-group.ts";
import { openGroupSecrets } from "./secrets.ts";

/** What a list of entries shows of a group. */
export type GroupLabel = {
  readonly name: string;
  /** This person's own, on all their devices: to be called by words instead of its name. */
  readonly isPersonal: boolean;
  /** Whether this person may change the group's entries, put them elsewhere and delete them. */
  readonly mayChange: boolean;
};

export type GroupLabels = ReadonlyMap<string, GroupLabel>;

/**
 * What the groups are called, by id, and whether this person may change what is in them. It verifies nothing, and knows
 * no more than that: a popup has to have it at once.
 */
export async function readGroupLabels(): Promise<GroupLabels> {
  const [rows, servers] = await Promise.all([db.groups.toArray(), db.servers.toArray()]);
  if (rows.length === 0) return new Map();
  const key = await openVaultKey();
  if (!key.ok) return new Map();
  const meOf = new Map(servers.map(({ id, userId }) => [id, userId]));
  return new Map(
    await Promise.all(
      rows.map(async (row): Promise<[string, GroupLabel]> => {
        const me = meOf.get(row.serverId) ?? "";
        const [secrets, role] = await Promise.all([openGroupSecrets(key.value, row), ownRole(row, me)]);
        const { name } = secrets;
        const isPersonal = await isOnlyMine(row.g, secrets, me);
        // Who is out of a group, or has seen it closed, has what is on this device for themselves.
        const isOpen = role !== null && row.core?.closed === false && row.trouble !== "no-access";
        return [row.g, { name, isPersonal, mayChange: !isOpen || can(role, "change-records") }];
      }),
    ),
  );
}

/** In the group as its log stands here; null where this person is not in it. */
async function ownRole({ g }: GroupRow, userId: string): Promise<Role | null> {
  const latest = await db.groupMembers
    .where("[g+id+joined]")
    .between([g, userId, Dexie.minKey], [g, userId, Dexie.maxKey])
    .last();
  return latest === undefined || latest.left !== null ? null : latest.role;
}

/**
 * Calls back with them at once, and whenever they may have changed.
 *
 * @returns stops watching
 */
export function watchGroupLabels(onLabels: (labels: GroupLabels) => void): () => void {
  const rows = () => Promise.all([db.groups.toArray(), db.groupMembers.toArray()]);
  return watchRows(rows, readGroupLabels, onLabels);
}

/** Calls back with whether this device is connected to any server, at once and as it changes. @returns stops watching */
export function watchHasServer(onKnown: (hasServer: boolean) => void): () => void {
  const count = () => db.servers.count();
  return watchRows(count, async () => (await count()) > 0, onKnown);
}
