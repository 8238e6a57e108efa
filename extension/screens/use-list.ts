import { useEffect, useRef, useState } from "preact/hooks";
import type { Entry } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";
import { type ReadRefusal, readEntries, watchIndex } from "../vault/entries.ts";
import type { IndexRow } from "../vault/index-row.ts";
import type { VaultState } from "../vault/state.ts";

export type OpenedEntries = ReadonlyMap<string, Result<Entry, ReadRefusal>>;

/** The icon that an opened entry names; null where it names none, or is not open. */
export function iconOf(entry: Result<Entry, ReadRefusal> | undefined): string | null {
  return entry?.ok ? entry.value.icon : null;
}

/**
 * The rows outside the trash, kept up to date while the popup is open, whichever screen is shown. How much each is used
 * stays as it was at first: no row may jump away under the hand because its code was copied.
 *
 * @returns null while the vault is locked or can't be opened, and until its rows are read after that; "unreadable" where
 *   the vault is open but the browser can't read them
 */
export function useRows(
  initial: readonly IndexRow[],
  vault: VaultState["kind"],
): readonly IndexRow[] | null | "unreadable" {
  const [rows, setRows] = useState<readonly IndexRow[] | null | "unreadable">(initial);
  const firstSeen = useRef<ReadonlyMap<string, IndexRow>>(new Map(initial.map((row) => [row.id, row])));
  const withFirstUses = (row: IndexRow): IndexRow => {
    const { uses, lastUsedAt } = firstSeen.current.get(row.id) ?? row;
    return { ...row, uses, lastUsedAt };
  };
  useEffect(() => {
    if (vault === "locked" || vault === "unopenable" || vault === "passphrase-due") return setRows(null);
    // Everything may have been deleted just now, in another page.
    if (vault === "none") return setRows([]);
    return watchIndex(
      (all) => {
        const shown = all.filter((row) => row.deletedAt === null);
        firstSeen.current = new Map([...shown.map((row) => [row.id, row] as const), ...firstSeen.current]);
        setRows(shown.map(withFirstUses));
      },
      () => setRows("unreadable"),
    );
  }, [vault]);
  return rows;
}

/**
 * The entries of the rows that are drawn, opened a few at a time as they come into view: the secrets of the others stay
 * closed.
 *
 * @param rows any change of them makes what is drawn be read again
 */
export function useOpenedEntries(
  drawnIds: readonly string[],
  rows: readonly IndexRow[],
  initial: OpenedEntries,
): OpenedEntries {
  const [opened, setOpened] = useState({ rows, entries: initial });
  const wanted = drawnIds.join();

  useEffect(() => {
    let current = true;
    // What was opened for older rows stays in sight until it is read anew, but never counts as read.
    const isKnown = (id: string) => opened.rows === rows && opened.entries.has(id);
    const missing = drawnIds.filter((id) => !isKnown(id));
    if (missing.length === 0) return;
    void readEntries(missing).then((read) => {
      if (!current) return;
      setOpened((before) => {
        const kept = before.rows === rows ? before.entries : [];
        return { rows, entries: new Map([...kept, ...read]) };
      });
    });
    return () => {
      current = false;
    };
  }, [wanted, rows]);

  return opened.entries;
}
