import type { Bytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { checkPassphrase } from "../vault/unlock.ts";
import type { DeviceRefusal } from "./connect-device.ts";
import { readAccountKey } from "./connect-text.ts";
import { keyForServers } from "./keep-server.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { keepSignIn, ownKits } from "./own-kits.ts";
import { type ShowFactor, showNoFactor } from "./show-factor.ts";
import { knownAs, signInKnown } from "./sign-in-known.ts";
import { countingPassphrase, withVaultPassphrase } from "./stored-server.ts";

/**
 * "other-than-vault": it is the vault's passphrase, but the server does not take it: another one counts there, or the person
 * has another address by now; "former-counts": the same, and it is one that the vault had before that counts; "neither": it
 * counts at neither of the two; "kit-replaced": the passphrase is right, but
 * the kit that this device was connected with has been replaced, so that the new one is needed.
 */
export type SignInAgainRefusal =
  | DeviceRefusal
  | "other-than-vault"
  | "former-counts"
  | "neither"
  | "kit-replaced";

/**
 * Signs in again where this device has been connected before. The passphrase alone is asked for: that of the server, be it
 * the vault's own or not. A mistake costs a try at the server even where the vault could tell it, because the person may
 * have changed the passphrase on another device, and be right.
 *
 * @param typed.email another address than this device knows, where the person has changed it elsewhere
 * @param typed.kit as it was typed, or the code of another device, where this device has an older one
 * @param typed.isForChange what waits for it wants a strong second factor, where the person has one: so that is asked for at once
 */
export function signInAgain(
  serverId: string,
  passphrase: string,
  typed: { readonly email?: string; readonly kit?: string | null; readonly isForChange?: boolean } = {},
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<void, SignInAgainRefusal>> {
  return withOwnAccess(async () => {
    const proven = await proveAt(serverId, passphrase, { ...typed, showFactor });
    return proven.ok ? ok(undefined) : proven;
  });
}

/**
 * The same where somebody is signed in, before something that the server and the person's keys want the passphrase for. No
 * device can have changed it without ending the session: a mistake that the vault can tell costs no try. To be called with
 * the lock held (own-access-lock.ts).
 *
 * @param how.isForChange what is to be done wants a second factor in this very session, where the person has one
 * @returns `exportKey`: what this passphrase alone gives (SignedIn)
 */
export async function provePassphrase(
  serverId: string,
  passphrase: string,
  how: { readonly isForChange: boolean; readonly showFactor: ShowFactor },
): Promise<Result<{ readonly exportKey: Bytes }, SignInAgainRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const known = await knownAs(key.value, serverId);
  const right = known?.secrets?.hasVaultPassphrase ? await checkPassphrase(passphrase) : null;
  return right?.ok === false ? right : proveAt(serverId, passphrase, how);
}

/** The same, whatever the vault says of the passphrase. */
export async function proveAt(
  serverId: string,
  passphrase: string,
  how: {
    readonly email?: string;
    readonly kit?: string | null;
    readonly isForChange?: boolean;
    readonly showFactor: ShowFactor;
  },
): Promise<Result<{ readonly exportKey: Bytes }, SignInAgainRefusal>> {
  const { email: typedEmail, kit = null, isForChange, showFactor } = how;
  const key = await keyForServers();
  if (!key.ok) return key;
  const typed = kit === null ? null : await readAccountKey(kit);
  if (typed?.ok === false) return typed;
  const known = await knownAs(key.value, serverId);
  if (known?.secrets == null) return err("not-connected");
  const { row, secrets } = known;
  const isOfVault = (await checkPassphrase(passphrase)).ok;
  const typedAddress = typedEmail?.trim() || undefined;
  const kits = typed
    ? [{ accountKey: typed.value.accountKey, uncheckedKit: null }]
    : await ownKits(key.value, row, secrets);
  const accountKeys = kits.map(({ accountKey }) => accountKey);
  const again = await signInKnown({ row, secrets }, passphrase, accountKeys, {
    ...{ typed: typedAddress, isForChange, showFactor },
  });
  if (!again.ok) {
    if (again.error === "wrong-kit" && typed === null) return err("kit-replaced");
    if (again.error !== "not-recognised") return again;
    if (!isOfVault) return err("neither");
    return err(countingPassphrase(secrets) === "former" ? "former-counts" : "other-than-vault");
  }
  await keepSignIn(key.value, serverId, again.value, kits, (before) =>
    isOfVault ? withVaultPassphrase(before) : { ...before, hasVaultPassphrase: false },
  );
  return ok({ exportKey: again.value.signedIn.exportKey });
}
