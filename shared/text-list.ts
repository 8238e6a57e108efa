/**
 * Lists in which a text stands once and the sequence is the person's own: the sites and the tags of an entry.
 * No function here changes what it is given.
 */

/** The list with these texts behind it, as far as they are not in it. */
export function withTexts(list: readonly string[], added: readonly string[]): string[] {
  return [...new Set([...list, ...added])];
}

/** The list without these texts. */
export function withoutTexts(list: readonly string[], removed: readonly string[]): string[] {
  return list.filter((text) => !removed.includes(text));
}

/**
 * Makes a change of a list on what became of the list elsewhere: where it is as it was before the change, it is what the
 * change made of it, sequence included; otherwise what the change removed goes, and what it added comes behind.
 *
 * @param now the list as it stands
 * @param before and after the change
 */
export function changeTexts(
  now: readonly string[],
  before: readonly string[],
  after: readonly string[],
): string[] {
  const untouched = now.length === before.length && now.every((text, at) => text === before[at]);
  if (untouched) return [...after];
  return withTexts(withoutTexts(now, withoutTexts(before, after)), withoutTexts(after, before));
}

/**
 * Takes a change of a list back: where nobody touched it since, it is what it was; otherwise only what that change added
 * goes and what it removed comes back, and what was added or removed meanwhile stays so.
 *
 * @param now the list as it stands
 * @param before and after the change
 */
export function revertTexts(
  now: readonly string[],
  before: readonly string[],
  after: readonly string[],
): string[] {
  return changeTexts(now, after, before);
}
