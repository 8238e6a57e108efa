import type { Reenrolment } from "../../../groups/reenrolments.ts";
import { t } from "../../../ui/i18n.ts";

type ListedEntry = Reenrolment["entries"][number];

/** Whom a list is about: somebody who was removed, or a device of one's own. */
export function goneName({ member, device }: Pick<Reenrolment, "member" | "device">): string {
  if (device !== undefined) return device.label || t("reenrol.lost-device");
  return member.email || t("groups.unknown-person");
}

/** From when on somebody may have known a secret: since they came, or since it was there if that was later. */
export function knownSince({ joinedAt }: Pick<Reenrolment, "joinedAt">, entry: ListedEntry): number {
  return Math.max(joinedAt, entry.secretSetAt);
}

/** What is still to be done comes first, and of that what has been known the longest: there was most time to use it. */
export function byRisk(list: Pick<Reenrolment, "joinedAt">): (a: ListedEntry, b: ListedEntry) => number {
  return (a, b) => Number(a.isDone) - Number(b.isDone) || knownSince(list, a) - knownSince(list, b);
}
