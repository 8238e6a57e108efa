import { MEMBERSHIP_ACTIONS } from "../../shared/group/assurance.ts";
import { type Link, readLink } from "../../shared/group/link.ts";
import type { Context } from "../context.ts";
import { lackOf } from "../mfa/standing.ts";
import type { Session } from "../sessions/session.ts";
import { refused } from "../trpc.ts";

/** Refuses a link that changes who is in a group, from a session that has not shown what that wants. */
export async function wantAssuredForMembership(
  { db, mfa, session, now }: Context & { readonly session: Session },
  link: Link,
): Promise<void> {
  // First, because for most there is nothing to look up; the link is read again where it is taken.
  const lack = await lackOf(db, mfa, session, "change-membership", now);
  if (lack === null) return;
  const read = await readLink(link);
  if (read.ok && MEMBERSHIP_ACTIONS.includes(read.value.action.t)) throw refused("FORBIDDEN", lack);
}
