import { bytesToBase64url } from "../../shared/bytes.ts";
import { accountKeyOf, newRecoveryKey } from "../../shared/identity/recovery-key.ts";
import { newDek } from "../../shared/identity/wrap.ts";
import { changeServer } from "./keep-server.ts";
import type { ServerSecrets } from "./stored-server.ts";

/** Secrets in which a kit is pending. */
export type WithPendingKit = ServerSecrets & {
  readonly pendingKit: NonNullable<ServerSecrets["pendingKit"]>;
};

/**
 * Stores a new kit before the server is asked to take it: whoever asks and never hears the answer may have it all the same.
 * It stays pending until the server shows something that was encrypted with it; asking again is asking for the same kit, so
 * that it does not matter which of the requests got through.
 *
 * @returns what is stored then; null where the server is not known
 */
export async function beginKit(serverId: string): Promise<WithPendingKit | null> {
  const recoveryKey = newRecoveryKey();
  const fresh = {
    recoveryKey: bytesToBase64url(recoveryKey),
    accountKey: bytesToBase64url(await accountKeyOf(recoveryKey)),
    bundleKey: bytesToBase64url(newDek()),
  };
  const stored: WithPendingKit[] = [];
  await changeServer(serverId, (secrets) => {
    // Two pages that ask at once ask for the same one.
    const next = { ...secrets, pendingKit: secrets.pendingKit ?? fresh };
    stored.push(next);
    return next;
  });
  return stored[0] ?? null;
}

/** What the latest bundle at the server may be encrypted under, base64url. */
export function bundleKeysOf({ bundleKey, pendingKit, replacement }: ServerSecrets): string[] {
  return [bundleKey, pendingKit?.bundleKey, replacement?.bundleKey].filter((each) => each !== undefined);
}

/**
 * What is to be stored once a bundle was opened: where it was encrypted with the pending kit, that is the person's kit, to be
 * printed and typed back, and the former one is forgotten.
 */
export function withKitInUse(secrets: ServerSecrets): ServerSecrets {
  const { pendingKit, ...others } = secrets;
  if (pendingKit?.bundleKey !== secrets.bundleKey) return secrets;
  return { ...others, accountKey: pendingKit.accountKey, uncheckedKit: pendingKit.recoveryKey };
}
