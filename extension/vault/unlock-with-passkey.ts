import { err, type Result } from "../../shared/result.ts";
import { askForPasskey, type PasskeyPromptRefusal } from "../platform/passkey-prompt.ts";
import { isOfNewerVersion } from "./migrations.ts";
import { passkeySlotId, unwrapWithPasskey } from "./passkey-slot.ts";
import { readPasskeySlots } from "./passkeys.ts";
import { keepOpen } from "./unlock.ts";

/**
 * Why a passkey did not open the vault. "wrong-passkey": it gives another key than when it was added. "corrupt": what
 * it unlocks is damaged. "none": there is no passkey to ask for.
 */
export type PasskeyRefusal = PasskeyPromptRefusal | "wrong-passkey" | "corrupt" | "newer-version" | "none";

/**
 * Has the browser ask for one of the passkeys, and opens the vault with it for every page and the worker until its
 * deadline, as the passphrase does. A refusal changes nothing.
 *
 * @param signal takes the browser's question away again: "cancelled"
 */
export async function unlockWithPasskey(signal: AbortSignal): Promise<Result<void, PasskeyRefusal>> {
  const asked = await readPasskeySlots();
  if (asked === null || asked.slots.length === 0) return err("none");
  if (isOfNewerVersion(asked.vault)) return err("newer-version");
  const readable = asked.slots.flatMap(({ slot }) => (slot.ok ? [slot.value] : []));
  const unreadable = asked.slots.flatMap(({ slot }) => (slot.ok ? [] : [slot.error]));
  if (readable.length === 0) return err(unreadable[0] ?? "corrupt");
  const answer = await askForPasskey(readable, signal);
  if (!answer.ok) return answer;
  if (signal.aborted) return err("cancelled");
  // The person may have taken minutes: what counts is what the database says now.
  const current = await readPasskeySlots();
  const id = passkeySlotId(answer.value.credentialId);
  const slot = current?.slots.find((each) => each.id === id)?.slot;
  if (!current || !slot?.ok) return err("wrong-passkey");
  const vaultKey = await unwrapWithPasskey(slot.value, current.vault, answer.value.secret);
  if (!vaultKey.ok) return vaultKey;
  return keepOpen({ vaultKey: vaultKey.value, vault: current.vault }, Date.now());
}
