import type { Intent } from "../../intents/intent.ts";
import { activeTab, type TabInfo, tabById } from "../../platform/tabs.ts";
import type { OpenedEntries } from "../../screens/use-list.ts";
import { listSections, type SortBy } from "../../ui/list-sections.ts";
import type { IndexRow } from "../../vault/index-row.ts";
import { type Opening, readOpening } from "../../vault/opening.ts";
import { type VaultState, vaultState } from "../../vault/state.ts";
import { VaultLockedError } from "../../vault/vault-locked.ts";
import { hostOf, siteIds } from "./site-ids.ts";

/** More rows than the popup can show at once, so that the first painting has every code. */
const FIRST_ROWS = 9;

/** What the popup draws first. */
export interface FirstView {
  readonly vault: VaultState;
  readonly tab: TabInfo | null;
  readonly rows: readonly IndexRow[];
  readonly entries: OpenedEntries;
}

/**
 * Reads what the first painting needs, all at once: the state of the vault, the tab, the rows, and the entries of the
 * rows in sight.
 *
 * Where the rows can't be read it says so as a state of the vault: a popup that can't be drawn says nothing to anybody.
 *
 * @param intent where there is one, its tab is meant, not the one that happens to be in front
 */
export async function loadFirstView(
  intent: Intent | null | Promise<Intent | null>,
  sortBy: SortBy | Promise<SortBy>,
  inWindow: boolean,
): Promise<FirstView> {
  const reading = readOpening();
  const [tab, order] = await Promise.all([tabOf(intent, inWindow), sortBy]);
  try {
    return { tab, ...(await readFirstRows(reading, tab, order)) };
  } catch (error) {
    const vault: VaultState =
      error instanceof VaultLockedError ? await vaultState() : { kind: "unopenable", why: "database" };
    return { tab, vault, rows: [], entries: new Map() };
  }
}

async function readFirstRows(
  reading: Promise<Opening>,
  tab: TabInfo | null,
  sortBy: SortBy,
): Promise<Omit<FirstView, "tab">> {
  const opening = await reading;
  const rows = opening.rows.filter((row) => row.deletedAt === null);
  const url = tab?.url ?? null;
  const sections = listSections(rows, {
    query: "",
    siteIds: siteIds(rows, url),
    siteHost: hostOf(url),
    sortBy,
  });
  const first = sections.flatMap((section) => section.rows).slice(0, FIRST_ROWS);
  return { vault: opening.state, rows, entries: await opening.entries(first.map((row) => row.id)) };
}

async function tabOf(
  intent: Intent | null | Promise<Intent | null>,
  inWindow: boolean,
): Promise<TabInfo | null> {
  // Most popups open without an intent: the tab in front is asked for before that is known.
  const [left, inFront] = await Promise.all([intent, inWindow ? null : activeTab()]);
  return left ? tabById(left.tabId) : inFront;
}
