import type { Entry } from "../otp/entry.ts";
import { compareEntries } from "../otp/same-entry.ts";
import { changeTexts } from "../text-list.ts";

export interface SyncedEntry {
  /** What the entry is from now on, on every device. */
  readonly merged: Entry;
  /** `mine` as it was, to be kept as an entry of its own: in it is what has no place in `merged`. Null where all has. */
  readonly conflict: Entry | null;
}

type Field = keyof Entry;

/** What decides which codes come out. A field of one does not fit the secret of another, so they move together. */
const CODE_FIELDS = ["type", "secret", "algorithm", "digits", "period", "pin"] as const;

/** The fields that have a rule of their own below; of all others, unknown ones included, one side has the say. */
const RULED_FIELDS: ReadonlySet<Field> = new Set<Field>([
  ...CODE_FIELDS,
  "counter",
  "secretSetAt",
  "version",
  "sites",
  "tags",
  "deletedAt",
]);

/**
 * Makes one entry of what two devices made of it, field by field. A field that one side changed is as that side has it;
 * changed to the same by both, it is that. Where both changed it to different things:
 *
 * | field | merged has | conflict copy |
 * |---|---|---|
 * | issuer, account, note, icon, a field of a newer version | theirs: it is what everybody sees already | yes |
 * | the code: type, secret, algorithm, digits, period, pin, as ONE field | theirs | yes: no secret is dropped |
 * | counter (hotp) | of one secret, the higher: no code twice; otherwise the one of the secret that stays | no |
 * | secretSetAt | of one secret, the earlier: who may know it is counted from there; otherwise as the secret | no |
 * | sites, tags | in the sequence of theirs, without what mine removed, behind it what mine added | no |
 * | version | the higher | no |
 *
 * A field of a newer version that one side lacks was removed there if it was in the base, and added by the other if not.
 *
 * Being in the trash (deletedAt), the side that did not touch it aside:
 *
 * | at the base | one side | the other side | merged |
 * |---|---|---|---|
 * | kept | deleted, edited as well or not | nothing | deleted |
 * | kept | deleted, edited as well or not | edited | kept: an edit says that somebody needs it |
 * | kept | deleted | deleted | deleted, since the earlier time |
 * | deleted | restored | nothing, or edited in the trash | kept |
 * | deleted | restored | restored, and deleted again | kept: whoever restored it did not know of that |
 * | deleted | deleted anew | nothing, or edited in the trash | deleted, since the new time |
 * | deleted | deleted anew | deleted anew | deleted, since the earlier time of the two |
 * | no base | deleted | kept | kept: nothing says that it was deleted after the other was made |
 * | no base | deleted | deleted | deleted, since the earlier time |
 *
 * A use of a hotp entry counts as an edit. The copy is `mine` whole, its deletedAt included.
 *
 * @param base what both sides started from; null where they made the entry without knowing of each other, so that every
 *   field counts as changed by both
 * @param mine this device's, not sent yet
 * @param theirs what the others have
 */
export function mergeSides(base: Entry | null, mine: Entry, theirs: Entry): SyncedEntry {
  const edits: Edits = {
    mine: changedFields(base, mine),
    theirs: changedFields(base, theirs),
    apart: new Set(compareEntries(mine, theirs)),
  };
  const fields = new Set<Field>([...Object.keys(mine), ...Object.keys(theirs)]);
  const single = [...fields].filter((field) => !RULED_FIELDS.has(field));
  const from = (field: Field) => (sayOf(edits, [field]) === "mine" ? mine : theirs);
  const isContested = [CODE_FIELDS, ...single.map((field) => [field])].some(
    (together) => sayOf(edits, together) === "both",
  );
  const merged = {
    ...Object.fromEntries(
      single.filter((field) => Object.hasOwn(from(field), field)).map((field) => [field, from(field)[field]]),
    ),
    ...mergeCode(base, mine, theirs, edits),
    version: mergeValues(base?.version, mine.version, theirs.version, Math.max),
    // These four are among the single ones already; named, the compiler sees that none is missing.
    issuer: from("issuer").issuer,
    account: from("account").account,
    note: from("note").note,
    icon: from("icon").icon,
    sites: mergeTexts("sites", base, mine, theirs, edits),
    tags: mergeTexts("tags", base, mine, theirs, edits),
    deletedAt: mergeDeletedAt(base, mine, theirs, edits),
  };
  return { merged, conflict: isContested ? mine : null };
}

/** The fields that each side changed since the base, and those in which the two differ now. */
interface Edits {
  readonly mine: ReadonlySet<Field>;
  readonly theirs: ReadonlySet<Field>;
  readonly apart: ReadonlySet<Field>;
}

function changedFields(base: Entry | null, entry: Entry): Set<Field> {
  return new Set(base === null ? Object.keys(entry) : compareEntries(base, entry));
}

/** Who has the say about fields that move together: "theirs" also where both say the same. */
function sayOf(edits: Edits, fields: readonly Field[]): "mine" | "theirs" | "both" {
  const touches = (changed: ReadonlySet<Field>) => fields.some((field) => changed.has(field));
  if (!touches(edits.apart) || !touches(edits.mine)) return "theirs";
  return touches(edits.theirs) ? "both" : "mine";
}

type Code = Pick<Entry, (typeof CODE_FIELDS)[number] | "counter" | "secretSetAt">;

function mergeCode(base: Entry | null, mine: Entry, theirs: Entry, edits: Edits): Code {
  const { type, secret, algorithm, digits, period, pin, counter, secretSetAt } =
    sayOf(edits, CODE_FIELDS) === "mine" ? mine : theirs;
  const code = { type, secret, algorithm, digits, period, pin, counter, secretSetAt };
  if (edits.apart.has("secret")) return code;
  // Counter and time belong to the secret: those of the base say nothing where its secret was another.
  const before = edits.mine.has("secret") ? null : base;
  return {
    ...code,
    // The same bytes; the characters may differ in the bits that are left over.
    secret: mergeValues(before?.secret, mine.secret, theirs.secret, (_, inTheirs) => inTheirs),
    counter:
      mine.type === theirs.type
        ? mergeValues(before?.counter, mine.counter, theirs.counter, higherOf)
        : counter,
    secretSetAt: mergeValues(before?.secretSetAt, mine.secretSetAt, theirs.secretSetAt, Math.min),
  };
}

function higherOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function mergeTexts(
  field: "sites" | "tags",
  base: Entry | null,
  mine: Entry,
  theirs: Entry,
  edits: Edits,
): string[] {
  const say = sayOf(edits, [field]);
  if (say === "both") return changeTexts(theirs[field], base?.[field] ?? [], mine[field]);
  return say === "mine" ? mine[field] : theirs[field];
}

/** The second table of `mergeSides`. */
function mergeDeletedAt(base: Entry | null, mine: Entry, theirs: Entry, edits: Edits): number | null {
  if (mine.deletedAt !== null && theirs.deletedAt !== null)
    return mergeValues(base?.deletedAt, mine.deletedAt, theirs.deletedAt, Math.min);
  // Restoring is a change too, and without a base everything is: only who did nothing at all gives way.
  const byKeeper = mine.deletedAt === null ? edits.mine : edits.theirs;
  return byKeeper.size > 0 ? null : (mine.deletedAt ?? theirs.deletedAt);
}

/** The value of the side that changed it; where both did, and not to the same, what `both` makes of the two. */
function mergeValues<T>(base: unknown, mine: T, theirs: T, both: (mine: T, theirs: T) => T): T {
  if (mine === theirs || mine === base) return theirs;
  return theirs === base ? mine : both(mine, theirs);
}
