import type { ListedFactor } from "../../shared/mfa/answers.ts";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import { type IndexRow, readIndex } from "../vault/entries.ts";
import { fingerprintOf } from "../vault/fingerprint.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { watchServers } from "./connection.ts";
import { changeServer, readKept } from "./keep-server.ts";
import type { ServerSecrets } from "./stored-server.ts";

/** What this device knows by itself of the second factors that were set up on it. */

/**
 * Remembers which secret an authenticator has that was set up here, so that it can be told later whether this vault has it.
 * Throws VaultLockedError.
 */
export async function rememberAuthenticator(
  serverId: string,
  factorId: string,
  draft: EntryDraft,
): Promise<void> {
  const { fingerprints } = await requireVaultKey();
  const fingerprint = await fingerprintOf(fingerprints, draft);
  if (fingerprint === null) return;
  await changeServer(serverId, (secrets) => ({
    ...secrets,
    authenticators: [
      ...(secrets.authenticators ?? []).filter((each) => each.factorId !== factorId),
      { factorId, fingerprint, isElsewhere: false },
    ],
  }));
}

/**
 * The same where this device is still being connected to the server: as soon as it is. Until the page is closed; a help for
 * later, and whoever is not told of it has lost nothing.
 */
export function rememberOnceConnected(serverId: string, factorId: string, draft: EntryDraft): void {
  const stop = watchServers((servers) => {
    if (!servers.some(({ id }) => id === serverId)) return;
    stop();
    void rememberAuthenticator(serverId, factorId, draft).catch(() => {});
  });
}

/**
 * The accounts of this vault that are an authenticator which was set up here: their ids, those in the trash left out. Throws
 * VaultLockedError.
 */
export async function accountsOf(serverId: string, factorId: string): Promise<readonly string[]> {
  const kept = await readKept(serverId);
  const all = (kept.ok && kept.value.secrets.authenticators) || [];
  const own = all.find((each) => each.factorId === factorId);
  if (own === undefined) return [];
  const rows = await readIndex();
  return rows
    .filter((row) => row.deletedAt === null && row.fingerprint === own.fingerprint)
    .map(({ id }) => id);
}

/** The person says that another device has them too. Throws VaultLockedError. */
export function sayElsewhere(serverId: string): Promise<void> {
  return changeServer(serverId, (secrets) => ({
    ...secrets,
    authenticators: (secrets.authenticators ?? []).map((each) => ({ ...each, isElsewhere: true })),
  }));
}

/** What was done about second factors up to then was seen. Throws VaultLockedError. */
export function saySeen(serverId: string, until: number): Promise<void> {
  return changeServer(serverId, (secrets) => ({
    ...secrets,
    factorsSeenAt: Math.max(until, secrets.factorsSeenAt ?? 0),
  }));
}

/** No offer to set up a second factor any more, until the server wants one. Throws VaultLockedError. */
export function putOff(serverId: string): Promise<void> {
  return changeServer(serverId, (secrets) => ({ ...secrets, isFactorPutOff: true }));
}

/**
 * Whether the only way in beside the passphrase is an authenticator that lies in this vault, as far as this device knows: who
 * loses it can't sign in on another one. Throws VaultLockedError.
 */
export async function isLockedIn(
  secrets: Pick<ServerSecrets, "authenticators">,
  factors: readonly ListedFactor[],
): Promise<boolean> {
  if ((secrets.authenticators ?? []).length === 0) return false;
  return isInVaultAlone(secrets, factors, await readIndex());
}

/** The same of rows that were read. Weak factors don't change it: what they let somebody do is not enough to mend it. */
export function isInVaultAlone(
  { authenticators = [] }: Pick<ServerSecrets, "authenticators">,
  factors: readonly ListedFactor[],
  rows: readonly Pick<IndexRow, "fingerprint" | "deletedAt">[],
): boolean {
  const strong = factors.filter(({ status, strength }) => status === "verified" && strength === "strong");
  // Recovery codes are on paper.
  if (strong.length === 0 || strong.some(({ isSpare }) => isSpare)) return false;
  const here = new Set(rows.filter(({ deletedAt }) => deletedAt === null).map((row) => row.fingerprint));
  return strong.every(({ id }) =>
    authenticators.some(
      ({ factorId, fingerprint, isElsewhere }) => factorId === id && !isElsewhere && here.has(fingerprint),
    ),
  );
}
