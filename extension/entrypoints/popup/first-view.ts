import type { Intent } from "../../intents/intent.ts";
import { activeTab, type TabInfo, tabById } from "../../platform/tabs.ts";
import { listSections, type SortBy } from "../../ui/list-sections.ts";
import { readEntries, readIndex } from "../../vault/entries.ts";
import type { IndexRow } from "../../vault/index-row.ts";
import { type VaultState, vaultState } from "../../vault/state.ts";
import { VaultLockedError } from "../../vault/vault-locked.ts";
import { siteIds } from "./site-ids.ts";
import type { OpenedEntries } from "./use-list.ts";

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
 * Reads what the first painting needs: the state of the vault, the tab, the rows, and the entries of the rows in sight.
 *
 * Where the rows can't be read it says so as a state of the vault: a popup that can't be drawn says nothing to anybody.
 *
 * @param intent where there is one, its tab is meant, not the one that happens to be in front
 */
export async function loadFirstView(
  intent: Intent | null,
  sortBy: SortBy,
  inWindow: boolean,
): Promise<FirstView> {
  const [vault, tab] = await Promise.all([
    vaultState(),
    intent ? tabById(intent.tabId) : inWindow ? null : activeTab(),
  ]);
  const nothing = { tab, rows: [], entries: new Map() };
  if (vault.kind !== "unlocked") return { ...nothing, vault };
  try {
    return { vault, tab, ...(await readFirstRows(tab, sortBy)) };
  } catch (error) {
    if (error instanceof VaultLockedError) return { ...nothing, vault: await vaultState() };
    return { ...nothing, vault: { kind: "unopenable", why: "database" } };
  }
}

async function readFirstRows(
  tab: TabInfo | null,
  sortBy: SortBy,
): Promise<Pick<FirstView, "rows" | "entries">> {
  const rows = (await readIndex()).filter((row) => row.deletedAt === null);
  const sections = listSections(rows, { query: "", siteIds: siteIds(rows, tab?.url ?? null), sortBy });
  const first = sections.flatMap((section) => section.rows).slice(0, FIRST_ROWS);
  return { rows, entries: await readEntries(first.map((row) => row.id)) };
}
