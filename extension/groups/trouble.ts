import type { AskFailure } from "../servers/api-failure.ts";

/**
 * Why a group is not in step with its server, by whose doing.
 *
 * What a server must not be believed, found out by this device. "rollback": it shows an older state than was seen before;
 * "fork": another one in its place; "log": a link that nobody in the group could have written; "promise": not the group
 * that the invitation spoke of; "group-key": another key than the log promises; "record": other bytes than it promises.
 */
const CHEATS = ["rollback", "fork", "log", "promise", "group-key", "record"] as const;

/** What a server keeps no more of. */
const QUOTAS = ["group-full", "log-full", "staged-too-much", "too-many-groups"] as const;

/**
 * What is so. "withheld": something that the log promises did not come; "stopped": the person has stopped it, and the rest
 * is still to come; "key-stopped": the person has stopped a new key before it was there for anybody; "restored": the server says
 * that it was put back to a backup, and has only the beginning of what this device has seen; "newer-version": a later version of the extension
 * wrote in the log; "no-access": the server says that this person is not in the group any more; "no-key": nobody has
 * sealed the group's key to them; "busy": others were quicker each time; "too-many": the group is full; "group-full",
 * "log-full", "staged-too-much" and "too-many-groups": the server keeps so much of this group, of its log, of what this
 * person has sent and nothing names, or so many groups of theirs, and no more; "refused": the server, or the group's own rules, said no; "keys-taken": somebody who has keys of
 * this person has put others in their place.
 */
const STATES = [
  "withheld",
  "stopped",
  "key-stopped",
  "restored",
  "newer-version",
  "no-access",
  "no-key",
  "busy",
  "too-many",
  ...QUOTAS,
  "refused",
  "keys-taken",
] as const;

/** What went wrong on the way there. */
const FAILURES = [
  "offline",
  "unreachable",
  "timeout",
  "too-large",
  "not-a-server",
  "another-server",
  "server-too-old",
  "server-too-new",
  "signed-out",
  "sign-in-again",
  "factor-needed",
  "factor-again",
  "factor-missing",
  "too-often",
  "failed",
] as const;

const UNANSWERED = ["offline", "unreachable", "timeout", "too-large", "not-a-server", "failed"] as const;

const TROUBLES = [...CHEATS, ...STATES, ...FAILURES] as const;

export type Cheat = (typeof CHEATS)[number];
export type GroupTrouble = (typeof TROUBLES)[number];

/** Whether it is a server that lies, or was put back to an older state. */
export function isCheat(trouble: GroupTrouble): trouble is Cheat {
  return CHEATS.some((cheat) => cheat === trouble);
}

/** Whether nobody can say if a call that failed has been done at the server. */
export function isUnanswered(trouble: string): boolean {
  return UNANSWERED.some((failure) => failure === trouble);
}

/** What a failed call says of the group. */
export function troubleOf(failure: AskFailure): GroupTrouble {
  if (typeof failure === "string") return failure;
  const quota = QUOTAS.find((name) => name === failure.refused);
  if (quota !== undefined) return quota;
  // An admin who came too late each time with a new key has the turn now.
  if (failure.refused === "held") return "busy";
  return failure.refused === "not-found" || failure.refused === "rank" ? "no-access" : "refused";
}

/** The trouble of a name that was stored, or of a refusal by the group's own rules. */
export function asTrouble(name: string): GroupTrouble {
  return TROUBLES.find((trouble) => trouble === name) ?? "refused";
}
