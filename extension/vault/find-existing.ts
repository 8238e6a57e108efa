import type { EntryDraft } from "../../shared/otp/entry.ts";
import { type IndexRow, readIndex } from "./entries.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { requireVaultKey } from "./vault-key.ts";

/** What is here already of a draft: the very same secret, or other codes under the same names. */
export type Existing = { readonly kind: "same" | "other-key"; readonly row: IndexRow };

/**
 * Looks for what is here already, in one reading of the index however many are asked for. "same" has the same secret
 * bytes, type, digits, period and algorithm, and is in the trash only if no other is; "other-key" says the same names,
 * compared without case and width, as when a site has given out a new key. Where several have these names none is meant
 * more than another, and it is nobody. Throws VaultLockedError.
 *
 * @returns for each draft, in their order; null where nothing is here
 */
export async function findExisting(drafts: readonly EntryDraft[]): Promise<(Existing | null)[]> {
  const { fingerprints } = await requireVaultKey();
  const index = await readIndex();
  const byFingerprint = new Map<string, IndexRow>();
  const byNames = new Map<string, IndexRow | "several">();
  for (const row of index) {
    const same = row.fingerprint === null ? undefined : byFingerprint.get(row.fingerprint);
    const isBetter = same === undefined || (same.deletedAt !== null && row.deletedAt === null);
    if (row.fingerprint !== null && isBetter) byFingerprint.set(row.fingerprint, row);
    if (row.deletedAt !== null || row.problem !== null) continue;
    const names = foldedNames(row);
    byNames.set(names, byNames.has(names) ? "several" : row);
  }
  return Promise.all(
    drafts.map(async (draft) => {
      const fingerprint = await fingerprintOf(fingerprints, draft);
      const same = fingerprint === null ? undefined : byFingerprint.get(fingerprint);
      if (same) return { kind: "same", row: same } as const;
      const names = foldedNames(draft);
      const namesake = names === NO_NAMES ? undefined : byNames.get(names);
      return namesake === undefined || namesake === "several"
        ? null
        : ({ kind: "other-key", row: namesake } as const);
    }),
  );
}

/** Two names that are written alike, whatever their case and width. */
export function foldedNames({ issuer, account }: { issuer: string; account: string }): string {
  return JSON.stringify([issuer, account].map((name) => name.normalize("NFKC").trim().toLowerCase()));
}

const NO_NAMES = foldedNames({ issuer: "", account: "" });
