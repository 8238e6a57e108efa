import * as z from "zod/mini";
import { sessionItem } from "../../../platform/session-storage.ts";
import { openWindow } from "../../../platform/surfaces.ts";
import { readIndex } from "../../../vault/entries.ts";

/** Which entries the next sheet is of, by id: in memory, because an address is remembered by the browser. */
const choice = sessionItem("sheet", z.nullable(z.array(z.string())));

/** As wide as a page of paper with its margins, and room for the buttons. */
const SHEET_SIZE = { width: 860, height: 900 };

/**
 * Opens the sheet of these entries in a window of its own, which lives on while the browser's print dialog is open.
 *
 * @param ids null: all that are not in the trash
 */
export async function openSheet(ids: readonly string[] | null): Promise<void> {
  await choice.set(ids && [...ids]);
  await openWindow("page.html#/sheet", SHEET_SIZE);
}

/** The entries of the sheet that still are in the list, by issuer. Throws VaultLockedError. */
export async function readSheetIds(): Promise<string[]> {
  const ids = await choice.get();
  const rows = (await readIndex()).filter(
    ({ id, deletedAt }) => deletedAt === null && (ids === null || ids.includes(id)),
  );
  const nameOf = ({ issuer, account }: { issuer: string; account: string }) =>
    `${issuer || account} ${account}`;
  return rows.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b))).map(({ id }) => id);
}
