import { err, ok, type Result } from "../../shared/result.ts";
import {
  askForPasskey,
  forgetPasskey,
  makePasskey,
  type NewPasskey,
  type PasskeyPromptRefusal,
  passkeyRpId,
} from "../platform/passkey-prompt.ts";
import { db } from "./db.ts";
import {
  type PasskeySlot,
  readPasskeySlot,
  sealPasskeyName,
  unwrapWithPasskey,
  wrapUnderPasskey,
} from "./passkey-slot.ts";
import { readPasskeySlots } from "./passkeys.ts";
import { type OpenedVault, openWithPassphrase, type UnlockRefusal } from "./unlock.ts";
import { importVaultKey } from "./vault-key.ts";
import { withVaultLock } from "./vault-lock.ts";

/**
 * Why no passkey was added; nothing was written. "already-here": this device or password manager has one for this vault.
 * "no-prf", "not-proved": a passkey was made, but it gives no key, or did not open the new slot when it was tried; the
 * browser has been told that it is of no use.
 */
export type AddPasskeyRefusal =
  | UnlockRefusal
  | PasskeyPromptRefusal
  | "no-passphrase"
  | "already-here"
  | "no-prf"
  | "not-proved";

/**
 * Adds a passkey that opens the vault beside its passphrase: asks the passphrase first, has the person make a passkey,
 * wraps the vault key under what the passkey gives, and opens that again, before anything is written. Throws where the
 * database takes nothing.
 *
 * @param wish.onAsking the passphrase was right, and the browser's question comes
 */
export async function addPasskey(
  wish: { readonly passphrase: string; readonly name: string; readonly onAsking: () => void },
  signal: AbortSignal,
  now: number = Date.now(),
): Promise<Result<void, AddPasskeyRefusal>> {
  const opened = await openWithPassphrase(wish.passphrase);
  if (!opened.ok) return opened;
  wish.onAsking();
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const others = ((await readPasskeySlots())?.slots ?? []).flatMap(({ slot }) =>
    slot.ok ? [slot.value] : [],
  );
  const made = await makePasskey({ name: wish.name, salt, others }, signal);
  if (!made.ok) return made;
  const slot = await makeSlot(opened.value, made.value, { salt, name: wish.name, madeAt: now }, signal);
  if (slot === null || signal.aborted) {
    await forgetPasskey(made.value.credentialId);
    return err(slot === null ? "not-proved" : "cancelled");
  }
  try {
    await writeSlot(opened.value, slot);
  } catch (error) {
    await forgetPasskey(made.value.credentialId);
    throw error;
  }
  return ok(undefined);
}

/** @returns null where the passkey gave no key, or another one when it was asked again */
async function makeSlot(
  { vaultKey, vault }: OpenedVault,
  { credentialId, transports, secret: given }: NewPasskey,
  { salt, name, madeAt }: { salt: PasskeySlot["salt"]; name: string; madeAt: number },
  signal: AbortSignal,
): Promise<PasskeySlot | null> {
  const header = { credentialId, salt, rpId: passkeyRpId(), transports: [...transports], madeAt };
  const secret = given ?? (await askAgain({ credentialId, transports, salt }, signal));
  if (secret === null) return null;
  const key = await importVaultKey(vaultKey, vault);
  const slot = {
    ...(await wrapUnderPasskey(vaultKey, vault, header, secret)),
    sealedName: await sealPasskeyName(key, credentialId, name),
  };
  // As it will be read from the database.
  const read = readPasskeySlot(structuredClone(slot), vault);
  const reopened = read.ok ? await unwrapWithPasskey(read.value, vault, secret) : read;
  return reopened.ok ? slot : null;
}

async function askAgain(
  question: Omit<NewPasskey, "secret"> & { readonly salt: PasskeySlot["salt"] },
  signal: AbortSignal,
): Promise<PasskeySlot["salt"] | null> {
  const answer = await askForPasskey([question], signal);
  return answer.ok ? answer.value.secret : null;
}

async function writeSlot({ vault }: OpenedVault, slot: PasskeySlot): Promise<void> {
  await withVaultLock(() =>
    db.transaction("rw", [db.vault, db.slots], async () => {
      const [current, passphrase] = await Promise.all([db.vault.get("vault"), db.slots.get("passphrase")]);
      // Nothing gives a vault with a passphrase another key, or takes its passphrase away: asking took a while, though.
      if (current?.keyId !== vault.keyId || passphrase === undefined) throw Error("the vault has changed");
      await db.slots.put(slot);
    }),
  );
}
