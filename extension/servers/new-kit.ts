import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importSigningKey, sign } from "../../shared/crypto/signature.ts";
import { type Bundle, sealBundle } from "../../shared/identity/bundle.ts";
import { kitChangeContext } from "../../shared/identity/proofs.ts";
import { recoverySigningKeyOf } from "../../shared/identity/recovery-key.ts";
import { kitKek, type Owner, passwordKek, wrapDek } from "../../shared/identity/wrap.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "./api.ts";
import { type AskFailure, isSaidNo } from "./api-failure.ts";
import { refreshBundle } from "./bundle.ts";
import { readServers } from "./connection.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { beginKit, type WithPendingKit } from "./pending-kit.ts";
import { sessionApi } from "./session-api.ts";
import { type ShowFactor, showNoFactor } from "./show-factor.ts";
import { provePassphrase, type SignInAgainRefusal } from "./sign-in-again.ts";
import { storedBytes } from "./stored-bytes.ts";

/** "not-known": no answer came, and it can't be told yet whether the server has taken the new kit. */
export type NewKitRefusal = SignInAgainRefusal | "too-long" | "not-known";

/** Another device that replaces the bundle in the same moment may be quicker so many times in a row. */
const MAX_ATTEMPTS = 4;

/**
 * Makes a new kit in place of one that was lost or seen: the server takes the former one no more, and every other device is
 * signed out and asks for the new one. May end at any line and be done again: the new kit is stored before the server is
 * asked to take it, and is there to be printed as soon as it is known that it has.
 */
export function makeNewKit(
  serverId: string,
  passphrase: string,
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<void, NewKitRefusal>> {
  return withOwnAccess(() => replaceKit(serverId, passphrase, showFactor));
}

async function replaceKit(
  serverId: string,
  passphrase: string,
  showFactor: ShowFactor,
): Promise<Result<void, NewKitRefusal>> {
  const wasPending = await isKitPending(serverId);
  const proven = await provePassphrase(serverId, passphrase, { isForChange: true, showFactor });
  if (!proven.ok) return proven;
  // An earlier attempt had got through.
  if (wasPending && !(await isKitPending(serverId))) return ok(undefined);
  const server = await serverOf(serverId);
  if (server === undefined) return err("not-connected");
  const { origin, userId } = server;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const secrets = await beginKit(serverId);
    if (secrets === null) return err("not-connected");
    const bundle = { ...secrets.bundle, ver: secrets.bundle.ver + 1 };
    const change = await kitChange({ serverId, userId }, secrets, bundle, proven.value.exportKey);
    if (!change.ok) return change;
    const replaced = await ask(
      sessionApi(serverId, origin, secrets.token).user.replaceKit.mutate(change.value),
    );
    const isConflict = !replaced.ok && isRefused(replaced.error, "conflict");
    if (!replaced.ok && isSaidNo(replaced.error) && !isConflict) return replaced;
    // Whatever was answered, or was not: what the server shows is what it has.
    const looked = await refreshBundle(serverId);
    if (!(await isKitPending(serverId))) return ok(undefined);
    if (!looked.ok) return isConflict ? looked : err("not-known");
    if (replaced.ok) return err("rolled-back");
    if (!isConflict) return replaced;
  }
  return err("failed");
}

/** What the server is given: it learns the public half of what the kit signs with, and keeps what it can't open. */
async function kitChange(owner: Owner, secrets: WithPendingKit, bundle: Bundle, exportKey: Bytes) {
  const { pendingKit } = secrets;
  const recoveryKey = storedBytes(pendingKit.recoveryKey);
  const accountKey = storedBytes(pendingKit.accountKey);
  const dek = storedBytes(pendingKit.bundleKey);
  const sealed = await sealBundle(dek, owner.serverId, bundle);
  if (!sealed.ok) return sealed;
  const recovery = bytesToBase64url((await recoverySigningKeyOf(recoveryKey)).publicKey);
  const context = kitChangeContext(owner.userId, { recovery, ver: bundle.ver });
  const signing = await importSigningKey(storedBytes(bundle.signingSeed));
  const [proof, byPassword, byKit] = await Promise.all([
    sign(signing, context),
    passwordKek({ exportKey, accountKey }, owner).then((kek) => wrapDek(kek, dek)),
    kitKek(recoveryKey, owner).then((kek) => wrapDek(kek, dek)),
  ]);
  return ok({
    recovery,
    ver: bundle.ver,
    bundle: bytesToBase64url(sealed.value),
    proof: bytesToBase64url(proof),
    wrappedByPassword: bytesToBase64url(byPassword),
    wrappedByKit: bytesToBase64url(byKit),
  });
}

function isRefused(error: AskFailure, reason: string): boolean {
  return typeof error === "object" && error.refused === reason;
}

async function isKitPending(serverId: string): Promise<boolean> {
  return (await serverOf(serverId))?.secrets?.pendingKit !== undefined;
}

async function serverOf(serverId: string) {
  return (await readServers()).find(({ id }) => id === serverId);
}
