import type { EntryType } from "../../shared/otp/entry.ts";

/** What the list needs to know of one entry. All rows together are one encrypted row in the database. */
export type IndexRow = {
  readonly id: string;
  readonly type: EntryType;
  readonly issuer: string;
  readonly account: string;
  readonly sites: readonly string[];
  readonly tags: readonly string[];
  readonly digits: number;
  /** Seconds; null for hotp. */
  readonly period: number | null;
  readonly pinned: boolean;
  /** Smaller comes first. Any finite number; only the sequence means something. */
  readonly order: number;
  /** How often a code of this entry was used. Lost (0) when the index had to be rebuilt. */
  readonly uses: number;
  /** Milliseconds since 1970 UTC. */
  readonly lastUsedAt: number | null;
  readonly deletedAt: number | null;
  readonly secretSetAt: number;
  /**
   * Why the entry can't be shown: "damaged" (its bytes can't be opened) or "newer-version" (a later version of the
   * extension wrote it; it is kept untouched). The texts above are then empty unless an index still knew them.
   */
  readonly problem: "damaged" | "newer-version" | null;
  /** Keyed fingerprint of what makes two secrets the same; null where there is a problem. Means nothing outside the vault. */
  readonly fingerprint: string | null;
};
