import { err, ok, type Result } from "../../shared/result.ts";
import { db, type ServerRow } from "../vault/db.ts";
import { changePassphrase, checkPassphrase, type UnlockRefusal } from "../vault/unlock.ts";
import { openVaultKey, type VaultKey } from "../vault/vault-key.ts";
import { bringPassphrase, type PassphraseRefusal } from "./change-passphrase.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { type ShowFactor, showNoFactor } from "./show-factor.ts";
import { proveAt, type SignInAgainRefusal } from "./sign-in-again.ts";
import { countingPassphrase, openServer, sealServer, withVaultPassphrase } from "./stored-server.ts";

/**
 * What became of the passphrase at a server. "changed": that of the vault counts there; "other": another one counts there,
 * as before, because it was never the vault's; else why the former one may still count there.
 */
export type PassphraseOutcome = "changed" | "other" | "damaged" | PassphraseRefusal;

export type ServerOutcome = {
  readonly serverId: string;
  readonly origin: string;
  readonly outcome: PassphraseOutcome;
};

/**
 * Changes the passphrase of the vault, and then that of each server where it counts too.
 *
 * The vault comes first, and in the same transaction each server is marked: there the former one still counts. Only a
 * server that has said yes loses the mark. So whatever ends in between, the person gets in everywhere with one of two
 * passphrases that they have just typed, and this device knows, and says, which one that is where.
 *
 * @param ways.onServer told before each server is asked
 * @returns "wrong-passphrase" and the like: nothing is changed anywhere
 */
export function changePassphraseEverywhere(
  passphrases: { readonly old: string; readonly next: string },
  ways: {
    readonly now?: number;
    readonly onServer?: (origin: string) => void;
    readonly showFactor?: ShowFactor;
  } = {},
): Promise<Result<readonly ServerOutcome[], UnlockRefusal | "locked" | "busy">> {
  const { now = Date.now(), onServer = () => {}, showFactor = showNoFactor } = ways;
  return withOwnAccess(() => changeAll(passphrases, { now, onServer, showFactor, at: null }));
}

/** @param at where the new one counts already: this vault takes the passphrase of that server */
async function changeAll(
  { old, next }: { readonly old: string; readonly next: string },
  ways: {
    readonly now: number;
    readonly at: string | null;
    readonly onServer: (origin: string) => void;
    readonly showFactor: ShowFactor;
  },
): Promise<Result<readonly ServerOutcome[], UnlockRefusal | "locked">> {
  const { now, at, onServer, showFactor } = ways;
  // What is known of a server is under the vault key, whichever passphrase opens that.
  const key = await openVaultKey();
  if (!key.ok) return err("locked");
  const changed = await changePassphrase(old, next, () => markServers(key.value, now, at));
  if (!changed.ok) return changed;
  const outcomes: ServerOutcome[] = [];
  for (const row of await db.servers.toArray()) {
    const secrets = await openServer(key.value, row);
    const counting = secrets.ok ? countingPassphrase(secrets.value) : "damaged";
    if (counting === "vault") {
      outcomes.push({ serverId: row.id, origin: row.origin, outcome: "changed" });
    } else if (counting !== "former") {
      outcomes.push({ serverId: row.id, origin: row.origin, outcome: counting });
    } else {
      onServer(row.origin);
      // The vault is changed: whatever breaks here is said of this server alone.
      const brought = await bringPassphrase(row.id, { former: old, next }, showFactor).catch(() =>
        err("failed" as const),
      );
      const outcome = brought.ok ? "changed" : brought.error;
      outcomes.push({ serverId: row.id, origin: row.origin, outcome });
    }
  }
  return ok(outcomes);
}

/**
 * Takes the passphrase of the vault for a server too, where a former or another one counts.
 *
 * @param passphrases.vault is checked before the server is asked
 */
export function takeVaultsPassphrase(
  serverId: string,
  passphrases: { readonly atServer: string; readonly vault: string },
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<void, PassphraseRefusal | UnlockRefusal>> {
  return withOwnAccess(async (): Promise<Result<void, PassphraseRefusal | UnlockRefusal>> => {
    const right = await checkPassphrase(passphrases.vault);
    if (!right.ok) return right;
    const { atServer: former, vault: next } = passphrases;
    return bringPassphrase(serverId, { former, next }, showFactor);
  });
}

/** The other way round: the passphrase of a server becomes the vault's, and goes from there to the other servers. */
export function takeServersPassphrase(
  serverId: string,
  { atServer, vault }: { readonly atServer: string; readonly vault: string },
  showFactor: ShowFactor = showNoFactor,
  now: number = Date.now(),
): Promise<Result<readonly ServerOutcome[], SignInAgainRefusal | UnlockRefusal>> {
  return withOwnAccess(async () => {
    const right = await checkPassphrase(vault);
    if (!right.ok) return right;
    // A typing mistake must not become the vault's passphrase.
    const proven = await proveAt(serverId, atServer, { showFactor });
    if (!proven.ok) return proven;
    return changeAll({ old: vault, next: atServer }, { now, at: serverId, onServer: () => {}, showFactor });
  });
}

/** The rows of the servers where the vault's passphrase counts, saying that it is the former one now. */
async function markServers(key: VaultKey, now: number, at: string | null): Promise<ServerRow[]> {
  const marked: ServerRow[] = [];
  for (const row of await db.servers.toArray()) {
    const secrets = await openServer(key, row);
    if (!secrets.ok) continue;
    const isOfVault = countingPassphrase(secrets.value) === "vault";
    if (row.id === at) marked.push(await sealServer(key, row, withVaultPassphrase(secrets.value)));
    else if (isOfVault)
      marked.push(
        await sealServer(key, row, { ...secrets.value, hasVaultPassphrase: false, formerUntil: now }),
      );
  }
  return marked;
}
