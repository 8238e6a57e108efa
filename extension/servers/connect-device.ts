import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { accountKeyOf, parseKit } from "../../shared/identity/recovery-key.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db, type ServerRow } from "../vault/db.ts";
import { checkPassphrase, type UnlockRefusal } from "../vault/unlock.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import { apiOf, ask } from "./api.ts";
import { greet } from "./hello.ts";
import { changeServer, keepServer, keyForServers } from "./keep-server.ts";
import { fetchOwnKeys, type OwnKeys, type OwnKeysRefusal } from "./own-keys.ts";
import { type SignedIn, type SignInRefusal, signIn } from "./sign-in.ts";
import { storedBytes } from "./stored-bytes.ts";
import { openServer, type ServerSecrets, withReplacement } from "./stored-server.ts";

/**
 * "rolled-back": the server showed older keys than this device has seen; "other-than-vault": it is the vault's passphrase,
 * but the person has another at the server.
 */
export type DeviceRefusal =
  | SignInRefusal
  | OwnKeysRefusal
  | UnlockRefusal
  | "other-than-vault"
  | "no-passphrase"
  | "locked"
  | "not-connected"
  | "rolled-back"
  | "kit-not-a-kit"
  | "kit-incomplete"
  | "kit-mistyped"
  | "kit-newer-version";

/**
 * Connects a further device of somebody who is registered: with their e-mail address, the passphrase they registered with,
 * and the kit. Refused, it leaves nothing behind.
 */
export async function connectWithKit(
  wish: {
    readonly origin: string;
    readonly email: string;
    readonly passphrase: string;
    readonly kit: string;
  },
  now: number = Date.now(),
): Promise<Result<{ serverId: string }, DeviceRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const kit = await parseKit(wish.kit);
  if (!kit.ok) return err(`kit-${kit.error === "not-a-kit" ? "not-a-kit" : kit.error}`);
  const server = await greet(wish.origin);
  if (!server.ok) return server;
  const { serverId, staticKey } = server.value;
  const known = await knownAs(key.value, serverId);
  if (known !== null && known.row.staticKey !== staticKey) return err("another-server");
  const email = wish.email.trim();
  const before = known?.secrets?.token ?? null;
  const signedIn = await signIn(wish.origin, server.value, { email, passphrase: wish.passphrase, before });
  if (!signedIn.ok) return signedIn;
  const accountKey = await accountKeyOf(kit.value);
  const own = await openOwn(wish.origin, serverId, signedIn.value, [accountKey], known);
  if (!own.ok) return own;
  const { token, userId, loginId } = signedIn.value;
  await keepServer(
    key.value,
    { id: serverId, origin: wish.origin, staticKey, userId },
    {
      token,
      loginId,
      email,
      connectedAt: known?.secrets?.connectedAt ?? now,
      accountKey: bytesToBase64url(accountKey),
      ...own.value,
      hasVaultPassphrase: (await checkPassphrase(wish.passphrase)).ok,
      uncheckedKit: null,
      invitation: known?.secrets?.invitation ?? null,
    },
  );
  return ok({ serverId });
}

/** Signs in again where this device has been connected before: the passphrase alone is asked for. */
export async function signInAgain(
  serverId: string,
  passphrase: string,
): Promise<Result<void, DeviceRefusal>> {
  const again = await signInWithExportKey(serverId, passphrase);
  return again.ok ? ok(undefined) : again;
}

/** The same. @returns what only this passphrase gives: one half of what the person's own keys are wrapped with */
export async function signInWithExportKey(
  serverId: string,
  passphrase: string,
): Promise<Result<Bytes, DeviceRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const known = await knownAs(key.value, serverId);
  if (known?.secrets == null) return err("not-connected");
  const { row, secrets } = known;
  const isOfVault = await checkPassphrase(passphrase);
  // A mistake that can be told here costs no try at the server.
  if (!isOfVault.ok && secrets.hasVaultPassphrase) return isOfVault;
  const server = await greet(row.origin);
  if (!server.ok) return server;
  if (server.value.serverId !== serverId || server.value.staticKey !== row.staticKey)
    return err("another-server");
  const signedIn = await signIn(row.origin, server.value, {
    email: secrets.email,
    passphrase,
    before: secrets.token,
  });
  if (!signedIn.ok) {
    if (signedIn.error !== "not-recognised" || !isOfVault.ok) return signedIn;
    await changeServer(serverId, (before) => ({ ...before, hasVaultPassphrase: false }));
    return err("other-than-vault");
  }
  const { replacement } = secrets;
  // Where new keys were on their way, it is one or the other that the server has.
  const accountKeys = [secrets.accountKey, ...(replacement ? [replacement.accountKey] : [])].map(storedBytes);
  const own = await openOwn(row.origin, serverId, signedIn.value, accountKeys, known);
  if (!own.ok) return own;
  const { token, loginId, exportKey } = signedIn.value;
  const isReplaced = own.value.bundleKey === replacement?.bundleKey;
  await keepServer(key.value, row, {
    ...(isReplaced ? withReplacement(secrets, replacement) : secrets),
    ...{ token, loginId, ...own.value, hasVaultPassphrase: isOfVault.ok },
  });
  return ok(exportKey);
}

type Known = { readonly row: ServerRow; readonly secrets: ServerSecrets | null };

async function knownAs(key: VaultKey, serverId: string): Promise<Known | null> {
  const row = await db.servers.get(serverId);
  if (row === undefined) return null;
  const secrets = await openServer(key, row);
  return { row, secrets: secrets.ok ? secrets.value : null };
}

/** Opens the person's own keys, or ends the session that nothing can be done with. */
async function openOwn(
  origin: string,
  serverId: string,
  signedIn: SignedIn,
  accountKeys: readonly Bytes[],
  known: Known | null,
): Promise<Result<OwnKeys, DeviceRefusal>> {
  let own: Result<OwnKeys, OwnKeysRefusal> = err("wrong-kit");
  for (const accountKey of accountKeys) {
    own = await fetchOwnKeys(origin, serverId, signedIn, accountKey);
    if (own.ok || own.error !== "wrong-kit") break;
  }
  const isOther = known !== null && known.row.userId !== signedIn.userId;
  const isOlder = own.ok && own.value.bundle.ver < (known?.secrets?.bundle.ver ?? 0);
  if (own.ok && !isOther && !isOlder) return own;
  // As far as it can be done: one that stays behind ends by itself after a week.
  await ask(apiOf(origin, signedIn.token).user.signOut.mutate());
  if (!own.ok) return own;
  return err(isOther ? "another-server" : "rolled-back");
}
