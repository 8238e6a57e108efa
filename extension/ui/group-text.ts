import type { AcceptanceRefusal } from "../../shared/group/invitation.ts";
import type { Role } from "../../shared/group/permissions.ts";
import type { OfferRefusal } from "../groups/accept-invitation.ts";
import type { ActRefusal } from "../groups/act.ts";
import type { GroupView, RestoredView } from "../groups/group-view.ts";
import type { SendAgainRefusal } from "../groups/send-again.ts";
import type { SyncProgress } from "../groups/sync-progress.ts";
import type { GroupTrouble } from "../groups/trouble.ts";
import { formatDateTime, t, tn } from "./i18n.ts";
import { serverRefusalText } from "./server-text.ts";

/** Reasons to sentences, as in error-text.ts, for everything about groups. */

/** What somebody may do, in a few words. */
export function roleText(role: Role): string {
  return t(`groups.role.${role}`);
}

/** The same in a sentence, with what it does not keep them from. */
export function roleHintText(role: Role): string {
  return t(`groups.role-says.${role}`);
}

/**
 * Why a group is not in step with its server, and what to do next.
 *
 * @param host of the server
 */
export function groupTroubleText(trouble: GroupTrouble, host: string): string {
  switch (trouble) {
    case "rollback":
    case "fork":
    case "log":
    case "promise":
    case "group-key":
    case "record":
    case "withheld":
    case "stopped":
    case "key-stopped":
    case "restored":
    case "newer-version":
    case "no-access":
    case "no-key":
    case "busy":
    case "too-many":
    case "group-full":
    case "log-full":
    case "staged-too-much":
    case "too-many-groups":
    case "refused":
    case "keys-taken":
    case "factor-needed":
    case "factor-missing":
      return t(`groups.trouble.${trouble}`, { host });
    default:
      return serverRefusalText(trouble, host);
  }
}

/**
 * How a group stands, in words, with what waits here to be sent.
 *
 * @param waiting how many entries say something here that the server has not been told
 */
export function groupStateText(view: GroupView, waiting: number, host: string): string {
  const { state, trouble, syncedAt, inviter } = view;
  const changes = waiting > 0 ? tn("groups.state.changes", waiting) : null;
  if (view.restored !== null && (trouble === "restored" || view.restored.isSent))
    return restoredText(view.restored, host);
  // Out of it by the log or by the server's word: both are said as what they mean here.
  if (state === "out") return t("groups.state.out");
  if (trouble !== null) {
    const why = groupTroubleText(trouble, host);
    return changes === null ? why : `${changes} ${why}`;
  }
  if (state === "waiting")
    return inviter === ""
      ? t("groups.state.waiting-for-somebody")
      : t("groups.state.waiting", { name: inviter });
  if (state === "closed") return t("groups.state.closed");
  if (changes !== null) return changes;
  return syncedAt === null
    ? t("groups.state.not-yet")
    : t("groups.state.in-step", { time: formatDateTime(syncedAt) });
}

/** How far a group is on its way here, or its new key. */
export function syncProgressText({ what, done, total }: SyncProgress): string {
  return t(`groups.progress.${what}`, { done, total });
}

/** What a server that was put back to a backup has lost of a group, and whether it was sent again from here. */
export function restoredText({ lost, lastAt, isSent }: RestoredView, host: string): string {
  const said = isSent ? "sent" : "lost";
  if (lastAt === null) return tn(`groups.restored.all-${said}`, lost, { host });
  return tn(`groups.restored.${said}`, lost, { host, time: formatDateTime(lastAt) });
}

/** Why what a server has lost was not sent again, and what to do next. */
export function sendAgainRefusalText(refusal: SendAgainRefusal | "failed", host: string): string {
  switch (refusal) {
    case "not-here":
    case "fork":
    case "no-access":
    case "refused":
      return t(`groups.restored.not-sent.${refusal}`, { host });
    default:
      return actRefusalText(refusal, host);
  }
}

/** Why an act in a group did not happen, and what to do next. */
export function actRefusalText(
  refusal: ActRefusal | "conflict" | "not-accepted" | "changed",
  host: string,
): string {
  switch (refusal) {
    case "sequence":
    case "previous":
    case "group-id":
    case "signature":
    case "bad-key":
    case "proof":
    case "epoch":
    case "record-version":
    case "rotation-incomplete":
      return t("groups.refused.stands-otherwise");
    case "conflict":
      return groupTroubleText("busy", host);
    case "closed":
    case "not-member":
    case "rank":
    case "already-member":
    case "no-such-member":
    case "no-owner":
    case "no-such-group":
    case "changed":
    case "not-accepted":
      return t(`groups.refused.${refusal}`);
    case "not-connected":
    case "locked":
    // What a group lacks to be in step is shown elsewhere; for an act it is asked for right here.
    case "factor-needed":
    case "factor-missing":
      return serverRefusalText(refusal, host);
    default:
      return groupTroubleText(refusal, host);
  }
}

/** Why an invitation can't be accepted, and what to do next. */
export function offerRefusalText(refusal: OfferRefusal, host: string): string {
  switch (refusal) {
    case "no-invitation":
    case "not-for-you":
    case "too-late":
    case "member":
      return t(`groups.offer.${refusal}`);
    case "another-server":
      return t("groups.offer.another-server", { host });
    default:
      return actRefusalText(refusal, host);
  }
}

/** Why somebody who has accepted must not be let in. */
export function acceptanceRefusalText(refusal: AcceptanceRefusal): string {
  switch (refusal) {
    case "malformed":
    case "mac":
    case "proof":
    case "another-group":
      return t("groups.accepted.not-theirs");
    case "another-address":
    case "too-late":
      return t(`groups.accepted.${refusal}`);
  }
}

/** What a group is called; what somebody keeps for themselves alone is called so in their language. */
export function groupNameText({ name, isPersonal }: Pick<GroupView, "name" | "isPersonal">): string {
  return isPersonal ? t("place.all-mine") : name;
}

/** How many accounts and people a group has. */
export function groupSizeText({ entries, people, isPersonal }: GroupView): string {
  if (isPersonal) return tn("groups.accounts", entries);
  return t("groups.size", {
    accounts: tn("groups.accounts", entries),
    people: tn("groups.people", people.length),
  });
}
