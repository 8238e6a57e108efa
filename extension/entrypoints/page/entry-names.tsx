import { fullName } from "../../ui/entry-name.ts";
import { tn } from "../../ui/i18n.ts";
import type { NamedEntry } from "../../vault/index-row.ts";

/** More are not read by anybody. */
const MOST_NAMES = 20;
/** So many are seen at once, without opening the list. */
const MOST_OPEN = 5;

/** Which accounts something concerns, under a title that can be opened; nothing where it concerns none. */
export function EntryNames({ title, entries }: { title: string; entries: readonly NamedEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <details open={entries.length <= MOST_OPEN}>
      <summary>{title}</summary>
      <ul>
        {entries.slice(0, MOST_NAMES).map((entry) => (
          <li key={entry.id}>{fullName(entry)}</li>
        ))}
      </ul>
      {entries.length > MOST_NAMES && <p class="dim">{tn("names.more", entries.length - MOST_NAMES)}</p>}
    </details>
  );
}
