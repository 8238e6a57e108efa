import { afterEach, describe, expect, it, vi } from "vitest";
import { addEntries, readEntry, readIndex } from "../../../extension/vault/entries.ts";
import { LOCK_ALARM, lock, lockIfDue, touch } from "../../../extension/vault/lock.ts";
import { lockDeadline, unlockedKey } from "../../../extension/vault/session-key.ts";
import { changeSettings, DEFAULT_SETTINGS, readSettings } from "../../../extension/vault/settings.ts";
import { type VaultState, vaultState, watchVaultState } from "../../../extension/vault/state.ts";
import {
  createVault,
  createVaultWithPassphrase,
  setFirstPassphrase,
  unlock,
} from "../../../extension/vault/unlock.ts";
import { fakeApi, resetFakeApi } from "../../support/fake-extension-api.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const PASSPHRASE = "correct horse battery staple";
const MINUTE = 60_000;
const START = Date.parse("2026-03-01T12:00:00Z");

afterEach(() => void vi.useRealTimers());

/** Only the clock stands still; timers and promises run. */
async function startUnlocked(): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: START });
  await createVaultWithPassphrase(PASSPHRASE);
}

describe("the lock deadline", () => {
  it("is a quarter of an hour after unlocking, with an alarm to wake the worker", async () => {
    await startUnlocked();
    expect(await vaultState()).toEqual({
      kind: "unlocked",
      protection: "passphrase",
      lockAt: START + 15 * MINUTE,
    });
    expect(fakeApi.alarms()).toMatchObject([{ name: LOCK_ALARM, scheduledTime: START + 15 * MINUTE }]);
  });

  it("holds for who reads the key, though no alarm ever rang", async () => {
    await startUnlocked();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    vi.setSystemTime(START + 15 * MINUTE - 1);
    expect((await readEntry(id)).ok).toBe(true);
    vi.setSystemTime(START + 15 * MINUTE);
    expect(await readEntry(id)).toEqual({ ok: false, error: "locked" });
    expect(await unlockedKey.get()).toBeNull();
    vi.setSystemTime(START);
    expect(await readEntry(id)).toEqual({ ok: false, error: "locked" });
  });

  it("says since when the vault is locked, not when that was noticed", async () => {
    await startUnlocked();
    expect(await vaultState(START + 600 * MINUTE)).toEqual({
      kind: "locked",
      reason: "idle-timeout",
      lockedAt: START + 15 * MINUTE,
      hasPasskey: false,
    });
    expect(fakeApi.alarms()).toEqual([]);
  });

  it("moves when the person does something, and not once it has passed", async () => {
    await startUnlocked();
    await touch(START + 10 * MINUTE);
    expect((await lockDeadline.get())?.deadline).toBe(START + 25 * MINUTE);
    expect(fakeApi.alarms()).toMatchObject([{ scheduledTime: START + 25 * MINUTE }]);
    await touch(START + 25 * MINUTE);
    expect(await vaultState(START + 25 * MINUTE)).toMatchObject({ kind: "locked" });
  });

  it("can't bring a key back that was forgotten meanwhile", async () => {
    await startUnlocked();
    await Promise.all([touch(START + MINUTE), lock("by-hand", START + MINUTE), touch(START + 2 * MINUTE)]);
    expect(await unlockedKey.get()).toBeNull();
    expect(await vaultState(START + 2 * MINUTE)).toMatchObject({ kind: "locked", reason: "by-hand" });
  });

  it("locks when the clock was moved back, but not for a second's correction", async () => {
    await startUnlocked();
    expect(await lockIfDue(START - 30_000)).toBe(false);
    expect(await lockIfDue(START - 61_000)).toBe(true);
    expect(await vaultState(START - 61_000)).toEqual({
      kind: "locked",
      reason: "clock-moved",
      lockedAt: START - 61_000,
      hasPasskey: false,
    });
  });

  it("that is missing locks", async () => {
    await startUnlocked();
    await lockDeadline.remove();
    expect(await lockIfDue(START)).toBe(true);
  });

  it("follows the chosen time at once, and there may be none", async () => {
    await startUnlocked();
    expect(await readSettings()).toEqual(DEFAULT_SETTINGS);
    await changeSettings({ lockMinutes: 1 }, START);
    expect(await vaultState(START + MINUTE - 1)).toMatchObject({ lockAt: START + MINUTE });
    await changeSettings({ lockMinutes: null }, START);
    expect(await readSettings()).toEqual({ lockMinutes: null });
    expect(fakeApi.alarms()).toEqual([]);
    expect(await vaultState(START + 10_000 * MINUTE)).toMatchObject({ kind: "unlocked", lockAt: null });
    await expect(changeSettings({ lockMinutes: 0 })).rejects.toThrow();
  });
});

describe("a locked vault", () => {
  it("says why, and a restart of the browser is one of the reasons", async () => {
    await startUnlocked();
    await lock("screen-locked", START + 7);
    expect(await vaultState()).toEqual({
      kind: "locked",
      reason: "screen-locked",
      lockedAt: START + 7,
      hasPasskey: false,
    });
    await lock("by-hand", START + 9);
    expect(await vaultState()).toMatchObject({ reason: "screen-locked" });
    await unlock(PASSPHRASE);
    // What a restart leaves: the disk, and nothing in the session.
    resetFakeApi();
    expect(await vaultState()).toEqual({
      kind: "locked",
      reason: "restart",
      lockedAt: null,
      hasPasskey: false,
    });
    await expect(readIndex()).rejects.toThrow("locked");
  });
});

describe("who watches the vault", () => {
  it("hears of the first vault, the first passphrase, locking and unlocking, once each, and never of a lock between", async () => {
    const told: string[] = [];
    const stop = watchVaultState((state) => told.push(brief(state)));
    await vi.waitFor(() => expect(told).toEqual(["none"]));
    await createVault();
    await vi.waitFor(() => expect(told.at(-1)).toBe("unlocked device"));
    await setFirstPassphrase(PASSPHRASE);
    await vi.waitFor(() => expect(told.at(-1)).toBe("unlocked passphrase"));
    await lock("by-hand");
    await vi.waitFor(() => expect(told.at(-1)).toBe("locked by-hand"));
    await unlock(PASSPHRASE);
    await vi.waitFor(() => expect(told.at(-1)).toBe("unlocked passphrase"));
    stop();
    await lock("by-hand");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toEqual([
      "none",
      "unlocked device",
      "unlocked passphrase",
      "locked by-hand",
      "unlocked passphrase",
    ]);
  });

  it("hears of the deadline when it comes, without any alarm", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    const told: string[] = [];
    const stop = watchVaultState((state) => told.push(brief(state)));
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await lockDeadline.set({ seenAt: Date.now(), deadline: Date.now() + 200 });
    await vi.waitFor(() => expect(told.at(-1)).toBe("locked idle-timeout"), 2000);
    stop();
  });
});

function brief(state: VaultState): string {
  if (state.kind === "locked") return `locked ${state.reason}`;
  return state.kind === "unlocked" ? `unlocked ${state.protection}` : "none";
}
