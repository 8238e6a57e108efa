import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { accountKeyOf } from "../../shared/identity/recovery-key.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { checkPassphrase } from "../vault/unlock.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import type { DeviceRefusal } from "./connect-device.ts";
import { readAccountKey } from "./connect-text.ts";
import { changeServer, keyForServers } from "./keep-server.ts";
import { pendingAccountKey, withKitInUse } from "./pending-kit.ts";
import { knownAs, signInKnown } from "./sign-in-known.ts";
import { storedBytes } from "./stored-bytes.ts";
import { readRecoveries, storeRecoveries } from "./stored-recovery.ts";
import {
  countingPassphrase,
  type ServerSecrets,
  withReplacement,
  withVaultPassphrase,
} from "./stored-server.ts";

/**
 * "other-than-vault": it is the vault's passphrase, but another one counts at the server; "former-counts": the same, and it
 * is one that the vault had before; "neither": it counts at neither of the two; "kit-replaced": the passphrase is right, but
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
 */
export async function signInAgain(
  serverId: string,
  passphrase: string,
  typed: { readonly email?: string; readonly kit?: string | null } = {},
): Promise<Result<void, SignInAgainRefusal>> {
  const proven = await prove(serverId, passphrase, typed);
  return proven.ok ? ok(undefined) : proven;
}

/**
 * The same where somebody is signed in, before something that the server and the person's keys want the passphrase for. No
 * device can have changed it without ending the session: a mistake that the vault can tell costs no try.
 *
 * @returns `exportKey`: what this passphrase alone gives (SignedIn)
 */
export async function provePassphrase(
  serverId: string,
  passphrase: string,
): Promise<Result<{ readonly exportKey: Bytes }, SignInAgainRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const known = await knownAs(key.value, serverId);
  const right = known?.secrets?.hasVaultPassphrase ? await checkPassphrase(passphrase) : null;
  return right?.ok === false ? right : prove(serverId, passphrase, {});
}

async function prove(
  serverId: string,
  passphrase: string,
  { email: typedEmail, kit = null }: { readonly email?: string; readonly kit?: string | null },
): Promise<Result<{ readonly exportKey: Bytes }, SignInAgainRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const typed = kit === null ? null : await readAccountKey(kit);
  if (typed?.ok === false) return typed;
  const known = await knownAs(key.value, serverId);
  if (known?.secrets == null) return err("not-connected");
  const { row, secrets } = known;
  const isOfVault = (await checkPassphrase(passphrase)).ok;
  const email = typedEmail?.trim() || secrets.email;
  const kits = typed
    ? [{ accountKey: typed.value.accountKey, uncheckedKit: null }]
    : await ownKits(key.value, serverId, secrets);
  const accountKeys = kits.map(({ accountKey }) => accountKey);
  const again = await signInKnown({ row, secrets }, passphrase, accountKeys, email);
  if (!again.ok) {
    if (again.error === "wrong-kit" && typed === null) return err("kit-replaced");
    if (again.error !== "not-recognised") return again;
    if (!isOfVault) return err("neither");
    // Not with an address that may be mistyped.
    if (email === secrets.email)
      await changeServer(serverId, (before) => ({ ...before, hasVaultPassphrase: false }));
    return err(countingPassphrase(secrets) === "former" ? "former-counts" : "other-than-vault");
  }
  const { signedIn, own, accountKey } = again.value;
  const { token, loginId, exportKey } = signedIn;
  const uncheckedKit = kits.find((each) => each.accountKey === accountKey)?.uncheckedKit ?? null;
  // From what is stored now: another page may have begun something in between.
  await changeServer(serverId, (before) => {
    const { replacement } = before;
    const isReplaced = own.bundleKey === replacement?.bundleKey;
    const isBehind = before.bundle.ver > own.bundle.ver;
    const kept = isReplaced ? withReplacement(before, replacement) : before;
    const isSameKit = typed === null && bytesToBase64url(accountKey) === before.accountKey;
    const keys = {
      ...own,
      accountKey: bytesToBase64url(accountKey),
      uncheckedKit: isSameKit ? before.uncheckedKit : uncheckedKit,
    };
    const after = { ...kept, token, loginId, email, ...(isBehind ? {} : keys) };
    return withKitInUse(isOfVault ? withVaultPassphrase(after) : { ...after, hasVaultPassphrase: false });
  });
  // Had a recovery come about whose answer was lost, its key stands where it belongs now.
  if (bytesToBase64url(accountKey) !== secrets.accountKey) await storeRecoveries(key.value, serverId, []);
  return ok({ exportKey });
}

/** The account key that this device has, and those of recoveries whose answer it has never heard. */
async function ownKits(key: VaultKey, serverId: string, secrets: ServerSecrets) {
  const { accountKey, uncheckedKit } = secrets;
  const recoveries = await readRecoveries(key, serverId);
  const own = { accountKey: storedBytes(accountKey), uncheckedKit };
  // Where new keys, or a new kit, were on their way: it is one or the other that the server has.
  const replaced = secrets.replacement && {
    accountKey: storedBytes(secrets.replacement.accountKey),
    uncheckedKit: secrets.replacement.recoveryKey,
  };
  const pending = pendingAccountKey(secrets).map((each) => ({ accountKey: each, uncheckedKit }));
  return [
    own,
    ...pending,
    ...(replaced ? [replaced] : []),
    ...(await Promise.all(recoveries.map((each) => kitOf(each, bytesToBase64url(each))))),
  ];
}

/** @param uncheckedKit the recovery key itself, where the person has never seen it */
async function kitOf(recoveryKey: Parameters<typeof accountKeyOf>[0], uncheckedKit: string | null) {
  return { accountKey: await accountKeyOf(recoveryKey), uncheckedKit };
}
