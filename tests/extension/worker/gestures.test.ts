import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SecondCodeOutcome } from "../../../extension/autofill/second-code.ts";
import { takeIntent } from "../../../extension/intents/intent.ts";
import { clockJump } from "../../../extension/vault/clock.ts";
import { commit } from "../../../extension/vault/commit.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, readEntry } from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { fillFromGesture, tellSecondCode } from "../../../extension/worker/gestures.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";
import { fakeTab, topFrame } from "../autofill/fake-tab.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

const TAB = { id: 1, windowId: 1, url: "https://login.bank.example/second-step" };
const PLACE = { frameId: null, target: "detected" as const };
const BOUND = { sites: ["login.bank.example"] };

startWithoutVault();
beforeEach(() => createVault());

describe("a fill asked for by key or menu", () => {
  it("hands its press to the popup where the page did not keep the code, so that a counter moves once", async () => {
    fakeTab([topFrame()], () => ({ kind: "did-not-stick" }));
    const [id = ""] = await addEntries([{ ...hotpDraft(1, 5), ...BOUND }], { now: 1 });
    await fillFromGesture(TAB, PLACE);
    const intent = await takeIntent(Date.now());
    if (intent?.kind !== "fill-entry") throw Error("no intent was left");
    expect(intent.entryId).toBe(id);
    expect(await advanceHotp(id, intent.pressId)).toMatchObject({ ok: true, value: { counter: 5 } });
    expect(await readEntry(id)).toMatchObject({ value: { counter: 6 } });
  });

  it("hands a counter that several people use to the popup, untouched, where the server can't be asked", async () => {
    const filled = fakeTab([topFrame()]);
    const [id = ""] = await addEntries([{ ...hotpDraft(1, 5), ...BOUND }], { now: 1 });
    await commit(async (view) => {
      const row = (await view.open([id])).get(id);
      if (!row?.ok) throw Error("no row");
      return { result: undefined, rows: new Map([[id, { ...row.value, group: "a group of somebody's" }]]) };
    });
    await fillFromGesture(TAB, PLACE);
    expect(await takeIntent(Date.now())).toMatchObject({ kind: "fill-entry", entryId: id });
    expect(filled).toEqual([]);
    expect(await readEntry(id)).toMatchObject({ value: { counter: 5 } });
  });

  it("opens the popup, where it is said, once the clock has gone back since the last use", async () => {
    const filled = fakeTab([topFrame()]);
    await addEntries([draft(1, BOUND)], { now: 1 });
    await clockJump(Date.now() + 3_600_000);
    await fillFromGesture(TAB, PLACE);
    expect(filled).toEqual([]);
    expect(await takeIntent(Date.now())).toMatchObject({ kind: "fill" });
    await fillFromGesture(TAB, PLACE);
    expect(filled).toHaveLength(1);
  });

  it("fills where the time of the last use can't be stored", async () => {
    const filled = fakeTab([topFrame()]);
    await addEntries([draft(1, BOUND)], { now: 1 });
    const set = vi.spyOn(browser.storage.local, "set").mockRejectedValue(Error("QUOTA_BYTES"));
    await fillFromGesture(TAB, PLACE);
    set.mockRestore();
    expect(filled).toHaveLength(1);
  });

  it("ticks where it was filled, even if the use can't be counted", async () => {
    fakeTab([topFrame()]);
    await addEntries([draft(1, BOUND)], { now: 1 });
    vi.spyOn(Object.getPrototypeOf(db.index), "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await fillFromGesture(TAB, PLACE);
    vi.restoreAllMocks();
    expect(fakeApi.callsOf("action.setBadgeText")).toContainEqual([{ text: "✓" }]);
    expect(await takeIntent(Date.now())).toBeNull();
  });

  it("opens the popup where the counter can't be written, instead of doing nothing", async () => {
    fakeTab([topFrame()]);
    await addEntries([{ ...hotpDraft(1, 5), ...BOUND }], { now: 1 });
    vi.spyOn(Object.getPrototypeOf(db.entries), "bulkPut").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await fillFromGesture(TAB, PLACE);
    vi.restoreAllMocks();
    expect(fakeApi.callsOf("action.openPopup")).toHaveLength(1);
    expect(await takeIntent(Date.now())).toMatchObject({ kind: "fill-entry" });
  });
});

describe("a second code whose time has come", () => {
  const outcome = (kind: SecondCodeOutcome["kind"]): SecondCodeOutcome => {
    return { kind, tabId: 1, frameId: 3, entryId: "entry-1", at: Date.now() };
  };
  beforeEach(() => fakeApi.answer("tabs.get", () => ({ ...TAB, active: true })));

  it("opens the popup to unlock, and goes on there, where the vault was locked meanwhile", async () => {
    await tellSecondCode(outcome("locked"));
    expect(fakeApi.callsOf("action.openPopup")).toHaveLength(1);
    const where = { tabId: 1, frameId: 3, entryId: "entry-1" };
    expect(await takeIntent(Date.now())).toMatchObject({ kind: "fill-entry", ...where });
  });

  it.each(["too-late", "did-not-stick", "no-code"] as const)(
    "opens the popup, which promised it, to say so where it was not filled: %s",
    async (kind) => {
      await tellSecondCode(outcome(kind));
      expect(fakeApi.callsOf("action.openPopup")).toHaveLength(1);
      const where = { tabId: 1, frameId: 3, entryId: "entry-1" };
      expect(await takeIntent(Date.now())).toMatchObject({ kind: "second-code", ...where, why: kind });
    },
  );

  it.each(["not-empty", "moved-on"] as const)(
    "says nothing where the person or the page has gone on: %s",
    async (kind) => {
      await tellSecondCode(outcome(kind));
      expect(fakeApi.callsOf("action.openPopup")).toEqual([]);
      expect(await takeIntent(Date.now())).toBeNull();
    },
  );

  it("ticks the toolbar icon where it was filled", async () => {
    await tellSecondCode(outcome("filled"));
    expect(fakeApi.callsOf("action.setBadgeText")).toContainEqual([{ text: "✓" }]);
    expect(fakeApi.callsOf("action.openPopup")).toEqual([]);
  });
});
