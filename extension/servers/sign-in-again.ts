import { bytesToBase64url } from "../../shared/bytes.ts";
import { accountKeyOf } from "../../shared/identity/recovery-key.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { checkPassphrase } from "../vault/unlock.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import type { DeviceRefusal } from "./connect-device.ts";
import { changeServer, keepServer, keyForServers } from "./keep-server.ts";
import { knownAs, signInKnown } from "./sign-in-known.ts";
import { storedBytes } from "./stored-bytes.ts";
import { readRecoveries, storeRecoveries } from "./stored-recovery.ts";
import { countingPassphrase, type ServerSecrets, withVaultPassphrase } from "./stored-server.ts";
import { readTypedKit } from "./typed-kit.ts";

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
 * @param kit as it was typed, where this device has an older one
 */
export async function signInAgain(
  serverId: string,
  passphrase: string,
  kit: string | null = null,
): Promise<Result<void, SignInAgainRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const typed = kit === null ? null : await readTypedKit(kit);
  if (typed?.ok === false) return typed;
  const known = await knownAs(key.value, serverId);
  if (known?.secrets == null) return err("not-connected");
  const { row, secrets } = known;
  const isOfVault = (await checkPassphrase(passphrase)).ok;
  const kits = typed ? [await kitOf(typed.value, null)] : await ownKits(key.value, serverId, secrets);
  const accountKeys = kits.map(({ accountKey }) => accountKey);
  const again = await signInKnown({ row, secrets }, passphrase, accountKeys);
  if (!again.ok) {
    if (again.error === "wrong-kit" && typed === null) return err("kit-replaced");
    if (again.error !== "not-recognised") return again;
    if (!isOfVault) return err("neither");
    await changeServer(serverId, (before) => ({ ...before, hasVaultPassphrase: false }));
    return err(countingPassphrase(secrets) === "former" ? "former-counts" : "other-than-vault");
  }
  const { signedIn, own, accountKey } = again.value;
  const { token, loginId } = signedIn;
  const uncheckedKit = kits.find((each) => each.accountKey === accountKey)?.uncheckedKit ?? null;
  const after = {
    ...secrets,
    token,
    loginId,
    ...own,
    accountKey: bytesToBase64url(accountKey),
    uncheckedKit,
  };
  await keepServer(
    key.value,
    row,
    isOfVault ? withVaultPassphrase(after) : { ...after, hasVaultPassphrase: false },
  );
  // Had a recovery come about whose answer was lost, its key stands where it belongs now.
  if (bytesToBase64url(accountKey) !== secrets.accountKey) await storeRecoveries(key.value, serverId, []);
  return ok(undefined);
}

/** The account key that this device has, and those of recoveries whose answer it has never heard. */
async function ownKits(key: VaultKey, serverId: string, { accountKey, uncheckedKit }: ServerSecrets) {
  const recoveries = await readRecoveries(key, serverId);
  const own = { accountKey: storedBytes(accountKey), uncheckedKit };
  return [own, ...(await Promise.all(recoveries.map((each) => kitOf(each, bytesToBase64url(each)))))];
}

/** @param uncheckedKit the recovery key itself, where the person has never seen it */
async function kitOf(recoveryKey: Parameters<typeof accountKeyOf>[0], uncheckedKit: string | null) {
  return { accountKey: await accountKeyOf(recoveryKey), uncheckedKit };
}
