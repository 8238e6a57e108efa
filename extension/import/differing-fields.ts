import type { Entry, EntryDraft } from "../../shared/otp/entry.ts";
import { compareEntries, isSameSecret } from "../../shared/otp/same-entry.ts";

/** What an account of a file may say otherwise than the entry here. */
export type DraftField = keyof EntryDraft | "deletedAt";

/**
 * What taking the file's version would make of the entry here. What the file does not say stays, since most formats can't
 * say everything; tags and sites come to those that are there; a hotp counter never goes back, for its codes would
 * repeat; and an entry in the trash comes out of it.
 */
export function withDraftTaken(local: Entry, draft: EntryDraft): Entry {
  const isSame = isSameSecret(local, draft);
  return {
    ...local,
    type: draft.type,
    algorithm: draft.algorithm,
    digits: draft.digits,
    period: draft.period,
    secret:
      compareEntries(local, { ...local, secret: draft.secret }).length === 0 ? local.secret : draft.secret,
    issuer: draft.issuer || local.issuer,
    account: draft.account || local.account,
    counter:
      isSame && local.counter !== null && draft.counter !== null
        ? Math.max(local.counter, draft.counter)
        : draft.counter,
    pin: draft.pin ?? (draft.type === local.type ? local.pin : null),
    note: draft.note || local.note,
    icon: local.icon ?? draft.icon ?? null,
    tags: union(local.tags, draft.tags),
    sites: union(local.sites, draft.sites),
    deletedAt: null,
  };
}

/** In what that would differ from the entry here; nothing where both say the same. */
export function differingFields(local: Entry, draft: EntryDraft): DraftField[] {
  // What is compared are fields that withDraftTaken sets, all of which a draft has, or the trash.
  return compareEntries(local, withDraftTaken(local, draft)).map((field) => field as DraftField);
}

function union(here: readonly string[], there: readonly string[] = []): string[] {
  return [...new Set([...here, ...there])];
}
