import { type FillRequest, fillEntry } from "../autofill/handle.ts";
import { matchSite } from "../autofill/match-site.ts";
import { handlePermissionAdded } from "../autofill/permission.ts";
import type { SecondCodeOutcome } from "../autofill/second-code.ts";
import { leaveIntent } from "../intents/intent.ts";
import { showTick } from "../platform/badge.ts";
import { openPopupOrWindow } from "../platform/surfaces.ts";
import { type TabInfo, tabById } from "../platform/tabs.ts";
import type { ScanTarget } from "../scan/scan-tab.ts";
import { clockJump } from "../vault/clock.ts";
import { readIndex } from "../vault/entries.ts";
import { touch } from "../vault/lock.ts";
import { vaultState } from "../vault/state.ts";
import { mayCountHere } from "./shared-counter.ts";

/** A scan asked for by menu or key: the popup does it, since only a page can decode; it opens first thing. */
export async function scanFromGesture(tab: TabInfo, target: ScanTarget | null): Promise<void> {
  const opened = openPopupOrWindow();
  await leaveIntent({ kind: "scan", tabId: tab.id, windowId: tab.windowId, at: Date.now(), target });
  await opened;
}

/**
 * A fill asked for by menu or key. Where exactly one entry is bound to the page and it can be filled, it is, and the
 * toolbar icon ticks; anything else (locked, several, none, not filled, a clock that went back) opens the popup, which
 * copies and says why.
 */
export async function fillFromGesture(
  tab: TabInfo,
  place: { frameId: number | null; target: "detected" | "focused" },
): Promise<void> {
  const now = Date.now();
  const where = { tabId: tab.id, windowId: tab.windowId, at: now, ...place };
  const vault = await vaultState();
  const matching = vault.kind === "unlocked" && tab.url !== null ? await matchingIds(tab.url) : [];
  const [only] = matching;
  // A disk that is full keeps nobody from signing in.
  const jump = await clockJump(now).catch(() => null);
  if (only === undefined || matching.length > 1 || jump?.isNew === true) {
    await leaveIntent({ kind: "fill", ...where });
    await openPopupOrWindow();
    return;
  }
  await touch(now);
  const pressId = crypto.randomUUID();
  const request = { ...place, tabId: tab.id, entryId: only, pressId, now };
  // A disk that is full, or a vault that was locked just now: the popup runs into it again, and can say so.
  const isFilled = await fillCounted(request).catch(() => false);
  if (isFilled) return showTick();
  await leaveIntent({ kind: "fill-entry", ...where, entryId: only, pressId });
  await openPopupOrWindow();
}

/** Fills, unless a counter that several people use can't be had from here. */
async function fillCounted(request: FillRequest): Promise<boolean> {
  return (await mayCountHere(request)) && (await fillEntry(request)).kind === "filled";
}

/**
 * The browser's question about a frame was answered with yes, and the popup that asked it is gone: the fill goes on, and
 * what stands in its way (an account that belongs to another site) is explained in a popup again.
 */
export async function fillAfterPermission(): Promise<void> {
  const done = await handlePermissionAdded(mayCountHere);
  if (done === null) return;
  if (done.outcome?.kind === "filled") return showTick();
  const { tabId, frameId, target, entryId, pressId } = done.wish;
  const tab = await tabById(tabId);
  if (tab === null) return;
  const { windowId } = tab;
  await leaveIntent({
    kind: "fill-entry",
    tabId,
    windowId,
    at: Date.now(),
    frameId,
    target,
    entryId,
    pressId,
  });
  await openPopupOrWindow();
}

/**
 * The second of two codes is filled long after the popup that promised it has closed: the toolbar icon ticks where it was.
 * Where it was not and nobody else has gone on with it, the popup opens again: to unlock and go on, or to say so and offer to
 * fill both anew. Nothing more is filled without a gesture.
 */
export async function tellSecondCode({ kind, tabId, frameId, entryId }: SecondCodeOutcome): Promise<void> {
  if (kind === "filled") return showTick();
  // The person has typed it, or the page has gone on.
  if (kind === "not-empty" || kind === "moved-on") return;
  const tab = await tabById(tabId);
  if (tab === null) return;
  const where = {
    tabId,
    windowId: tab.windowId,
    at: Date.now(),
    entryId,
    frameId,
    target: "detected",
  } as const;
  await leaveIntent(
    kind === "locked"
      ? { kind: "fill-entry", ...where, pressId: crypto.randomUUID() }
      : { kind: "second-code", ...where, why: kind },
  );
  await openPopupOrWindow();
}

async function matchingIds(url: string): Promise<string[]> {
  const rows = await readIndex();
  return rows
    .filter((row) => row.deletedAt === null && row.sites.length > 0 && matchSite(row.sites, url) !== null)
    .map((row) => row.id);
}
