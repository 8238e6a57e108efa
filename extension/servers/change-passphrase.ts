import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importSigningKey, sign } from "../../shared/crypto/signature.ts";
import { type Bundle, sealBundle } from "../../shared/identity/bundle.ts";
import { passwordChangeContext } from "../../shared/identity/proofs.ts";
import { passwordKek, wrapDek } from "../../shared/identity/wrap.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ServerRow } from "../vault/db.ts";
import { ask } from "./api.ts";
import { isSaidNo } from "./api-failure.ts";
import { type BundleRefusal, refreshBundle, secretsOf } from "./bundle.ts";
import { changeServer, keyForServers } from "./keep-server.ts";
import { BadOpaqueMessage, withOpaque } from "./opaque-in-worker.ts";
import { keepSignIn, ownKits } from "./own-kits.ts";
import { sessionApi } from "./session-api.ts";
import { signOut } from "./sessions.ts";
import type { ShowFactor } from "./show-factor.ts";
import type { SignedIn } from "./sign-in.ts";
import { type KnownSignInRefusal, knownAs, signInKnown } from "./sign-in-known.ts";
import { storedBytes } from "./stored-bytes.ts";
import { withBundle, withVaultPassphrase } from "./stored-server.ts";

/**
 * Why the passphrase at a server is the one that it was. "not-recognised": neither the former nor the new one counts there,
 * with the address that this device knows; "passphrase-unknown": the last answer never came, so that either may count: doing
 * it again finds out. After any other the former one counts.
 */
export type PassphraseRefusal =
  | KnownSignInRefusal
  | BundleRefusal
  | "no-passphrase"
  | "locked"
  | "busy"
  | "kit-replaced"
  | "passphrase-unknown";

/** Another device may be quicker so many times in a row. */
const MAX_ATTEMPTS = 4;

/**
 * Puts the vault's passphrase in the place of the one that counts at a server, where that is another. Signs in with the
 * former one first: neither a stolen session nor an unlocked device is enough. May end at any line and be done again; the
 * bundle's key stays, since no device has the kit that it is wrapped for as well (docs/decisions/0016). To be called with the
 * lock held (own-access-lock.ts).
 *
 * @param passphrases.next has to be that of the vault: the caller has asked for it
 */
export async function bringPassphrase(
  serverId: string,
  passphrases: { readonly former: string; readonly next: string },
  showFactor: ShowFactor,
): Promise<Result<void, PassphraseRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const known = await knownAs(key.value, serverId);
  if (known?.secrets == null) return err("not-connected");
  const { row, secrets } = known;
  const kits = await ownKits(key.value, row, secrets);
  const accountKeys = kits.map(({ accountKey }) => accountKey);
  const signIn = (passphrase: string) =>
    signInKnown({ row, secrets }, passphrase, accountKeys, { isForChange: true, showFactor });
  const former = await signIn(passphrases.former);
  // An attempt whose answer never came, or another device: then there is nothing left to change.
  const isDone = !former.ok && former.error === "not-recognised";
  const again = isDone ? await signIn(passphrases.next) : former;
  if (!again.ok) return again.error === "wrong-kit" ? err("kit-replaced") : again;
  // At once: the session that this device had has ended with it.
  await keepSignIn(key.value, serverId, again.value, kits, (before) =>
    isDone ? withVaultPassphrase(before) : before,
  );
  if (!isDone) {
    const changed = await replacePassword(row, again.value.signedIn, passphrases.next);
    if (!changed.ok) return changed;
    await changeServer(serverId, (before) => withBundle(withVaultPassphrase(before), changed.value));
  }
  // Whoever had signed out stays so.
  if (secrets.token === null) await signOut(serverId);
  return ok(undefined);
}

/** @returns the bundle that stands at the server with it */
async function replacePassword(
  row: ServerRow,
  signedIn: SignedIn,
  next: string,
): Promise<Result<Bundle, PassphraseRefusal>> {
  const api = sessionApi(row.id, row.origin, signedIn.token);
  const owner = { serverId: row.id, userId: row.userId };
  try {
    return await withOpaque("registration", next, async ({ request, finish }) => {
      const started = await ask(api.user.startPasswordChange.mutate({ request }));
      if (!started.ok) return started;
      const { loginId, response } = started.value;
      if (loginId !== signedIn.loginId) return err("another-server");
      const finished = await finish(response, { client: loginId, server: row.id });
      if (finished === null || finished.staticKey !== row.staticKey) return err("another-server");
      const exportKey = storedBytes(finished.exportKey);
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        // Each time as it is stored by then: a new kit that was on its way has another key of the bundle, and another half.
        const known = await secretsOf(row.id);
        if (known === null) return err("signed-out");
        const { bundle, bundleKey, accountKey } = known.secrets;
        const kek = await passwordKek({ exportKey, accountKey: storedBytes(accountKey) }, owner);
        const keys = { owner, dek: storedBytes(bundleKey), record: finished.message, kek };
        const change = await changeOf(bundle, keys);
        if (!change.ok) return change;
        const sent = await ask(api.user.finishPasswordChange.mutate(change.value.said));
        if (sent.ok) return ok(change.value.bundle);
        if (!isSaidNo(sent.error)) return err("passphrase-unknown");
        if (typeof sent.error !== "object" || sent.error.refused !== "conflict") return sent;
        const refreshed = await refreshBundle(row.id);
        if (!refreshed.ok) return refreshed;
      }
      return err("failed");
    });
  } catch (error) {
    if (error instanceof BadOpaqueMessage) return err("not-a-server");
    throw error;
  }
}

/** What is sent: the same bundle as the next one, the same key of it wrapped for the new passphrase, and the proof. */
async function changeOf(
  before: Bundle,
  keys: {
    readonly owner: { readonly serverId: string; readonly userId: string };
    readonly dek: Bytes;
    readonly record: string;
    readonly kek: Awaited<ReturnType<typeof passwordKek>>;
  },
) {
  const { owner, dek, record, kek } = keys;
  const bundle = { ...before, ver: before.ver + 1 };
  const sealed = await sealBundle(dek, owner.serverId, bundle);
  if (!sealed.ok) return sealed;
  const signing = await importSigningKey(storedBytes(bundle.signingSeed));
  const proof = await sign(signing, await passwordChangeContext(owner.userId, { record, ver: bundle.ver }));
  return ok({
    bundle,
    said: {
      record,
      wrappedByPassword: bytesToBase64url(await wrapDek(kek, dek)),
      bundle: bytesToBase64url(sealed.value),
      ver: bundle.ver,
      proof: bytesToBase64url(proof),
    },
  });
}
