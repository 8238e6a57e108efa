import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importPrivateKey } from "../../shared/crypto/private-key.ts";
import { importSigningKey, sign } from "../../shared/crypto/signature.ts";
import { invitationKeys } from "../../shared/group/invitation.ts";
import { formatInvitationCode, type InvitationCode } from "../../shared/group/invitation-code.ts";
import { sealBundle } from "../../shared/identity/bundle.ts";
import { registrationContext } from "../../shared/identity/proofs.ts";
import { accountKeyOf, newRecoveryKey, recoverySigningKeyOf } from "../../shared/identity/recovery-key.ts";
import { kitKek, newDek, passwordKek, wrapDek } from "../../shared/identity/wrap.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db } from "../vault/db.ts";
import { checkPassphrase, type UnlockRefusal } from "../vault/unlock.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import { apiOf, ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import { greetServerOf, type ServerIdentity } from "./hello.ts";
import { keepServer, keyForServers } from "./keep-server.ts";
import { BadOpaqueMessage, withOpaque } from "./opaque-in-worker.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { fetchOwnKeys, type OwnKeysRefusal } from "./own-keys.ts";
import { type ShowFactor, showNoFactor } from "./show-factor.ts";
import { deviceToken, signIn } from "./sign-in.ts";
import { storedBytes } from "./stored-bytes.ts";
import { type Registration, readRegistration, sealRegistration } from "./stored-registration.ts";

/**
 * Why nobody was registered. "code-refused": the code was used, has run out, or was never this server's; "email-taken":
 * somebody is registered with that address, maybe this person on another device; "another-address": the code is for somebody with
 * another one.
 */
export type RegisterRefusal =
  | OwnKeysRefusal
  | AskFailure
  | UnlockRefusal
  | "no-passphrase"
  | "locked"
  | "busy"
  | "already-connected"
  | "code-refused"
  | "email-taken"
  | "another-address"
  | "not-recognised"
  | "factor-cancelled";

type Wish = { readonly code: InvitationCode; readonly email: string; readonly passphrase: string };

/**
 * Registers at the server that a code names, with the passphrase of the vault, and signs in. May end at any line and be
 * done again: the keys are stored before the request that makes the user, and found again after it.
 */
export function registerWithCode(
  wish: Wish,
  now: number = Date.now(),
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<{ serverId: string }, RegisterRefusal>> {
  return withOwnAccess(() => register(wish, now, showFactor));
}

async function register(
  { code, passphrase, ...typed }: Wish,
  now: number,
  showFactor: ShowFactor,
): Promise<Result<{ serverId: string }, RegisterRefusal>> {
  const email = typed.email.trim();
  const key = await keyForServers();
  if (!key.ok) return key;
  const right = await checkPassphrase(passphrase);
  if (!right.ok) return right;
  const server = await greetServerOf(code);
  if (!server.ok) return server;
  const { serverId } = server.value;
  if ((await db.servers.get(serverId)) !== undefined) return err("already-connected");

  const begun = await readRegistration(key.value, serverId);
  const own = { ...(begun ?? newRegistration()), email };
  const wish = { code, email, passphrase };
  const made = await makeUser(key.value, server.value, wish, own);
  if (!made.ok && made.error !== "code-refused" && made.error !== "email-taken") return made;
  // A user that was made by an attempt whose answer never came is this one: then the server has no use for the code.
  if (!made.ok && begun === null) return made;
  const address = made.ok || begun === null ? email : begun.email;
  const signedIn = await signIn(code.origin, server.value, { email: address, passphrase }, showFactor);
  if (!signedIn.ok) return made.ok || signedIn.error !== "not-recognised" ? signedIn : made;
  const accountKey = await accountKeyOf(storedBytes(own.recoveryKey));
  const keys = await fetchOwnKeys(code.origin, serverId, signedIn.value, [accountKey]);
  // Another user's, whose address and passphrase these are as well.
  if (!made.ok && !(keys.ok && keys.value.own.bundle.signingSeed === own.signingSeed)) return made;
  if (!keys.ok) return keys;

  const { token, userId, loginId } = signedIn.value;
  const invitation = code.kind === "invitation" ? await formatInvitationCode(code) : null;
  const facts = { id: serverId, origin: code.origin, staticKey: server.value.staticKey, userId };
  await keepServer(key.value, facts, () => ({
    ...deviceToken(signedIn.value, null),
    token,
    loginId,
    email: address,
    connectedAt: now,
    accountKey: bytesToBase64url(accountKey),
    ...keys.value.own,
    hasVaultPassphrase: true,
    uncheckedKit: own.recoveryKey,
    invitation,
  }));
  return ok({ serverId });
}

function newRegistration(): Omit<Registration, "email"> {
  const random = () => bytesToBase64url(crypto.getRandomValues(new Uint8Array(32)));
  return { recoveryKey: bytesToBase64url(newRecoveryKey()), signingSeed: random(), openingSecret: random() };
}

async function makeUser(
  key: VaultKey,
  { serverId, staticKey }: ServerIdentity,
  { code, email, passphrase }: Wish,
  own: Registration,
): Promise<Result<void, RegisterRefusal>> {
  const api = apiOf(code.origin, null);
  const token = bytesToBase64url((await invitationKeys(code.secret)).register);
  try {
    return await withOpaque("registration", passphrase, async ({ request, finish }) => {
      const started = await ask(api.user.startRegistration.mutate({ token, request }));
      if (!started.ok) return whyNot(started.error);
      const { userId, loginId, response } = started.value;
      // Whoever begins anew after losing everything keeps the address that the code was made for.
      const isForAnother = started.value.email !== null && started.value.email !== email.toLowerCase();
      if (isForAnother) return err("another-address");
      if (started.value.serverId !== serverId) return err("another-server");
      const finished = await finish(response, { client: loginId, server: serverId });
      if (finished === null || finished.staticKey !== staticKey) return err("another-server");
      const exportKey = storedBytes(finished.exportKey);
      const said = await registrationOf({ serverId, userId }, own, {
        email,
        record: finished.message,
        exportKey,
      });
      await db.registrations.put(await sealRegistration(key, serverId, own));
      const registered = await ask(api.user.finishRegistration.mutate({ token, email, ...said }));
      return registered.ok ? ok(undefined) : whyNot(registered.error);
    });
  } catch (error) {
    if (error instanceof BadOpaqueMessage) return err("not-a-server");
    throw error;
  }
}

function whyNot(error: AskFailure): Result<never, RegisterRefusal> {
  if (typeof error !== "object") return err(error);
  if (error.refused === "refused") return err("code-refused");
  if (error.refused === "email-taken" || error.refused === "another-address") return err(error.refused);
  return err(error);
}

/** What the server is given of a new user: their public keys, and their own keys that only they can open. */
async function registrationOf(
  owner: { readonly serverId: string; readonly userId: string },
  own: Registration,
  { email, record, exportKey }: { email: string; record: string; exportKey: Bytes },
) {
  const recoveryKey = storedBytes(own.recoveryKey);
  const [signing, opening, recovery, accountKey] = await Promise.all([
    importSigningKey(storedBytes(own.signingSeed)),
    importPrivateKey("X25519", storedBytes(own.openingSecret)),
    recoverySigningKeyOf(recoveryKey),
    accountKeyOf(recoveryKey),
  ]);
  const dek = newDek();
  const bundle = await sealBundle(dek, owner.serverId, {
    version: 1,
    userId: owner.userId,
    ver: 1,
    signingSeed: own.signingSeed,
    openingSecret: own.openingSecret,
    groups: {},
    contacts: {},
  });
  if (!bundle.ok) throw Error("an empty bundle is too long");
  const keys = {
    record,
    sig: bytesToBase64url(signing.publicKey),
    enc: bytesToBase64url(opening.publicKey),
    recovery: bytesToBase64url(recovery.publicKey),
  };
  const proof = await sign(signing, await registrationContext(owner.serverId, { email, ...keys }));
  const wrap = async (kek: Parameters<typeof wrapDek>[0]) => bytesToBase64url(await wrapDek(kek, dek));
  return {
    ...keys,
    bundle: bytesToBase64url(bundle.value),
    wrappedByPassword: await wrap(await passwordKek({ exportKey, accountKey }, owner)),
    wrappedByKit: await wrap(await kitKek(recoveryKey, owner)),
    proof: bytesToBase64url(proof),
  };
}
