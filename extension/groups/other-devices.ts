import { knownGroups, refreshBundle, rememberGroups } from "../servers/bundle.ts";
import { db, type GroupRow } from "../vault/db.ts";
import type { Head } from "./fetch-log.ts";
import { presentMembers, startUnstored } from "./known.ts";

/**
 * Takes in the groups that another device of this person is in. The server alone can't add one: what is taken is what the
 * person's own bundle names, and the log then has to hold the link that the other device had seen. To be called with the
 * sync lock held.
 *
 * @param groups what is here
 * @param heads what the server says that this person is in
 */
export async function adoptGroups(
  serverId: string,
  groups: readonly GroupRow[],
  heads: readonly Head[],
): Promise<void> {
  const here = new Set(groups.map(({ g }) => g));
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

/**
 * Takes back "compare the six words again" where this person has done so on another device: with the very keys that the log
 * names here. The server is asked only while there is something to take back. To be called with the sync lock held.
 */
export async function takeInCompared(serverId: string): Promise<void> {
  const rows = await db.groups.where("serverId").equals(serverId).toArray();
  const marked = rows.filter(({ newKeys }) => (newKeys ?? []).length > 0);
  if (marked.length === 0) return;
  const refreshed = await refreshBundle(serverId);
  if (!refreshed.ok) return;
  const { contacts } = refreshed.value;
  for (const row of marked) {
    const present = await presentMembers(await startUnstored(row.g));
    const newKeys = (row.newKeys ?? []).filter((id) => {
      const [compared, member] = [contacts[id], present.get(id)];
      return compared === undefined || compared.sig !== member?.sig || compared.enc !== member.enc;
    });
    if (newKeys.length !== row.newKeys?.length) await db.groups.update(row.g, { newKeys });
  }
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
