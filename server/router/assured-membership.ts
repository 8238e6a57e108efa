import { MEMBERSHIP_ACTIONS } from "../../shared/group/assurance.ts";
import { type Link, readLink } from "../../shared/group/link.ts";
import type { Context } from "../context.ts";
import { lackOf } from "../mfa/standing/standing.ts";
import type { Session } from "../sessions/session.ts";
import { refused } from "../trpc.ts";

/**
 * Refuses links by which somebody themselves changes who is in a group, from a session of theirs that has not shown what
 * that wants. What others have signed anybody may bring again: whoever brings it decides nothing.
 */
export async function wantAssuredForMembership(
  { db, mfa, session, now }: Context & { readonly session: Session },
  links: readonly Link[],
): Promise<void> {
  // First, because for most there is nothing to look up; the links are read again where they are taken.
  const lack = await lackOf(db, mfa, session, "change-membership", now);
  if (lack === null) return;
  for (const link of links) {
    const read = await readLink(link);
    if (!read.ok) continue;
    const { t, by } = read.value.action;
    if (by === session.userId && MEMBERSHIP_ACTIONS.includes(t)) throw refused("FORBIDDEN", lack);
  }
}
