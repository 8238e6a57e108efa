import { type Change, commit, type VaultView } from "../vault/commit.ts";
import { db } from "../vault/db.ts";
import { type Uses, usesOf } from "../vault/index-row.ts";
import type { StoredRow } from "../vault/stored-row.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { readOutgoing } from "./outgoing.ts";
import { openGroupSecrets } from "./secrets.ts";
import { withSyncLock } from "./sync-lock.ts";

/**
 * Puts a group away that this person is not in any more, or that is closed: this device forgets its log, its key and its
 * invitations. In one write with what becomes of its entries here. The lists of secrets to be replaced stay.
 *
 * @param entries "keep": they are this person's own from then on; "delete": they are gone from this device
 */
export function forgetGroup(g: string, entries: "keep" | "delete"): Promise<void> {
  return withSyncLock(() => commit((view) => planForgetting(view, g, () => entries === "keep")));
}

/**
 * Puts a group away that was begun here and that its server knows nothing of; what was put into it meanwhile is this person's
 * own. To be called with the sync lock held.
 */
export function forgetBegun(g: string): Promise<void> {
  return commit((view) => planForgetting(view, g, () => true));
}

/**
 * Puts away all groups of a server that this device is about to be disconnected from. Their accounts go, and are with the
 * groups still; what was changed here and not sent yet stays, as this person's own.
 */
export function forgetGroupsOf(serverId: string): Promise<void> {
  return withSyncLock(async () => {
    const key = await requireVaultKey();
    for (const row of await db.groups.where("serverId").equals(serverId).toArray()) {
      const secrets = await openGroupSecrets(key, row);
      let outgoing = await readOutgoing({ ...row, sentRev: -1 }, secrets);
      // What had to be put right first is looked at again.
      while (outgoing?.rev === -1) outgoing = await readOutgoing({ ...row, sentRev: -1 }, secrets);
      // Of what the server withholds, nobody else may have anything.
      const withheld = new Set(row.missing);
      const unsent = new Set(outgoing?.changes.map(({ id }) => id));
      const isSent = row.core !== null && outgoing !== null;
      await commit((view) =>
        planForgetting(view, row.g, (id) => !isSent || unsent.has(id) || withheld.has(id)),
      );
    }
  });
}

async function planForgetting(
  view: VaultView,
  g: string,
  isKept: (id: string) => boolean,
): Promise<Change<void>> {
  const ofGroup = view.index.filter(({ group }) => group === g);
  const opened = await view.open(ofGroup.map(({ id }) => id));
  const rows = new Map<string, StoredRow | null>();
  const uses = new Map<string, Uses>();
  for (const row of ofGroup) {
    const stored = opened.get(row.id);
    if (isKept(row.id)) {
      // What can't be read stays as it is, and says so.
      if (!stored?.ok) continue;
      const { group: _, ...own } = stored.value;
      // By an id of its own: whoever comes back into the group gets its entries beside what they kept.
      const copy = crypto.randomUUID();
      rows.set(copy, own);
      uses.set(copy, usesOf(row));
    }
    rows.set(row.id, null);
  }
  const tables = [db.groupLinks, db.groupMembers, db.recordHeads, db.sharedRecords, db.invitations];
  const write = async () => {
    for (const table of tables) await table.where("g").equals(g).delete();
    await db.groups.delete(g);
  };
  return { result: undefined, rows, uses, along: { tables: [...tables, db.groups], write } };
}
