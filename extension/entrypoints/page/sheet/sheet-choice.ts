import * as z from "zod/mini";
import { sessionItem } from "../../../platform/session-storage.ts";
import { openWindow } from "../../../platform/surfaces.ts";
import { readIndex } from "../../../vault/entries.ts";

/**
 * Which entries each sheet or export is of, by a random id of its own: in memory, because an address is remembered by
 * the browser, and what is in it would be too. Null: all that are not in the trash.
 */
const choices = sessionItem("sheets", z.record(z.string(), z.nullable(z.array(z.string()))));

/** As wide as a page of paper with its margins, and room for the buttons. */
export const SHEET_SIZE = { width: 860, height: 900 };

/**
 * Opens the sheet of these entries in a window of its own, which lives on while the browser's print dialog is open.
 *
 * @param ids null: all that are not in the trash
 */
export async function openSheet(ids: readonly string[] | null): Promise<void> {
  await openWindow(`page.html#/sheet?of=${await keepChoice(ids)}`, SHEET_SIZE);
}

/** Goes to the export of these entries, in this page. */
export async function goToExport(ids: readonly string[]): Promise<void> {
  location.assign(`#/export?of=${await keepChoice(ids)}`);
}

async function keepChoice(ids: readonly string[] | null): Promise<string> {
  const id = crypto.randomUUID();
  await choices.set({ ...(await choices.get()), [id]: ids && [...ids] });
  return id;
}

/**
 * The entries that an address speaks of; null: all that are not in the trash; undefined where it speaks of none, or they
 * are not known any more, as after the browser was closed.
 *
 * @param hash of the address
 */
export async function readChoice(hash: string): Promise<readonly string[] | null | undefined> {
  const of = new URLSearchParams(hash.split("?")[1]).get("of") ?? "";
  return (await choices.get())?.[of];
}

/**
 * The entries of a sheet that still are in the list, by issuer; null where it is not known any more, as after the browser
 * was closed. Throws VaultLockedError.
 *
 * @param hash of the sheet's address
 */
export async function readSheetIds(hash: string): Promise<string[] | null> {
  const ids = await readChoice(hash);
  if (ids === undefined) return null;
  const rows = (await readIndex()).filter(
    ({ id, deletedAt }) => deletedAt === null && (ids === null || ids.includes(id)),
  );
  const nameOf = ({ issuer, account }: { issuer: string; account: string }) =>
    `${issuer || account} ${account}`;
  return rows.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b))).map(({ id }) => id);
}
