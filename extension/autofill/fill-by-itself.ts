import { codeAt, DEFAULT_PERIOD, stepAt } from "../../shared/otp/code.ts";
import { readPolicy } from "../policy/policy.ts";
import { readEntry, readIndex, recordUseIfPossible } from "../vault/entries.ts";
import type { IndexRow } from "../vault/index-row.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";
import { chooseAutoSiteEntry, fillsByItself } from "./auto-site-entry.ts";
import { type AutoSite, readAutoSites } from "./auto-sites.ts";
import { siteOfUrl } from "./match-site.ts";
import { fillOwn, lookAtTop } from "./own-fill-scripts.ts";
import { claimOwnFill, type OwnFillRecord, settleOwnFill } from "./own-fills.ts";

/** A page that may have a field, as the browser describes it. */
export interface OwnPage {
  readonly tabId: number;
  /** null: whichever document the tab shows. */
  readonly documentId: string | null;
  /** As in URL.origin. */
  readonly origin: string;
}

/**
 * What became of it. "not-now": the organisation forbids it, the vault is locked, the account does not belong to it or is
 * in the trash, the field is not ready, or it had this code; the page is worth watching. "never": nothing is ever filled into
 * this document.
 */
export type OwnFillOutcome = "filled" | "not-now" | "never";

/**
 * Fills the code of a site that fills by itself into the top frame of a tab. Everything is decided here, in the worker:
 * the page has only said that there is something to look at.
 *
 * It is nobody's gesture, so the time until the vault locks runs on.
 */
export async function fillAutoSite(page: OwnPage): Promise<OwnFillOutcome> {
  // The site stays on the list: what an organisation forbids today it may allow tomorrow.
  if ((await readPolicy()).automaticFillingForbidden) return "not-now";
  const site = (await readAutoSites()).find(({ origin }) => origin === page.origin);
  const host = siteOfUrl(page.origin);
  if (site === undefined || host === null) return "never";
  const row = await chosenRow(site);
  if (row === null) return "not-now";

  const look = await lookAtTop(page.tabId, page.documentId);
  if (look === null || look.origin !== page.origin || look.kind !== "ready") return "not-now";
  const entry = await readEntry(row.id);
  if (!entry.ok || !fillsByItself({ type: entry.value.type, problem: null })) return "not-now";
  const now = Date.now();
  const code = codeAt(entry.value, now);
  if (!code.ok) return "never";

  const record: OwnFillRecord = {
    // With the tab, so that no page can speak for another one's document.
    document: look.place.documentId ?? `tab ${page.tabId} ${look.mark}`,
    origin: page.origin,
    entryId: row.id,
    step: stepAt(entry.value.period ?? DEFAULT_PERIOD, now),
    at: now,
    submit: site.submit,
  };
  const claim = await claimOwnFill(record);
  if (claim.kind !== "claimed") return claim.kind === "again" ? "not-now" : "never";
  const filled = await fillOwn(look.place, code.value, host, claim.submit ? "submit" : "leave");
  switch (filled.kind) {
    case "filled":
      await settleOwnFill(record, filled);
      await recordUseIfPossible(row.id, now);
      return "filled";
    case "did-not-stick":
      // The page had it, and may have sent it off: it counts as used.
      await settleOwnFill(record, filled);
      return "not-now";
    case "gone":
      return "not-now";
    case "does-not-fit":
      await settleOwnFill(record, null);
      return "never";
    case "moved":
    case "wait":
    case "none":
      await settleOwnFill(record, null);
      return "not-now";
  }
}

/** The account of a site, or null where there is none to fill now. */
async function chosenRow(site: AutoSite): Promise<IndexRow | null> {
  try {
    const chosen = chooseAutoSiteEntry(await readIndex(), site);
    return chosen.kind === "one" ? chosen.row : null;
  } catch (error) {
    if (error instanceof VaultLockedError) return null;
    throw error;
  }
}
