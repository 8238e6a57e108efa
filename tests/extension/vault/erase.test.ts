import { describe, expect, it, vi } from "vitest";
import { browser } from "../../../extension/platform/browser.ts";
import { changePreferences, readPreferences } from "../../../extension/preferences/preferences.ts";
import { addPasskey } from "../../../extension/vault/add-passkey.ts";
import { clockJump } from "../../../extension/vault/clock.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { eraseEverything } from "../../../extension/vault/erase.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { draft } from "./drafts.ts";
import { failWritesFrom } from "./failing-store.ts";
import { fakePasskeys } from "./fake-passkeys.ts";
import { dumpDatabase, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();
const authenticators = fakePasskeys();
const PASSPHRASE = "alice keeps four random words";

async function fill(): Promise<void> {
  await createVaultWithPassphrase(PASSPHRASE);
  await addEntries([draft(1), draft(2)], { now: 1 });
  await changePreferences({ theme: "dark" });
  await clockJump(Date.now());
}

describe("deleting everything", () => {
  it("leaves no row, no key, no alarm and no permission, only how the interface looks", async () => {
    await fill();
    fakeApi.answer("permissions.getAll", () => ({ permissions: [], origins: ["https://example.com/*"] }));
    await eraseEverything();
    for (const table of db.tables) expect(await table.count(), table.name).toBe(0);
    expect(await browser.storage.session.get(null)).toEqual({});
    expect(Object.keys(await browser.storage.local.get(null))).toEqual(["preferences"]);
    expect((await readPreferences()).theme).toBe("dark");
    expect(fakeApi.alarms()).toEqual([]);
    expect(fakeApi.callsOf("permissions.remove")).toEqual([[{ origins: ["https://example.com/*"] }]]);
    expect(await vaultState()).toEqual({ kind: "none" });
  });

  it("tells the browser of every passkey that opens nothing any more, and how many there were", async () => {
    await fill();
    for (const name of ["alice’s finger", "alice’s key"]) {
      const wish = { passphrase: PASSPHRASE, name, onAsking: () => {} };
      const added = await addPasskey(wish, new AbortController().signal);
      expect(added.ok).toBe(true);
    }
    expect(authenticators.forgotten).toEqual([]);
    expect(await eraseEverything()).toEqual({ passkeys: 2 });
    expect(authenticators.forgotten.toSorted()).toEqual(authenticators.made.toSorted());
  });

  it("is done though the browser can't be told of a passkey", async () => {
    await fill();
    await addPasskey(
      { passphrase: PASSPHRASE, name: "key", onAsking: () => {} },
      new AbortController().signal,
    );
    vi.spyOn(PublicKeyCredential, "signalUnknownCredential").mockRejectedValueOnce(Error("not here"));
    expect(await eraseEverything()).toEqual({ passkeys: 1 });
    expect(await vaultState()).toEqual({ kind: "none" });
  });

  it("deletes nothing where the browser refuses", async () => {
    await fill();
    const before = await dumpDatabase();
    const disk = failWritesFrom(2);
    await expect(eraseEverything()).rejects.toThrow();
    disk.stop();
    expect(await dumpDatabase()).toBe(before);
    expect(await vaultState()).toMatchObject({ kind: "unlocked" });
  });
});
