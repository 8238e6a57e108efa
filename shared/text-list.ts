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
  const untouched = now.length === after.length && now.every((text, at) => text === after[at]);
  if (untouched) return [...before];
  return withTexts(withoutTexts(now, withoutTexts(after, before)), withoutTexts(before, after));
}
