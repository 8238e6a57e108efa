import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importPrivateKey } from "../../shared/crypto/private-key.ts";
import { importSigningKey, sign } from "../../shared/crypto/signature.ts";
import { type Bundle, MOST_FORMER_KEYS, sealBundle, withFormerKeys } from "../../shared/identity/bundle.ts";
import { newKeysContext } from "../../shared/identity/proofs.ts";
import { accountKeyOf, newRecoveryKey, recoverySigningKeyOf } from "../../shared/identity/recovery-key.ts";
import { kitKek, newDek, passwordKek, wrapDek } from "../../shared/identity/wrap.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "./api.ts";
import { isSaidNo } from "./api-failure.ts";
import { refreshBundle, secretsOf } from "./bundle.ts";
import { readServers } from "./connection.ts";
import { changeServer } from "./keep-server.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { sessionApi } from "./session-api.ts";
import { forgetReplacement, settleReplacement } from "./settle-replacement.ts";
import { type ShowFactor, showNoFactor } from "./show-factor.ts";
import { provePassphrase, type SignInAgainRefusal } from "./sign-in-again.ts";
import { storedBytes } from "./stored-bytes.ts";
import type { Replacement, ServerSecrets } from "./stored-server.ts";

/**
 * "unfinished": groups still know keys from before the last ones, and so many can't be kept; "too-long": the bundle has no
 * room for them; "keys-unknown": no answer came, and it is not known whether the server has taken the new keys: this device
 * keeps both, and finds out (settleReplacement).
 */
export type ReplaceRefusal = SignInAgainRefusal | "unfinished" | "too-long" | "keys-unknown";

/** Another device may change the bundle at the same moment. */
const MAX_ATTEMPTS = 3;

/**
 * Puts new keys of this person in the place of theirs at a server: with a new kit, and a bundle under a new key, because
 * whoever has the present ones may have what those are encrypted under. Their other devices are signed out, and come back
 * with the new kit. The present keys stay in the bundle as former ones, for the groups that know the person by them.
 * May end at any line and be done again.
 *
 * @param groups each with the last link that was verified here
 */
export function replaceOwnKeys(
  serverId: string,
  passphrase: string,
  groups: Bundle["groups"],
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<void, ReplaceRefusal>> {
  return withOwnAccess(() => replaceKeys(serverId, passphrase, groups, showFactor));
}

async function replaceKeys(
  serverId: string,
  passphrase: string,
  groups: Bundle["groups"],
  showFactor: ShowFactor,
): Promise<Result<void, ReplaceRefusal>> {
  const begun = (await readServers()).find(({ id }) => id === serverId)?.secrets?.replacement;
  const proven = await provePassphrase(serverId, passphrase, { isForChange: true, showFactor });
  if (!proven.ok) return proven;
  const { exportKey } = proven.value;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    // What was sent before and never answered for is what is asked for now.
    if ((await settleReplacement(serverId)) === "taken") return ok(undefined);
    const known = await secretsOf(serverId);
    if (known === null) return err("not-connected");
    const { origin, userId, secrets } = known;
    if (begun?.bundleKey === secrets.bundleKey) return ok(undefined);
    const made = await begunOrNew(secrets, { serverId, userId, exportKey, groups });
    if (!made.ok) return made;
    const replacement = made.value;
    await changeServer(serverId, (before) => ({ ...before, replacement }));
    const sent = await ask(
      sessionApi(serverId, origin, secrets.token).user.replaceKeys.mutate(replacement.request),
    );
    // It may have done what it was asked, or do so yet.
    if (!sent.ok && !isSaidNo(sent.error)) return err("keys-unknown");
    // Whatever it says: what it shows is what it has. The same may have been taken before, and can't be taken twice.
    const settled = await settleReplacement(serverId);
    if (settled === "taken" || (await isInPlace(serverId, replacement))) return ok(undefined);
    if (sent.ok) return err(settled === "unknown" ? "keys-unknown" : "rolled-back");
    // One that was sent before may still be on its way.
    const isOver = secrets.replacement === undefined || typeof sent.error === "object";
    if (settled === "behind" && isOver) await forgetReplacement(serverId, replacement);
    if (typeof sent.error !== "object" || sent.error.refused !== "conflict") return sent;
    const refreshed = await refreshBundle(serverId);
    if (!refreshed.ok) return refreshed;
  }
  return err("failed");
}

/** Whether another page has found out already that the server has them. */
async function isInPlace(serverId: string, { bundleKey }: Replacement): Promise<boolean> {
  return (await secretsOf(serverId))?.secrets.bundleKey === bundleKey;
}

type Making = {
  readonly serverId: string;
  readonly userId: string;
  readonly exportKey: Bytes;
  readonly groups: Bundle["groups"];
};

/** What was sent before is sent again, as long as the server could still take it. */
async function begunOrNew(
  secrets: ServerSecrets,
  making: Making,
): Promise<Result<Replacement, "unfinished" | "too-long">> {
  const begun = secrets.replacement;
  if (begun?.bundle.ver === secrets.bundle.ver + 1) return ok(begun);
  const { serverId, userId, exportKey, groups } = making;
  const { bundle: present } = secrets;
  const { signingSeed, openingSecret } = present;
  const former = [{ signingSeed, openingSecret }, ...(present.former ?? [])];
  if (former.length > MOST_FORMER_KEYS) return err("unfinished");
  const [seed, secret] = [random(32), random(32)];
  const [recoveryKey, dek] = [newRecoveryKey(), newDek()];
  const [signing, opening, recovery, accountKey] = await Promise.all([
    importSigningKey(seed),
    importPrivateKey("X25519", secret),
    recoverySigningKeyOf(recoveryKey),
    accountKeyOf(recoveryKey),
  ]);
  const ver = present.ver + 1;
  const bundle = withFormerKeys(
    {
      ...present,
      ver,
      signingSeed: bytesToBase64url(seed),
      openingSecret: bytesToBase64url(secret),
      groups: { ...present.groups, ...groups },
    },
    former,
  );
  const sealed = await sealBundle(dek, serverId, bundle);
  if (!sealed.ok) return sealed;
  const said = {
    sig: bytesToBase64url(signing.publicKey),
    enc: bytesToBase64url(opening.publicKey),
    recovery: bytesToBase64url(recovery.publicKey),
    ver,
  };
  const context = await newKeysContext(serverId, userId, { ...said, bundle: sealed.value });
  const old = await importSigningKey(storedBytes(signingSeed));
  const owner = { serverId, userId };
  return ok({
    recoveryKey: bytesToBase64url(recoveryKey),
    accountKey: bytesToBase64url(accountKey),
    bundle,
    bundleKey: bytesToBase64url(dek),
    request: {
      ...said,
      bundle: bytesToBase64url(sealed.value),
      wrappedByPassword: bytesToBase64url(
        await wrapDek(await passwordKek({ exportKey, accountKey }, owner), dek),
      ),
      wrappedByKit: bytesToBase64url(await wrapDek(await kitKek(recoveryKey, owner), dek)),
      proof: bytesToBase64url(await sign(old, context)),
      newProof: bytesToBase64url(await sign(signing, context)),
    },
  });
}

function random(bytes: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(bytes));
}
