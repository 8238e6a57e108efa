import type { Bytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db, type ServerRow } from "../vault/db.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import { apiOf, ask } from "./api.ts";
import { greet } from "./hello.ts";
import { fetchOwnKeys, type OwnKeys, type OwnKeysRefusal } from "./own-keys.ts";
import { sessionApi } from "./session-api.ts";
import type { ShowFactor } from "./show-factor.ts";
import { type SignedIn, type SignInRefusal, signIn } from "./sign-in.ts";
import { openServer, type ServerSecrets } from "./stored-server.ts";

/** "rolled-back": the server showed older keys than this device has seen. */
export type KnownSignInRefusal = SignInRefusal | OwnKeysRefusal | "rolled-back";

/** A server as this device has it; no secrets where they can't be read. */
export type Known = { readonly row: ServerRow; readonly secrets: ServerSecrets | null };

/** What a sign-in comes to: a session, the person's own keys, and the account key that has opened them. */
export type KnownSignIn = {
  /** The address that was taken. */
  readonly email: string;
  readonly signedIn: SignedIn;
  readonly own: OwnKeys;
  readonly accountKey: Bytes;
};

export async function knownAs(key: VaultKey, serverId: string): Promise<Known | null> {
  const row = await db.servers.get(serverId);
  if (row === undefined) return null;
  const secrets = await openServer(key, row);
  return { row, secrets: secrets.ok ? secrets.value : null };
}

/**
 * Signs in at a server that this device is connected to, if it is still the one that was pinned, and opens the person's own
 * keys. Stores nothing; where the keys can't be opened the new session is ended again.
 *
 * @param accountKeys to be tried, one after the other
 * @param how.typed the address as somebody has typed it. Where it is none but the one that this device knows, the person may
 *   have another one by now, without this device having heard of it: see ownAddresses
 * @param how.isForChange as for signIn
 */
export async function signInKnown(
  known: { readonly row: ServerRow; readonly secrets: ServerSecrets },
  passphrase: string,
  accountKeys: readonly Bytes[],
  how: {
    readonly typed?: string | undefined;
    readonly isForChange?: boolean | undefined;
    readonly showFactor: ShowFactor;
  },
): Promise<Result<KnownSignIn, KnownSignInRefusal>> {
  const { row, secrets } = known;
  const { typed = secrets.email, isForChange = false, showFactor } = how;
  const server = await greet(row.origin);
  if (!server.ok) return server;
  if (server.value.serverId !== row.id || server.value.staticKey !== row.staticKey)
    return err("another-server");
  const { token: before, device } = secrets;
  const emails = typed === secrets.email ? await ownAddresses(known) : [typed];
  for (const email of emails) {
    const who = { email, passphrase, before, device, isForChange };
    const signedIn = await signIn(row.origin, server.value, who, showFactor);
    if (signedIn.ok) return openOwn(row.origin, row.id, { ...signedIn.value, email }, accountKeys, known);
    if (signedIn.error !== "not-recognised") return signedIn;
  }
  return err("not-recognised");
}

/**
 * The addresses that the person may have at the server: the one that it says in a session; where there is none, or it does not
 * say, the one that this device knows, and another one that was on its way when an answer was lost. Asked before the
 * passphrase is, so that a right one is not taken for a wrong one.
 */
async function ownAddresses({ row, secrets }: { row: ServerRow; secrets: ServerSecrets }): Promise<string[]> {
  const { token, email, pendingEmail } = secrets;
  const self = token === null ? null : await ask(sessionApi(row.id, row.origin, token).user.self.query());
  if (self?.ok && self.value.userId === row.userId) return [self.value.email];
  return pendingEmail === undefined ? [email] : [email, pendingEmail];
}

/** Opens the person's own keys, or ends the session that nothing can be done with. */
export async function openOwn(
  origin: string,
  serverId: string,
  { email, ...signedIn }: SignedIn & { readonly email: string },
  accountKeys: readonly Bytes[],
  known: Known | null,
): Promise<Result<KnownSignIn, KnownSignInRefusal>> {
  const opened = await fetchOwnKeys(origin, serverId, signedIn, accountKeys);
  const outcome = opened.ok ? ofKnown(known, { email, signedIn, ...opened.value }) : opened;
  // As far as it can be done: one that stays behind ends by itself after a week.
  if (!outcome.ok) await ask(apiOf(origin, signedIn.token).user.signOut.mutate());
  return outcome;
}

function ofKnown(known: Known | null, opened: KnownSignIn): Result<KnownSignIn, KnownSignInRefusal> {
  const why = whyNotTheirs(known, opened.signedIn.userId, opened.own.bundle.ver);
  return why === null ? ok(opened) : err(why);
}

/** Why keys that were opened are not those of the person whom this device knows; null where they are. */
export function whyNotTheirs(
  known: Known | null,
  userId: string,
  ver: number,
): "another-server" | "rolled-back" | null {
  if (known === null) return null;
  if (known.row.userId !== userId) return "another-server";
  const isOlder = ver < (known.secrets?.bundle.ver ?? 0);
  return isOlder ? "rolled-back" : null;
}
