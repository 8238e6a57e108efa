/** Which rows of a list are chosen, and from where a range reaches. Pure: each function gives the next selection. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Where Shift stretches from; null until something was chosen. */
  readonly anchor: string | null;
  /** What was chosen when the anchor was set: a range that is stretched anew starts from there, not from its last size. */
  readonly base: ReadonlySet<string>;
  /** Whether a range chooses, or takes away because the row at the anchor lost its tick. */
  readonly range: "chooses" | "takes-away";
}

export const NOTHING_CHOSEN: Selection = {
  chosen: new Set(),
  anchor: null,
  base: new Set(),
  range: "chooses",
};

/** Chooses a row, or no longer. */
export function toggle(selection: Selection, id: string): Selection {
  const chosen = new Set(selection.chosen);
  const range = chosen.delete(id) ? "takes-away" : "chooses";
  if (range === "chooses") chosen.add(id);
  return { chosen, anchor: id, base: chosen, range };
}

/**
 * Chooses everything from the anchor to a row, in the order of the list. Where the last row that was touched lost its
 * tick, so does the range: Shift goes on with what was done there.
 *
 * @param ids the rows of the list, in their order
 * @param from what counts as the anchor where there is none, or none that is in the list any more
 */
export function stretch(selection: Selection, ids: readonly string[], from: string, to: string): Selection {
  const hasAnchor = selection.anchor !== null && ids.includes(selection.anchor);
  const anchor = hasAnchor && selection.anchor !== null ? selection.anchor : from;
  const [start, end] = [ids.indexOf(anchor), ids.indexOf(to)].sort((a, b) => a - b);
  if (start === undefined || end === undefined || start < 0) return selection;
  const base = hasAnchor ? selection.base : selection.chosen;
  const range = hasAnchor ? selection.range : "chooses";
  const chosen = new Set(base);
  for (const id of ids.slice(start, end + 1)) {
    if (range === "chooses") chosen.add(id);
    else chosen.delete(id);
  }
  return { chosen, anchor, base, range };
}

/** Chosen is what was; the next range starts where the keyboard then stands. */
export function lift(selection: Selection): Selection {
  return { chosen: selection.chosen, anchor: null, base: selection.chosen, range: "chooses" };
}

/** Chooses all rows, or none where all are chosen. */
export function toggleAll(selection: Selection, ids: readonly string[]): Selection {
  return ids.every((id) => selection.chosen.has(id)) ? NOTHING_CHOSEN : chooseAll(ids);
}

/** Chooses exactly these rows. */
export function chooseAll(ids: readonly string[]): Selection {
  return lift({ ...NOTHING_CHOSEN, chosen: new Set(ids) });
}

/** Forgets what is not in the list any more: nothing is done to what can't be seen. */
export function keepOnly(selection: Selection, ids: readonly string[]): Selection {
  const there = new Set(ids);
  const isThere = (id: string) => there.has(id);
  if ([...selection.chosen].every(isThere) && [...selection.base].every(isThere)) return selection;
  return {
    ...selection,
    chosen: new Set([...selection.chosen].filter(isThere)),
    anchor: selection.anchor !== null && isThere(selection.anchor) ? selection.anchor : null,
    base: new Set([...selection.base].filter(isThere)),
  };
}
