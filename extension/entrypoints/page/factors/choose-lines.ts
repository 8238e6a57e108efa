import type { FactorActivity } from "../../../../shared/mfa/answers.ts";

/**
 * The lines that are shown of what was done: the latest of each kind of deed before further ones of any, as the server keeps
 * them. Whoever renames a factor a dozen times pushes nothing else out of sight by it.
 *
 * @param activity the latest first
 * @param most how many there is room for
 * @returns the latest first
 */
export function chooseLines(activity: readonly FactorActivity[], most: number): readonly FactorActivity[] {
  const counts = new Map<string, number>();
  const placed = activity.map((line) => {
    const place = counts.get(line.what) ?? 0;
    counts.set(line.what, place + 1);
    return { line, place };
  });
  const chosen = new Set(
    placed
      .toSorted((one, two) => one.place - two.place)
      .slice(0, most)
      .map(({ line }) => line),
  );
  return activity.filter((line) => chosen.has(line));
}
