import type { Reenrolment } from "../../../groups/reenrolments.ts";

type ListedEntry = Reenrolment["entries"][number];

/** From when on somebody may have known a secret: since they came, or since it was there if that was later. */
export function knownSince({ joinedAt }: Pick<Reenrolment, "joinedAt">, entry: ListedEntry): number {
  return Math.max(joinedAt, entry.secretSetAt);
}

/** What is still to be done comes first, and of that what has been known the longest: there was most time to use it. */
export function byRisk(list: Pick<Reenrolment, "joinedAt">): (a: ListedEntry, b: ListedEntry) => number {
  return (a, b) => Number(a.isDone) - Number(b.isDone) || knownSince(list, a) - knownSince(list, b);
}
