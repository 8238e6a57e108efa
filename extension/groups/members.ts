import type { Role } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { rememberCompared } from "../servers/bundle.ts";
import { db } from "../vault/db.ts";
import { type ActRefusal, actInGroup } from "./act.ts";
import { nextLink } from "./append-own.ts";
import { presentMember, startUnstored } from "./known.ts";
import { addReenrolment } from "./reenrolments.ts";
import { actUnderNewKey, underNewKey } from "./rotate.ts";
import { withSyncLock } from "./sync-lock.ts";

/**
 * Gives somebody another role. Who may not use codes any more keeps the key that they have: a new one is due from then on,
 * and is made at once by whoever may (rotateIfDue).
 */
export function changeRole(g: string, id: string, role: Role): Promise<Result<void, ActRefusal>> {
  return actInGroup(g, async ({ connection, core, members }) => {
    const target = members.get(id);
    if (target === undefined) return err("no-such-member");
    if (Object.is(target.role, role)) return ok(null);
    const action = { t: "role", ...nextLink(core, connection.userId, Date.now()), target: id, role } as const;
    return ok({ action });
  });
}

/**
 * Takes somebody out of the group, with a new key for those who stay, and notes which secrets they could read: those have
 * to be replaced at their services, which is the only thing that ends what they can do with them. The note is written
 * right before the one link for all of it is sent: a list too many can be closed, one too few is a door left open. Whoever stops
 * it before leaves them in the group, with no list.
 */
export function removeMember(g: string, id: string): Promise<Result<void, ActRefusal>> {
  return actUnderNewKey(g, async (standing) => {
    const target = standing.members.get(id);
    // Somebody else has taken them out meanwhile, and has the list.
    if (target === undefined) return err("no-such-member");
    const own = await underNewKey(standing, target);
    return own.ok ? ok({ ...own.value, noteFirst: () => addReenrolment(standing, target) }) : own;
  });
}

/** This person has compared the six words of somebody who has new keys. Their other devices hear of it (takeInCompared). */
export function markCompared(g: string, id: string, now: number = Date.now()): Promise<void> {
  return withSyncLock(async () => {
    const row = await db.groups.get(g);
    if (!row) return;
    await db.groups.update(g, { newKeys: (row.newKeys ?? []).filter((each) => each !== id) });
    const member = await presentMember(await startUnstored(g), id);
    if (member === null) return;
    const { sig, enc } = member;
    await rememberCompared(row.serverId, id, { sig, enc, comparedAt: now });
  });
}

/** Leaves the group. The accounts that came from it go with it, from this device. */
export function leaveGroup(g: string): Promise<Result<void, ActRefusal>> {
  return actInGroup(g, async ({ connection, core }) =>
    ok({ action: { t: "leave", ...nextLink(core, connection.userId, Date.now()) } as const }),
  );
}

/** Closes the group for good: nothing follows in its log. */
export function closeGroup(g: string): Promise<Result<void, ActRefusal>> {
  return actInGroup(g, async ({ connection, core }) =>
    ok({ action: { t: "close", ...nextLink(core, connection.userId, Date.now()) } as const }),
  );
}
