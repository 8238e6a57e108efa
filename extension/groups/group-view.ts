import { fingerprintWords, safetyWords } from "../../shared/group/fingerprint.ts";
import type { Role } from "../../shared/group/permissions.ts";
import { db, type GroupRow, type ServerRow } from "../vault/db.ts";
import { readIndex } from "../vault/entries.ts";
import { openVaultKey, type VaultKey } from "../vault/vault-key.ts";
import { watchRows } from "../vault/watch-rows.ts";
import { presentMembers, startUnstored } from "./known.ts";
import { isOnlyMine } from "./personal-group.ts";
import { linkAt } from "./restored.ts";
import { openGroupSecrets } from "./secrets.ts";
import { asTrouble, type GroupTrouble } from "./trouble.ts";

/** Somebody in a group, as a screen shows them. */
export type PersonView = {
  readonly id: string;
  /** As whoever invited them wrote it; "" where nobody has. */
  readonly email: string;
  readonly role: Role;
  readonly isMe: boolean;
  /** Six words to compare with theirs. */
  readonly words: readonly string[];
  /** They have taken new keys since this person last compared words with them. */
  readonly hasNewKeys: boolean;
};

/** A group, as a screen shows it. Everything in it was verified here. */
export type GroupView = {
  readonly g: string;
  readonly serverId: string;
  /** As it calls itself; what is shown for one that is personal is said in words. */
  readonly name: string;
  /** This person's own, on all their devices: nobody else is in it (isOnlyMine). */
  readonly isPersonal: boolean;
  /** "waiting": accepted, and to be confirmed by whoever invited; "in"; "out": not a member any more; "closed". */
  readonly state: "waiting" | "in" | "out" | "closed";
  /** While it is waiting: the address of whoever invited; "" where that is not known. */
  readonly inviter: string;
  /** This person's own; null where they are not in it. */
  readonly role: Role | null;
  readonly people: readonly PersonView[];
  /** Accounts outside the trash. */
  readonly entries: number;
  readonly rotationDue: boolean;
  /** Six words that everybody who sees the same group sees; empty before the first link. */
  readonly safety: readonly string[];
  /** Milliseconds since 1970 UTC; null before the first time. */
  readonly syncedAt: number | null;
  readonly trouble: GroupTrouble | null;
  /** What its server lost by being put back to a backup, and whether it was sent again from here. */
  readonly restored: RestoredView | null;
};

export type RestoredView = {
  readonly lost: number;
  /** Of the last change that the server still has, by whoever made it; null where it knows nothing of the group. */
  readonly lastAt: number | null;
  readonly isSent: boolean;
};

/** All groups of this device, by name. Nothing while the vault is locked. */
export async function readGroups(): Promise<readonly GroupView[]> {
  const [stored, servers] = await Promise.all([db.groups.toArray(), db.servers.toArray()]);
  // Begun, and its first link not known to have been taken: the next sync says whether there is such a group.
  const rows = stored.filter(({ core, promised }) => core !== null || promised !== null);
  if (rows.length === 0) return [];
  const [key, index] = await Promise.all([openVaultKey(), readIndex()]);
  if (!key.ok) return [];
  const counts = new Map<string, number>();
  for (const { group, deletedAt } of index)
    if (group !== undefined && deletedAt === null) counts.set(group, (counts.get(group) ?? 0) + 1);
  const views = await Promise.all(rows.map((row) => viewOf(key.value, row, servers, counts.get(row.g) ?? 0)));
  const shown = views.filter((view) => !isSpare(view, views));
  return shown.sort((a, b) => a.name.localeCompare(b.name) || (a.g < b.g ? -1 : 1));
}

/** A personal group beside the one that is used, with nothing in it any more. */
function isSpare(view: GroupView, views: readonly GroupView[]): boolean {
  if (!view.isPersonal || view.entries > 0) return false;
  return views.some(({ isPersonal, serverId, g }) => isPersonal && serverId === view.serverId && g < view.g);
}

async function viewOf(
  key: VaultKey,
  row: GroupRow,
  servers: readonly ServerRow[],
  entries: number,
): Promise<GroupView> {
  const { g, serverId, core, syncedAt } = row;
  const [secrets, members] = await Promise.all([
    openGroupSecrets(key, row),
    presentMembers(await startUnstored(g)),
  ]);
  const mine = servers.find(({ id }) => id === serverId)?.userId ?? "";
  const me = members.get(mine);
  const people = await Promise.all(
    [...members.values()].map(async (member): Promise<PersonView> => {
      const words = await fingerprintWords(member);
      const email = secrets.people[member.id] ?? "";
      const { id, role } = member;
      const hasNewKeys = row.newKeys?.includes(id) ?? false;
      return { id, email, role, isMe: id === mine, words, hasNewKeys };
    }),
  );
  const trouble = row.trouble === null ? null : asTrouble(row.trouble);
  return {
    g,
    serverId,
    name: secrets.name,
    isPersonal: await isOnlyMine(g, secrets, mine),
    state: stateOf(row, me !== undefined, trouble),
    inviter: secrets.people[row.promised?.by?.id ?? ""] ?? "",
    role: me?.role ?? null,
    people,
    entries,
    rotationDue: core?.rotationDue ?? false,
    safety: core ? await safetyWords(g, core) : [],
    syncedAt,
    trouble,
    restored: await restoredOf(row),
  };
}

async function restoredOf({ g, restored }: GroupRow): Promise<RestoredView | null> {
  if (restored == null) return null;
  const { n, lost, isSent } = restored;
  return { lost, lastAt: n < 0 ? null : ((await linkAt(g, n))?.action.at ?? null), isSent };
}

function stateOf(
  { core, promised }: GroupRow,
  isMember: boolean,
  trouble: GroupTrouble | null,
): GroupView["state"] {
  if (promised !== null && promised.by !== null) return "waiting";
  if (trouble === "no-access" || (core !== null && !isMember)) return "out";
  return core?.closed ? "closed" : core === null ? "waiting" : "in";
}

/**
 * Calls back with the groups at once, and whenever they change, from whichever page.
 *
 * @returns stops watching
 */
export function watchGroups(onGroups: (groups: readonly GroupView[]) => void): () => void {
  const rows = () => Promise.all([db.groups.toArray(), db.groupMembers.toArray(), db.vault.get("vault")]);
  return watchRows(rows, readGroups, onGroups);
}
