import { resumeSecondCodeJobs, SECOND_CODE_ALARM, watchSecondCodeOutcome } from "../autofill/second-code.ts";
import { removeUnboundOnTime, UNBOUND_ALARM } from "../autofill/unbound-sites.ts";
import { CLEAR_ALARM, clearIfDue, clearOnTime } from "../clipboard/clear-later.ts";
import { watchClearingSwitch } from "../clipboard/clearing-switch.ts";
import { forgetCopied } from "../clipboard/copied-code.ts";
import { keepSyncAlarm, SYNC_ALARM, syncOnTime } from "../groups/sync-alarm.ts";
import { dropIntent, dropStaleIntent, INTENT_ALARM } from "../intents/intent.ts";
import { forgetTypedForm, TYPED_FORM_ALARM } from "../intents/typed-form.ts";
import { BADGE_ALARM, clearTick } from "../platform/badge.ts";
import { browser } from "../platform/browser.ts";
import { restrictStorage } from "../platform/restrict-storage.ts";
import { tabToInfo } from "../platform/tabs.ts";
import { watchPolicy } from "../policy/policy.ts";
import { watchPreferences } from "../preferences/preferences.ts";
import { AREA_PICTURE_ALARM, dropAreaPicture, dropStaleAreaPicture } from "../scan/area-picture.ts";
import { forgetAllBatches } from "../scan/pending-batch.ts";
import type { ScanTarget } from "../scan/scan-tab.ts";
import { LOCK_ALARM, lock, lockIfDue, renewLockAlarm } from "../vault/lock.ts";
import { watchVaultState } from "../vault/state.ts";
import { migrateDeviceVault } from "../vault/unlock.ts";
import { listenForAutoSites } from "./auto-sites.ts";
import { fillAfterPermission, fillFromGesture, scanFromGesture, tellSecondCode } from "./gestures.ts";
import { createMenus, FILL_MENU, SCAN_MENU } from "./menus.ts";
import { mayCountHere } from "./shared-counter.ts";

/** Registers every listener of the worker, and does what is due at each of its starts. */
export function listen(): void {
  browser.runtime.onInstalled.addListener(() => void createMenus());
  browser.runtime.onStartup.addListener(() => void createMenus());
  watchPreferences(() => void createMenus());

  browser.contextMenus.onClicked.addListener((info, clicked) => {
    const tab = clicked && tabToInfo(clicked);
    if (!tab) return;
    if (info.menuItemId === SCAN_MENU) void scanFromGesture(tab, scanTarget(info));
    if (info.menuItemId === FILL_MENU)
      void fillFromGesture(tab, { frameId: info.frameId ?? null, target: "focused" });
  });

  browser.commands.onCommand.addListener((command, pressedIn) => {
    const tab = pressedIn && tabToInfo(pressedIn);
    if (!tab) return;
    if (command === "scan-qr-code") void scanFromGesture(tab, null);
    if (command === "fill-code") void fillFromGesture(tab, { frameId: null, target: "detected" });
  });

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === LOCK_ALARM) void lockIfDue(Date.now());
    else if (name === INTENT_ALARM) void dropStaleIntent(Date.now());
    else if (name === TYPED_FORM_ALARM) void forgetTypedForm();
    else if (name === AREA_PICTURE_ALARM) void dropStaleAreaPicture(Date.now());
    else if (name === BADGE_ALARM) void clearTick();
    else if (name === CLEAR_ALARM) void clearIfDue(Date.now());
    else if (name === SECOND_CODE_ALARM) void resumeSecondCodeJobs(mayCountHere);
    else if (name === SYNC_ALARM) void syncOnTime();
    else if (name === UNBOUND_ALARM) void removeUnboundOnTime(Date.now());
  });

  browser.idle.onStateChanged.addListener((state) => {
    if (state === "locked") void lock("screen-locked");
  });

  watchPolicy(() => void renewLockAlarm(Date.now()));

  watchClearingSwitch((on) => {
    if (!on) void forgetCopied();
  });

  browser.permissions.onAdded.addListener(() => void fillAfterPermission());
  listenForAutoSites();

  // Accounts of an export that is still being scanned are secrets too, and so are a picture that was clicked and the picture
  // of a page: they go when the vault is locked. What was asked for after that waits for the passphrase.
  watchVaultState((vault) => {
    void keepSyncAlarm();
    if (vault.kind !== "locked") return;
    void forgetAllBatches();
    void forgetTypedForm();
    if (vault.lockedAt === null) return;
    void dropIntent(vault.lockedAt);
    void dropAreaPicture(vault.lockedAt);
  });

  watchSecondCodeOutcome((outcome) => void tellSecondCode(outcome));

  // What was due while no worker ran is cleared now, if it is still there.
  clearOnTime();

  void restrictStorage();
  void migrateDeviceVault();
  void lockIfDue(Date.now());
  void resumeSecondCodeJobs(mayCountHere);
}

/** A picture's own data is passed on only while it fits well into session memory; the page shows it anyway. */
const MOST_IMAGE_URL = 1_000_000;

/** What the person clicked on, from the browser's description of the click. */
function scanTarget(info: { frameId?: number; frameUrl?: string; srcUrl?: string }): ScanTarget {
  const { frameId = 0, frameUrl, srcUrl } = info;
  const ownData = srcUrl?.startsWith("data:") && srcUrl.length <= MOST_IMAGE_URL ? srcUrl : null;
  return {
    frame: frameId === 0 || frameUrl === undefined ? null : { id: frameId, url: frameUrl },
    imageUrl: ownData,
  };
}
