import { describe, expect, it, vi } from "vitest";
import { type AddPasskeyRefusal, addPasskey } from "../../../extension/vault/add-passkey.ts";
import { db } from "../../../extension/vault/db.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { createVault, createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { unlockWithPasskey } from "../../../extension/vault/unlock-with-passkey.ts";
import { ok, type Result } from "../../../shared/result.ts";
import { browser } from "../../support/fake-extension-api.ts";
import { fakePasskeys } from "./fake-passkeys.ts";
import { dumpDatabase, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();
const device = fakePasskeys();

const PASSPHRASE = "correct horse battery staple";
const DONE = ok(undefined);
const never = () => new AbortController().signal;

function add(name: string, passphrase = PASSPHRASE): Promise<Result<void, AddPasskeyRefusal>> {
  return addPasskey({ passphrase, name, onAsking: () => {} }, never());
}

function refuse(refusal: string): void {
  device.answer = () => ({ refusal });
}

async function everything(): Promise<unknown[]> {
  return [await dumpDatabase(), browser.storage.session.dump(), browser.storage.local.dump()];
}

describe("adding a passkey", () => {
  it("asks the device again where making one gives no secret yet", async () => {
    device.prf = "when-asked";
    await createVaultWithPassphrase(PASSPHRASE);
    expect(await add("key")).toEqual(DONE);
    await lock("by-hand");
    expect(device.questions).toBe(2);
    expect(await unlockWithPasskey(never())).toEqual(DONE);
  });

  it.each([
    ["a wrong passphrase", () => {}, "wrong", "wrong-passphrase", 0],
    ["no", () => refuse("NotAllowedError"), PASSPHRASE, "cancelled", 1],
    ["a second one on one device", () => refuse("InvalidStateError"), PASSPHRASE, "already-here", 1],
    ["a device without user verification", () => refuse("ConstraintError"), PASSPHRASE, "not-supported", 1],
    [
      "a device that gives no secret",
      () => {
        device.prf = "none";
      },
      PASSPHRASE,
      "no-prf",
      1,
    ],
  ] as const)("writes nothing for %s", async (_, happen, passphrase, error, questions) => {
    await createVaultWithPassphrase(PASSPHRASE);
    const before = await everything();
    happen();
    expect(await add("finger", passphrase)).toEqual({ ok: false, error });
    expect(await everything()).toEqual(before);
    expect(device.questions).toBe(questions);
    expect(device.forgotten).toEqual(error === "no-prf" ? device.made : []);
  });

  it("writes nothing where the passkey does not answer when it is tried, and has the browser forget it", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    const before = await everything();
    device.prf = "when-asked";
    device.answer = (allowed) => (allowed[0] === "new" ? "new" : { refusal: "NotAllowedError" });
    expect(await add("key")).toEqual({ ok: false, error: "not-proved" });
    expect(await everything()).toEqual(before);
    expect(device.forgotten).toEqual(device.made);
    expect(device.made).toHaveLength(1);
  });

  it("leaves no passkey behind that the database did not take", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    const before = await everything();
    const put = vi.spyOn(Object.getPrototypeOf(db.slots), "put").mockImplementation(() => {
      throw Error("the disk is full");
    });
    await expect(add("finger")).rejects.toThrow("full");
    put.mockRestore();
    expect(await everything()).toEqual(before);
    expect(device.forgotten).toEqual(device.made);
  });

  it("is for a vault with a passphrase only", async () => {
    await createVault();
    expect(await add("finger")).toEqual({ ok: false, error: "no-passphrase" });
    expect(device.questions).toBe(0);
  });
});
