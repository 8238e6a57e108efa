import type { BackupItem } from "../../shared/formats/backup.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { compareEntries, isSameSecret } from "../../shared/otp/same-entry.ts";

/** Fields that are no difference to a person: which version wrote an entry, and when its secret came here. */
const NOT_SHOWN: ReadonlySet<string> = new Set(["version", "secretSetAt"]);

/** What the vault knows that an entry could be the same as. */
export type LocalIds = {
  readonly ids: ReadonlySet<string>;
  readonly idsByFingerprint: ReadonlyMap<string, string>;
};

/** The entry here that a backup's item belongs to: the same id, or else the same secret. */
export function findLocal(item: BackupItem, fingerprint: string | null, local: LocalIds): string | null {
  if (local.ids.has(item.id)) return item.id;
  return (fingerprint === null ? null : local.idsByFingerprint.get(fingerprint)) ?? null;
}

/**
 * What restoring would make of the entry here: the backup's word on everything, but a hotp counter never goes back (its
 * codes would repeat), and the time at which the same secret came here stays.
 */
export function mergeRestored(local: Entry, restored: Entry): Entry {
  if (!isSameSecret(local, restored)) return restored;
  const counter =
    local.counter === null || restored.counter === null
      ? restored.counter
      : Math.max(local.counter, restored.counter);
  return { ...restored, counter, secretSetAt: local.secretSetAt };
}

/**
 * Its days in the trash begin again: what the person has just brought back must not be due for emptying the next moment.
 *
 * @param now milliseconds since 1970 UTC
 */
export function withFreshTrash(restored: Entry, now: number): Entry {
  return restored.deletedAt === null ? restored : { ...restored, deletedAt: now };
}

/** In what restoring would change the entry here. */
export function restoredFields(local: Entry, restored: Entry): string[] {
  const bothInTrash = local.deletedAt !== null && restored.deletedAt !== null;
  return compareEntries(local, mergeRestored(local, restored))
    .map(String)
    .filter((field) => !NOT_SHOWN.has(field) && !(field === "deletedAt" && bothInTrash));
}
