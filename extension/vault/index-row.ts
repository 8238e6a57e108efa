import type { Entry, EntryType } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { entryOf, type RowProblem, type StoredRow } from "./stored-row.ts";
import type { VaultKey } from "./vault-key.ts";

/** When an entry was last used on a host. */
export type UsedOn = { readonly host: string; readonly at: number };

/** So many hosts are remembered for an entry. */
const MOST_HOSTS = 8;

/** Each host once, with its latest use, the latest first; those used long ago are forgotten. */
export function latestHosts(usedOn: readonly UsedOn[]): UsedOn[] {
  const byHost = new Map<string, UsedOn>();
  for (const used of [...usedOn].sort((a, b) => b.at - a.at)) {
    if (!byHost.has(used.host)) byHost.set(used.host, used);
  }
  return [...byHost.values()].slice(0, MOST_HOSTS);
}

/** What the list needs to know of one entry. Stored encrypted, many together: see index-parts.ts. */
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
  /** How often a code of this entry was used. Starts again at 0 when the index had to be rebuilt without the old one. */
  readonly uses: number;
  /** Milliseconds since 1970 UTC, as are the two below. */
  readonly lastUsedAt: number | null;
  /** Hosts, as in URL.host, where it was used last, the latest first; absent before the first. Lost as uses are. */
  readonly usedOn?: readonly UsedOn[];
  readonly deletedAt: number | null;
  readonly secretSetAt: number;
  /** The group that shares it; absent where it is only this person's. */
  readonly group?: string;
  /**
   * Why the entry can't be shown: "damaged" (its bytes can't be opened) or "newer-version" (a later version of the
   * extension wrote it; it is kept untouched). What stands above is then only what could still be known of it.
   */
  readonly problem: RowProblem | null;
  /** See fingerprint.ts; null also where there is a problem. */
  readonly fingerprint: string | null;
};

/** What an entry is called, for whoever is told of it. */
export type NamedEntry = Pick<IndexRow, "id" | "issuer" | "account">;

/** What only the index knows of an entry: how it was used. */
export type Uses = Pick<IndexRow, "uses" | "lastUsedAt" | "usedOn">;

/** That part of a row. */
export function usesOf({ uses, lastUsedAt, usedOn }: Uses): Uses {
  return { uses, lastUsedAt, ...(usedOn && { usedOn }) };
}

/** Derives the index row of an entry. Uses are taken over from the row before, the only place that has them. */
export async function toIndexRow(
  key: VaultKey,
  id: string,
  row: Result<StoredRow, RowProblem>,
  before: IndexRow | undefined,
): Promise<IndexRow> {
  const used = before ? usesOf(before) : { uses: 0, lastUsedAt: null };
  if (!row.ok) return { ...(before ?? unknownRow(id)), problem: row.error, fingerprint: null };
  const { pinned, order } = row.value;
  const group = row.value.group === undefined ? {} : { group: row.value.group };
  const entry = entryOf(row.value);
  if (!entry.ok) {
    const known = { ...unknownRow(id), ...textsOf(row.value.entry) };
    return { ...known, ...used, pinned, order, ...group, problem: entry.error };
  }
  const fingerprint = await fingerprintOf(key.fingerprints, entry.value);
  return { id, ...shownOf(entry.value), pinned, order, ...used, ...group, problem: null, fingerprint };
}

function shownOf({ type, issuer, account, sites, tags, digits, period, deletedAt, secretSetAt }: Entry) {
  return { type, issuer, account, sites, tags, digits, period, deletedAt, secretSetAt };
}

/** The texts of an entry whose other fields can't be read, so that it can be told which one it is. */
function textsOf(entry: unknown): { issuer: string; account: string } {
  const fields = new Map(Object.entries(typeof entry === "object" && entry !== null ? entry : {}));
  const text = (name: string) => {
    const value: unknown = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  return { issuer: text("issuer"), account: text("account") };
}

function unknownRow(id: string): IndexRow {
  return {
    id,
    type: "totp",
    issuer: "",
    account: "",
    sites: [],
    tags: [],
    digits: 6,
    period: 30,
    pinned: false,
    order: 0,
    uses: 0,
    lastUsedAt: null,
    deletedAt: null,
    secretSetAt: 0,
    problem: null,
    fingerprint: null,
  };
}
