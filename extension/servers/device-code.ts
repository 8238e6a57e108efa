import { serverPrint } from "../../shared/group/invitation-code.ts";
import { formatDeviceCode } from "../../shared/identity/device-code.ts";
import { err, type Result } from "../../shared/result.ts";
import { db } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { type ShowFactor, showNoFactor } from "./show-factor.ts";
import { provePassphrase, type SignInAgainRefusal } from "./sign-in-again.ts";
import { storedBytes } from "./stored-bytes.ts";
import { openServer } from "./stored-server.ts";

/**
 * What another device of the person is connected with, beside the passphrase, so that nobody has to fetch the kit. Whoever
 * finds this device unlocked gets no code: the server is asked whether the passphrase is right.
 */
export function makeDeviceCode(
  serverId: string,
  passphrase: string,
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<string, SignInAgainRefusal | "too-long">> {
  return withOwnAccess(() => codeAfterProof(serverId, passphrase, showFactor));
}

async function codeAfterProof(
  serverId: string,
  passphrase: string,
  showFactor: ShowFactor,
): Promise<Result<string, SignInAgainRefusal | "too-long">> {
  // It opens the person's own keys, beside the passphrase: whoever has a second factor shows it for that.
  const proven = await provePassphrase(serverId, passphrase, { isForChange: true, showFactor });
  if (!proven.ok) return proven;
  const row = await db.servers.get(serverId);
  if (row === undefined) return err("not-connected");
  const secrets = await openServer(await requireVaultKey(), row);
  if (!secrets.ok) return err("not-connected");
  const { email, accountKey } = secrets.value;
  return formatDeviceCode({
    origin: row.origin,
    server: await serverPrint(serverId, storedBytes(row.staticKey)),
    email,
    accountKey: storedBytes(accountKey),
  });
}
