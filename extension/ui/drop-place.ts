import { ROW_HEIGHT } from "./window-rows.ts";

/**
 * The place among the rows of a section over which a dragged row lies with more than half of its height.
 *
 * @param top of the dragged row, in CSS pixels from the top of the list
 * @param firstTop of the section's first row
 * @param count of the section's rows, the dragged one included
 */
export function placeUnder(top: number, firstTop: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.round((top - firstTop) / ROW_HEIGHT)));
}

/** The same rows with one of them at another place. */
export function withMoved<Row>(rows: readonly Row[], from: number, to: number): Row[] {
  const moved = rows.slice(from, from + 1);
  const others = [...rows.slice(0, from), ...rows.slice(from + 1)];
  return [...others.slice(0, to), ...moved, ...others.slice(to)];
}

/**
 * Before which entry one has to come in the order of all, so that it stands at a place of its section. Entries of other
 * sections lie in between; none of them changes its place among the others.
 *
 * @param section ids of the section, in the order by hand
 * @param all ids of every entry, in the order by hand
 * @returns null: behind all others
 */
export function beforeWhom(
  section: readonly string[],
  all: readonly string[],
  id: string,
  to: number,
): string | null {
  const others = section.filter((each) => each !== id);
  const below = others[to];
  if (below !== undefined) return below;
  // The last of its section, and not of everything: whatever lies behind the section stays behind it.
  const rest = all.filter((each) => each !== id);
  return rest[rest.indexOf(others.at(-1) ?? "") + 1] ?? null;
}
