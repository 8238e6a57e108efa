import { bytesToBase64url } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { checkPassphrase, type UnlockRefusal } from "../vault/unlock.ts";
import { type ConnectTextRefusal, readAccountKey } from "./connect-text.ts";
import { greet, greetServerOf } from "./hello.ts";
import { keepServer, keyForServers } from "./keep-server.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { type ShowFactor, showNoFactor } from "./show-factor.ts";
import { deviceToken, signIn } from "./sign-in.ts";
import { type KnownSignInRefusal, knownAs, openOwn } from "./sign-in-known.ts";
import { changeUnheardKits, stillUnheard } from "./unheard-kits.ts";

/** Why a device was not connected, or is not signed in again. */
export type DeviceRefusal =
  | KnownSignInRefusal
  | ConnectTextRefusal
  | UnlockRefusal
  | "no-passphrase"
  | "locked"
  | "busy"
  | "not-connected";

/**
 * Connects a further device of somebody who is registered: with their e-mail address, the passphrase they registered with,
 * and the kit, or the code that another device of theirs shows. Refused, it leaves nothing behind.
 */
export function connectWithKit(
  wish: Wish,
  now: number = Date.now(),
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<{ serverId: string }, DeviceRefusal>> {
  return withOwnAccess(() => connect(wish, now, showFactor));
}

type Wish = {
  readonly origin: string;
  readonly email: string;
  readonly passphrase: string;
  readonly kit: string;
};

async function connect(
  wish: Wish,
  now: number,
  showFactor: ShowFactor,
): Promise<Result<{ serverId: string }, DeviceRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const given = await readAccountKey(wish.kit);
  if (!given.ok) return given;
  const { accountKey, server: print } = given.value;
  const { origin } = wish;
  const server = await (print === null ? greet(origin) : greetServerOf({ origin, server: print }));
  if (!server.ok) return server;
  const { serverId, staticKey } = server.value;
  const known = await knownAs(key.value, serverId);
  if (known !== null && known.row.staticKey !== staticKey) return err("another-server");
  const email = wish.email.trim();
  const before = known?.secrets?.token ?? null;
  const who = { email, passphrase: wish.passphrase, before, device: known?.secrets?.device };
  const signedIn = await signIn(wish.origin, server.value, who, showFactor);
  if (!signedIn.ok) return signedIn;
  const opened = await openOwn(wish.origin, serverId, { ...signedIn.value, email }, [accountKey], known);
  if (!opened.ok) return opened;
  const { own } = opened.value;
  const { token, userId, loginId } = signedIn.value;
  const hasVaultPassphrase = (await checkPassphrase(wish.passphrase)).ok;
  const ownKey = bytesToBase64url(accountKey);
  await keepServer(key.value, { id: serverId, origin: wish.origin, staticKey, userId }, (before) => ({
    ...deviceToken(signedIn.value, before),
    token,
    loginId,
    email,
    connectedAt: before?.connectedAt ?? now,
    accountKey: ownKey,
    ...own,
    hasVaultPassphrase,
    // Whoever comes by another device's code has not shown that they have the kit.
    uncheckedKit: before?.accountKey === ownKey && print !== null ? before.uncheckedKit : null,
    invitation: before?.invitation ?? null,
  }));
  const heard = { userId, recoveryKey: null, ver: own.bundle.ver };
  await changeUnheardKits(key.value, serverId, (unheard) => stillUnheard(unheard, heard));
  return ok({ serverId });
}
