import { knownGroups, refreshBundle, rememberGroups } from "../servers/bundle.ts";
import { db, type GroupRow } from "../vault/db.ts";
import type { Head } from "./fetch-log.ts";

/**
 * Takes in the groups that another device of this person is in. The server alone can't add one: what is taken is what the
 * person's own bundle names, and the log then has to hold the link that the other device had seen. To be called with the
 * sync lock held.
 *
 * @param heads what the server says that this person is in
 */
export async function adoptGroups(serverId: string, heads: readonly Head[]): Promise<void> {
  const here = new Set((await db.groups.where("serverId").equals(serverId).primaryKeys()) as string[]);
  const unknown = heads.filter(({ g }) => !here.has(g));
  if (unknown.length === 0) return;
  let known = await knownGroups(serverId);
  // Seldom: a group that nobody on this device has accepted yet, or that another device has.
  if (unknown.some(({ g }) => known[g] === undefined)) {
    const refreshed = await refreshBundle(serverId);
    if (refreshed.ok) known = refreshed.value.groups;
  }
  const rows = unknown.flatMap(({ g }): GroupRow[] => {
    const pin = known[g];
    if (pin === undefined) return [];
    return [
      {
        ...{ g, serverId, core: null, sealed: null, missing: [], sentRev: -1, syncedAt: null, trouble: null },
        promised: { n: pin.n, h: pin.head, by: null },
      },
    ];
  });
  if (rows.length > 0) await db.groups.bulkPut(rows);
}

/** Leaves in the bundle which groups this person is in, where that has changed here. Where it can't be done it is tried again. */
export async function tellOtherDevices(serverId: string): Promise<void> {
  const rows = await db.groups.where("serverId").equals(serverId).toArray();
  const mine = rows.flatMap(({ g, core, promised }) =>
    core !== null && promised === null ? [[g, { n: core.n, head: core.head }] as const] : [],
  );
  if (mine.length === 0) return;
  await rememberGroups(serverId, (groups) => ({ ...Object.fromEntries(mine), ...groups }));
}
