import { describe, expect, it } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { readIndex } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import {
  type Passkey,
  removePasskey,
  renamePasskey,
  watchPasskeys,
} from "../../../extension/vault/passkeys.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import {
  changePassphrase,
  createVault,
  setFirstPassphrase,
  unlock,
} from "../../../extension/vault/unlock.ts";
import { unlockWithPasskey } from "../../../extension/vault/unlock-with-passkey.ts";
import { browser } from "../../support/fake-extension-api.ts";
import { fakePasskeys } from "./fake-passkeys.ts";
import { dumpDatabase, startWithoutVault } from "./fresh-vault.ts";
import { DONE, never, PASSPHRASE, passkeyVaults } from "./passkey-vaults.ts";

startWithoutVault();
const device = fakePasskeys();
const { startLocked } = passkeyVaults(device);

function refuse(refusal: string): void {
  device.answer = () => ({ refusal });
}

async function everything(): Promise<unknown[]> {
  return [await dumpDatabase(), browser.storage.session.dump(), browser.storage.local.dump()];
}

function listed(): Promise<readonly Passkey[]> {
  return new Promise((resolve) => {
    const stop = watchPasskeys((passkeys) => {
      stop();
      resolve(passkeys);
    });
  });
}

describe("unlocking with a passkey", () => {
  it("opens the vault with either of two, and says in the state that there are some", async () => {
    await startLocked("finger", "key");
    expect(await vaultState()).toEqual({ kind: "locked", reason: "by-hand", lockedAt: 5, hasPasskey: true });
    for (const which of [0, 1]) {
      device.answer = (allowed) => {
        expect([...allowed].sort()).toEqual([...device.made].sort());
        return device.made[which] ?? "";
      };
      expect(await unlockWithPasskey(never())).toEqual(DONE);
      expect(await vaultState()).toMatchObject({ kind: "unlocked", protection: "passphrase" });
      expect(await readIndex()).toHaveLength(1);
      await lock("by-hand", 5);
    }
  });

  it("keeps the vault open until the same deadline as the passphrase does", async () => {
    await startLocked("finger");
    await unlockWithPasskey(never());
    const timer = JSON.parse(browser.storage.session.dump()["vault-deadline"] ?? "{}");
    expect(timer.deadline - timer.seenAt).toBe(15 * 60_000);
  });

  it.each([
    ["a person who says no", () => refuse("NotAllowedError"), "cancelled"],
    ["a device that breaks off", () => refuse("UnknownError"), "failed"],
    [
      "a device that gives no secret",
      () => {
        device.prf = "none";
      },
      "not-supported",
    ],
    [
      "a device that gives another secret",
      () => {
        device.seed = "another";
      },
      "wrong-passkey",
    ],
  ] as const)("changes nothing for %s", async (_, happen, error) => {
    await startLocked("finger");
    const before = await everything();
    happen();
    expect(await unlockWithPasskey(never())).toEqual({ ok: false, error });
    expect(await everything()).toEqual(before);
  });

  it.each([
    ["is damaged where it opens", { sealed: new Uint8Array(60) }, "corrupt"],
    ["has a swapped header field", { madeAt: 77 }, "corrupt"],
    ["is no slot at all", { salt: "text" }, "corrupt"],
    ["a later version wrote", { version: 2 }, "newer-version"],
  ])(
    "says of a slot that %s what it is, and the passphrase still opens the vault",
    async (_, patch, error) => {
      const [id = "passkey/"] = await startLocked("finger");
      await db.slots.update(id, patch as never);
      expect(await unlockWithPasskey(never())).toEqual({ ok: false, error });
      expect(await unlock(PASSPHRASE)).toEqual(DONE);
    },
  );

  it("asks for the others where one slot is damaged", async () => {
    const [first = "passkey/", second] = await startLocked("finger", "key");
    await db.slots.update(first, { salt: "text" } as never);
    device.answer = (allowed) => {
      expect(allowed.map((id) => `passkey/${id}`)).toEqual([second]);
      return allowed[0] ?? "";
    };
    expect(await unlockWithPasskey(never())).toEqual(DONE);
  });

  it("asks nobody where there is no passkey", async () => {
    await startLocked();
    expect(await unlockWithPasskey(never())).toEqual({ ok: false, error: "none" });
    expect(device.questions).toBe(0);
    expect(await vaultState()).toMatchObject({ hasPasskey: false });
  });

  it("does not open with a passkey that was removed while the browser asked", async () => {
    const [id = "passkey/"] = await startLocked("finger");
    device.answer = (allowed) => {
      void db.slots.delete(id);
      return allowed[0] ?? "";
    };
    expect(await unlockWithPasskey(never())).toEqual({ ok: false, error: "wrong-passkey" });
    expect(await vaultState()).toMatchObject({ kind: "locked" });
  });

  it("opens nothing any more once the question was taken away", async () => {
    await startLocked("finger");
    const stop = new AbortController();
    device.answer = (allowed) => {
      stop.abort();
      return allowed[0] ?? "";
    };
    expect(await unlockWithPasskey(stop.signal)).toEqual({ ok: false, error: "cancelled" });
    expect(await vaultState()).toMatchObject({ kind: "locked" });
  });

  it("leaves a vault alone that a later extension has migrated", async () => {
    await startLocked("finger");
    await db.vault.update("vault", { contentsVersion: 99 });
    expect(await unlockWithPasskey(never())).toEqual({ ok: false, error: "newer-version" });
    expect(device.questions).toBe(0);
  });

  it("still works where the passphrase's slot is lost", async () => {
    await startLocked("finger");
    await db.slots.delete("passphrase");
    expect(await vaultState()).toMatchObject({ kind: "locked", hasPasskey: true });
    expect(await unlock(PASSPHRASE)).toEqual({ ok: false, error: "corrupt" });
    expect(await unlockWithPasskey(never())).toEqual(DONE);
    expect(await readIndex()).toHaveLength(1);
  });
});

describe("the passkeys of a vault", () => {
  it("are listed by age with their names, which stand nowhere in clear", async () => {
    await startLocked("alice’s finger", "bob’s key");
    expect(await dumpDatabase()).not.toContain("finger");
    await unlock(PASSPHRASE);
    expect(await listed()).toEqual(
      device.made.map((id, at) => ({
        id: `passkey/${id}`,
        madeAt: at,
        name: ["alice’s finger", "bob’s key"][at],
      })),
    );
  });

  it("can be renamed without asking the device, and open the vault as before", async () => {
    const [id = "passkey/"] = await startLocked("finger");
    await expect(renamePasskey(id, "thumb")).rejects.toThrow("locked");
    await unlock(PASSPHRASE);
    expect(await renamePasskey(id, "thumb")).toEqual(DONE);
    expect((await listed()).map(({ name }) => name)).toEqual(["thumb"]);
    await lock("by-hand");
    expect(await unlockWithPasskey(never())).toEqual(DONE);
    await removePasskey(id);
    expect(await renamePasskey(id, "again")).toEqual({ ok: false, error: "not-found" });
    expect(await listed()).toEqual([]);
  });

  it("are removed one by one, and the browser is told", async () => {
    const [first = "passkey/", second] = await startLocked("finger", "key");
    await removePasskey(first);
    expect(device.forgotten.map((id) => `passkey/${id}`)).toEqual([first]);
    device.answer = (allowed) => {
      expect(allowed.map((id) => `passkey/${id}`)).toEqual([second]);
      return allowed[0] ?? "";
    };
    expect(await unlockWithPasskey(never())).toEqual(DONE);
    expect(await vaultState()).toMatchObject({ kind: "unlocked" });
  });

  it("are kept when the passphrase is changed", async () => {
    await startLocked("finger");
    expect(await changePassphrase(PASSPHRASE, "the next one")).toEqual(DONE);
    expect(await unlockWithPasskey(never())).toEqual(DONE);
    await lock("by-hand");
    expect(await unlock("the next one")).toEqual(DONE);
  });

  it("are shown where they are damaged, so that they can be removed", async () => {
    const [first = "passkey/", second = "passkey/"] = await startLocked("finger", "key");
    await unlock(PASSPHRASE);
    await db.slots.update(first, { salt: "text" } as never);
    await db.slots.update(second, { sealedName: new Uint8Array(40) } as never);
    expect(await listed()).toEqual([
      { id: first, madeAt: null, name: null },
      { id: second, madeAt: 1, name: null },
    ]);
  });

  it("do not outlive the vault key: the first passphrase clears every slot there was", async () => {
    const [id = "passkey/"] = await startLocked("finger");
    const stray = await db.slots.get(id);
    await Promise.all(db.tables.map((table) => table.clear()));
    await createVault();
    await setFirstPassphrase(PASSPHRASE);
    if (stray) await db.slots.put(stray);
    await lock("by-hand");
    // A slot of another vault, put into this one, opens nothing.
    expect(await unlockWithPasskey(never())).toEqual({ ok: false, error: "corrupt" });
  });
});
