import fc from "fast-check";
import { draftToEntry, type Entry } from "../../../shared/otp/entry.ts";

/** Few values per field, so that two sides often change the same one, and now and then to the same value. */

export const SECRETS = ["JBSWY3DPEHPK3PXPAA", "GEZDGNBVGY3TQOJQ", "KRSXG5CTMVRXEZLU"] as const;
/** The bytes of the first one, with other bits left over behind them. */
export const SPELLING = "JBSWY3DPEHPK3PXPAB";

const draft = {
  type: "hotp",
  issuer: "GitHub",
  account: "alice",
  secret: SECRETS[0],
  algorithm: "SHA1",
  digits: 6,
  period: null,
  counter: 5,
  pin: null,
} as const;

export function entryWith(patch: Partial<Entry>): Entry {
  return { ...draftToEntry(draft, 1_000), ...patch };
}

const texts = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 4 });

/** A value per field that was touched; undefined takes a field of a newer version out. */
export const edits = fc.record(
  {
    version: fc.constantFrom(1, 2, 3),
    type: fc.constantFrom("hotp" as const, "motp" as const),
    issuer: fc.constantFrom("GitHub", "GitLab", ""),
    account: fc.constantFrom("alice", "bob", "eve@example.com"),
    secret: fc.constantFrom<string>(...SECRETS, SPELLING),
    algorithm: fc.constantFrom("SHA1" as const, "SHA256" as const),
    digits: fc.constantFrom(6, 8),
    period: fc.constantFrom(null, 30),
    counter: fc.constantFrom(null, 5, 6, 7),
    pin: fc.constantFrom(null, "1234"),
    sites: texts,
    tags: texts,
    note: fc.constantFrom("", "spare phone", "in the safe"),
    icon: fc.constantFrom(null, "data:image/png;base64,AA=="),
    secretSetAt: fc.constantFrom(1_000, 2_000, 3_000),
    deletedAt: fc.constantFrom(null, 5_000, 6_000),
    folder: fc.constantFrom<unknown>(undefined, null, { name: "x", path: [1] }, { path: [1], name: "x" }, []),
    constructor: fc.constantFrom<unknown>(undefined, "newer"),
  },
  { requiredKeys: [] },
);

export function edited(entry: Entry, patch: object): Entry {
  const kept = Object.entries({ ...entry, ...patch }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Entry;
}

/** An entry in any state. */
export const entries = edits.map((patch) => edited(entryWith({}), patch));

/** A base, or none, and what two devices made of it; without a base, any two entries. */
export const histories = fc.oneof(
  fc.tuple(entries, edits, edits).map(([base, toMine, toTheirs]) => ({
    base,
    mine: edited(base, toMine),
    theirs: edited(base, toTheirs),
  })),
  fc.tuple(entries, entries).map(([mine, theirs]) => ({ base: null, mine, theirs })),
);
