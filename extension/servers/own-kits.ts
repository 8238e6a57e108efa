import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { accountKeyOf } from "../../shared/identity/recovery-key.ts";
import type { ServerRow } from "../vault/db.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import { changeServer } from "./keep-server.ts";
import { withKitInUse } from "./pending-kit.ts";
import { deviceToken } from "./sign-in.ts";
import type { KnownSignIn } from "./sign-in-known.ts";
import { storedBytes } from "./stored-bytes.ts";
import { type ServerSecrets, withEmail, withReplacement } from "./stored-server.ts";
import { changeUnheardKits, readUnheardKits, stillUnheard, unheardOf } from "./unheard-kits.ts";

/** A kit by what this device keeps of it. */
export type OwnKit = {
  readonly accountKey: Bytes;
  /** The recovery key itself, base64url, where the person has not shown yet that they have it on paper. */
  readonly uncheckedKit: string | null;
};

/**
 * Every kit that this device knows of a server, one of which counts there: the one in use, and those that were on their way
 * when an answer was lost. Tried in this order wherever somebody signs in without typing one.
 */
export async function ownKits(
  key: VaultKey,
  { id: serverId, userId }: ServerRow,
  secrets: ServerSecrets,
): Promise<readonly OwnKit[]> {
  const { accountKey, uncheckedKit, pendingKit, replacement } = secrets;
  const unheard = unheardOf(await readUnheardKits(key, serverId), userId);
  return [
    { accountKey: storedBytes(accountKey), uncheckedKit },
    ...[pendingKit, replacement].flatMap((kit) =>
      kit === undefined ? [] : [{ accountKey: storedBytes(kit.accountKey), uncheckedKit: kit.recoveryKey }],
    ),
    ...(await Promise.all(unheard.map(({ recoveryKey }) => kitOf(recoveryKey)))),
  ];
}

async function kitOf(recoveryKey: string): Promise<OwnKit> {
  return { accountKey: await accountKeyOf(storedBytes(recoveryKey)), uncheckedKit: recoveryKey };
}

/**
 * Keeps what a sign-in has come to: session, address, and which kit it is that counts.
 *
 * @param kits those that were tried. @param withPassphrase what becomes known of the passphrase by it
 */
export async function keepSignIn(
  key: VaultKey,
  serverId: string,
  proven: KnownSignIn,
  kits: readonly OwnKit[],
  withPassphrase: (secrets: ServerSecrets) => ServerSecrets,
): Promise<void> {
  const { signedIn, own, email } = proven;
  const { token, loginId } = signedIn;
  const accountKey = bytesToBase64url(proven.accountKey);
  const kit = kits.find((each) => each.accountKey === proven.accountKey);
  // From what is stored now: another page may have begun something in between.
  await changeServer(serverId, (before) => {
    const { replacement } = before;
    const isReplaced = own.bundleKey === replacement?.bundleKey;
    const isBehind = before.bundle.ver > own.bundle.ver;
    const kept = isReplaced && !isBehind ? withReplacement(before, replacement) : before;
    const isKnown = accountKey === before.accountKey;
    const uncheckedKit = isKnown ? before.uncheckedKit : (kit?.uncheckedKit ?? null);
    const after = { ...withEmail(kept, email), ...deviceToken(signedIn, before), token, loginId };
    return withKitInUse(withPassphrase(isBehind ? after : { ...after, ...own, accountKey, uncheckedKit }));
  });
  const heard = { userId: signedIn.userId, recoveryKey: kit?.uncheckedKit ?? null, ver: own.bundle.ver };
  await changeUnheardKits(key, serverId, (unheard) => stillUnheard(unheard, heard));
}
