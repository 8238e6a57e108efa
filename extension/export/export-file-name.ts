/**
 * The name of an exported file: its format and the day where the person is. Nothing of what is in it.
 *
 * @param file.format the format's id
 * @param now milliseconds since 1970 UTC
 */
export function exportFileName(
  file: { readonly format: string; readonly ending: string },
  now: number,
): string {
  // Swedish writes a date as ISO 8601 does, and in the person's own time zone.
  const day = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short" }).format(now);
  return `countersign-${file.format}-${day}.${file.ending}`;
}
