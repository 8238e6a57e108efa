import { afterEach, describe, expect, it, vi } from "vitest";
import { ForbiddenByPolicyError } from "../../../extension/policy/forbidden.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, readEntry, readIndex, watchIndex } from "../../../extension/vault/entries.ts";
import { LOCK_ALARM, lock, renewLockAlarm } from "../../../extension/vault/lock.ts";
import { lockMinutesChoices } from "../../../extension/vault/lock-minutes.ts";
import { readOpening } from "../../../extension/vault/opening.ts";
import { unlockedKey } from "../../../extension/vault/session-key.ts";
import { changeSettings, readSettings } from "../../../extension/vault/settings.ts";
import { type VaultState, vaultState, watchVaultState } from "../../../extension/vault/state.ts";
import {
  createVault,
  createVaultWithPassphrase,
  setFirstPassphrase,
} from "../../../extension/vault/unlock.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";
import { draft } from "./drafts.ts";
import { dumpDatabase, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const PASSPHRASE = "correct horse battery staple";
const MINUTE = 60_000;
const START = Date.parse("2026-03-01T12:00:00Z");

afterEach(() => void vi.useRealTimers());

describe("where the organisation wants a passphrase", () => {
  it("no vault is made without one", async () => {
    await fakeApi.manage({ passphraseRequired: true });
    await expect(createVault()).rejects.toThrow(ForbiddenByPolicyError);
    expect(await vaultState()).toEqual({ kind: "none" });
    await createVaultWithPassphrase(PASSPHRASE);
    expect(await vaultState()).toMatchObject({ kind: "unlocked", protection: "passphrase" });
  });

  it("a vault without one neither shows nor takes anything, and is as it was once that is taken back", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const before = await dumpDatabase();
    await fakeApi.manage({ passphraseRequired: true });
    expect(await vaultState()).toEqual({ kind: "passphrase-due" });
    expect(await readOpening()).toMatchObject({ state: { kind: "passphrase-due" }, rows: [] });
    expect(await readEntry(id)).toEqual({ ok: false, error: "locked" });
    await expect(readIndex()).rejects.toThrow("locked");
    await expect(addEntries([draft(2)], { now: 1 })).rejects.toThrow("locked");
    expect(await dumpDatabase()).toBe(before);
    await fakeApi.manage({});
    expect((await readEntry(id)).ok).toBe(true);
  });

  it("setting one opens it again, with everything in it", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const entry = await readEntry(id);
    await fakeApi.manage({ passphraseRequired: true });
    await setFirstPassphrase(PASSPHRASE);
    expect(await vaultState()).toMatchObject({ kind: "unlocked", protection: "passphrase" });
    expect(await readEntry(id)).toEqual(entry);
  });

  it("a page that is open hears of it at once, and gets no rows any more", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    const states: VaultState["kind"][] = [];
    const failures: string[] = [];
    const stops = [
      watchVaultState(({ kind }) => states.push(kind)),
      watchIndex(
        () => {},
        () => failures.push("failed"),
      ),
    ];
    await vi.waitFor(() => expect(states).toEqual(["unlocked"]));
    await fakeApi.manage({ passphraseRequired: true });
    await vi.waitFor(() => expect(states).toEqual(["unlocked", "passphrase-due"]));
    await setFirstPassphrase(PASSPHRASE);
    await vi.waitFor(() => expect(states.at(-1)).toBe("unlocked"));
    expect(failures).toEqual([]);
    for (const stop of stops) stop();
  });
});

describe("the longest time until the vault locks", () => {
  async function startUnlocked(lockMinutes: number | null): Promise<void> {
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    await createVaultWithPassphrase(PASSPHRASE);
    await changeSettings({ lockMinutes }, START);
  }

  it.each([
    [null, [1, 5, 15, 30, 60, 240, null]],
    [60, [1, 5, 15, 30, 60]],
    [20, [1, 5, 15, 20]],
    [1, [1]],
    [1440, [1, 5, 15, 30, 60, 240, 1440]],
  ])("of %s minutes leaves the choices %j", (longest, choices) => {
    expect(lockMinutesChoices(longest)).toEqual(choices);
  });

  it("stands in for a longer choice, and the choice is back when nobody limits it any more", async () => {
    await startUnlocked(null);
    await fakeApi.manage({ longestAutoLockMinutes: 10 });
    expect(await readSettings()).toEqual({ lockMinutes: 10 });
    await fakeApi.manage({ longestAutoLockMinutes: 2 });
    expect(await readSettings()).toEqual({ lockMinutes: 2 });
    await fakeApi.manage({});
    expect(await readSettings()).toEqual({ lockMinutes: null });
  });

  it("leaves a shorter choice alone", async () => {
    await startUnlocked(5);
    await fakeApi.manage({ longestAutoLockMinutes: 10 });
    expect(await readSettings()).toEqual({ lockMinutes: 5 });
    expect(await vaultState()).toMatchObject({ lockAt: START + 5 * MINUTE });
  });

  it("holds for a vault that was unlocked for longer, though nothing has moved its deadline", async () => {
    await startUnlocked(null);
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await fakeApi.manage({ longestAutoLockMinutes: 10 });
    expect(await vaultState()).toMatchObject({ kind: "unlocked", lockAt: START + 10 * MINUTE });
    vi.setSystemTime(START + 10 * MINUTE - 1);
    expect((await readEntry(id)).ok).toBe(true);
    vi.setSystemTime(START + 10 * MINUTE);
    expect(await readEntry(id)).toEqual({ ok: false, error: "locked" });
    expect(await unlockedKey.get()).toBeNull();
  });

  it("has the alarm ring when it is over, and locks at once where it already is", async () => {
    await startUnlocked(null);
    await fakeApi.manage({ longestAutoLockMinutes: 10 });
    await renewLockAlarm(START + MINUTE);
    expect(fakeApi.alarms()).toMatchObject([{ name: LOCK_ALARM, scheduledTime: START + 10 * MINUTE }]);
    await fakeApi.manage({});
    await renewLockAlarm(START + MINUTE);
    expect(fakeApi.alarms()).toEqual([]);
    await fakeApi.manage({ longestAutoLockMinutes: 1 });
    await renewLockAlarm(START + MINUTE);
    expect(await vaultState()).toMatchObject({ kind: "locked", reason: "idle-timeout" });
  });
});

describe("a browser that has just started and does not say yet what the organisation wants", () => {
  it("keeps nobody waiting who is only to be told that there is nothing, or that it is locked", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    await lock("by-hand", 5);
    const answer = vi.spyOn(browser.storage.managed, "get").mockReturnValue(new Promise(() => {}));
    // Forgets what was asked before.
    await fakeApi.manage({});
    expect(await vaultState()).toMatchObject({ kind: "locked", reason: "by-hand" });
    expect((await readOpening()).state.kind).toBe("locked");
    await Promise.all(db.tables.map((table) => table.clear()));
    expect((await readOpening()).state).toEqual({ kind: "none" });
    expect(answer).toHaveBeenCalled();
    answer.mockRestore();
  });
});
