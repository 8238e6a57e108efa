import { expect } from "vitest";
import { type AddPasskeyRefusal, addPasskey } from "../../../extension/vault/add-passkey.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import type { Passkey } from "../../../extension/vault/passkeys.ts";
import { createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { ok, type Result } from "../../../shared/result.ts";
import { draft } from "./drafts.ts";
import type { FakePasskeys } from "./fake-passkeys.ts";
import { keepStored } from "./fresh-vault.ts";

export const PASSPHRASE = "correct horse battery staple";
export const DONE = ok(undefined);
/** A question that nobody takes away. */
export const never = () => new AbortController().signal;

/** Vaults with a passphrase and passkeys of that device. Each kind is made once and put back for the tests that follow. */
export function passkeyVaults(device: FakePasskeys) {
  const vaults = new Map<string, { readonly made: string[]; readonly putBack: () => Promise<void> }>();

  function add(name: string, passphrase = PASSPHRASE): Promise<Result<void, AddPasskeyRefusal>> {
    return addPasskey({ passphrase, name, onAsking: () => {} }, never(), device.made.length);
  }

  /** A locked vault with one entry and a passkey of each name. */
  async function startLocked(...names: string[]): Promise<Passkey["id"][]> {
    const known = vaults.get(names.join());
    if (known) {
      await known.putBack();
      device.made.push(...known.made);
    } else {
      await createVaultWithPassphrase(PASSPHRASE);
      await addEntries([draft(1)], { now: 1 });
      for (const name of names) expect(await add(name)).toEqual(DONE);
      await lock("by-hand", 5);
      vaults.set(names.join(), { made: [...device.made], putBack: await keepStored() });
    }
    device.questions = 0;
    return device.made.map((id) => `passkey/${id}` as const);
  }

  return { startLocked };
}
