import { withTexts } from "../text-list.ts";
import type { Entry } from "./entry.ts";
import { isSameSecret } from "./same-entry.ts";

/** One of several entries that carry the same secret. */
export interface MergePart {
  readonly entry: Entry;
  readonly pinned: boolean;
}

/** Fields of which one of the parts has the say; the others are united. */
export type ChosenField = "issuer" | "account" | "pin" | "icon";
export type UnitedField = "sites" | "tags" | "note";

export interface Merged {
  readonly entry: Entry;
  readonly pinned: boolean;
  /** Which part a value came from, by its place among the parts; null where none has one. */
  readonly chosen: Readonly<Record<ChosenField, number | null>>;
  /** Which parts a value has something of. */
  readonly united: Readonly<Record<UnitedField, readonly number[]>>;
  /** hotp: the part whose counter stands highest; null for the others. */
  readonly counterFrom: number | null;
}

/**
 * Makes one entry of several that carry the same secret with the same parameters. The first one goes first wherever only
 * one can: its names, its picture, its way of writing the secret; what it lacks comes from the next that has it. Sites
 * and tags are united, every line of every note stays, the counter is the highest (a code must not be given twice), and
 * the secret counts as being here since the earliest of them. It is pinned if any was.
 *
 * Fields that this version does not know come from the first that has them. Merging the result again, alone or with what
 * it was made of, changes nothing. Throws where the secrets differ, or there is no part.
 */
export function mergeEntries(parts: readonly MergePart[]): Merged {
  const [first] = parts;
  if (first === undefined) throw Error("nothing to merge");
  const entries = parts.map(({ entry }) => entry);
  if (!entries.every((entry) => isSameSecret(entry, first.entry))) throw Error("these secrets differ");

  const chosen = {
    issuer: firstThat(entries, ({ issuer }) => issuer !== ""),
    account: firstThat(entries, ({ account }) => account !== ""),
    pin: firstThat(entries, ({ pin }) => pin !== null),
    icon: firstThat(entries, ({ icon }) => icon !== null),
  };
  const counters = entries.flatMap(({ counter }) => (counter === null ? [] : [counter]));
  const counter = counters.length === 0 ? null : Math.max(...counters);
  const known = {
    issuer: entryAt(entries, chosen.issuer)?.issuer ?? "",
    account: entryAt(entries, chosen.account)?.account ?? "",
    pin: entryAt(entries, chosen.pin)?.pin ?? null,
    icon: entryAt(entries, chosen.icon)?.icon ?? null,
    sites: withTexts(
      [],
      entries.flatMap(({ sites }) => sites),
    ),
    tags: withTexts(
      [],
      entries.flatMap(({ tags }) => tags),
    ),
    note: entries.map(({ note }) => note).reduce(joinNotes),
    counter,
    version: Math.max(...entries.map(({ version }) => version)),
    secretSetAt: Math.min(...entries.map(({ secretSetAt }) => secretSetAt)),
    deletedAt: null,
  };
  return {
    // Later ones first, so that what they alone have stays, and the first one has the last word.
    entry: Object.assign({}, ...[...entries].reverse(), known) as Entry,
    pinned: parts.some(({ pinned }) => pinned),
    chosen,
    united: {
      sites: allThat(entries, ({ sites }) => sites.length > 0),
      tags: allThat(entries, ({ tags }) => tags.length > 0),
      note: allThat(entries, ({ note }) => note.trim() !== ""),
    },
    counterFrom: counter === null ? null : firstThat(entries, (entry) => entry.counter === counter),
  };
}

/** The first note as it is, and under it the lines of the second that it does not have. */
function joinNotes(first: string, second: string): string {
  const there = new Set(linesOf(first));
  const missing = linesOf(second).filter((line) => line !== "" && !there.has(line));
  if (missing.length === 0) return first;
  return first.trim() === "" ? missing.join("\n") : `${first}\n${missing.join("\n")}`;
}

/** Blanks at the end of a line say nothing. */
function linesOf(note: string): string[] {
  return note.split(/\r?\n/).map((line) => line.trimEnd());
}

function firstThat(entries: readonly Entry[], has: (entry: Entry) => boolean): number | null {
  const at = entries.findIndex(has);
  return at === -1 ? null : at;
}

function allThat(entries: readonly Entry[], has: (entry: Entry) => boolean): number[] {
  return entries.flatMap((entry, at) => (has(entry) ? [at] : []));
}

function entryAt(entries: readonly Entry[], at: number | null): Entry | undefined {
  return at === null ? undefined : entries[at];
}
