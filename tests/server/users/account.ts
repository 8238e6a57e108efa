import { client, ready } from "@serenity-kit/opaque";
import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../../shared/bytes.ts";
import { importPrivateKey, type KeyPair } from "../../../shared/crypto/private-key.ts";
import { importSigningKey, sign } from "../../../shared/crypto/signature.ts";
import { type Bundle, openBundle, sealBundle } from "../../../shared/identity/bundle.ts";
import {
  passwordChangeContext,
  recoveredContext,
  recoveryContext,
  registrationContext,
} from "../../../shared/identity/proofs.ts";
import { accountKeyOf, newRecoveryKey, recoverySigningKeyOf } from "../../../shared/identity/recovery-key.ts";
import { kitKek, newDek, passwordKek, unwrapDek, wrapDek } from "../../../shared/identity/wrap.ts";
import { random } from "../../shared/group/people.ts";
import type { Api } from "../served.ts";

/** As weak as it goes: what is tested is the server, which has no part in it. */
const keyStretching = { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } } as const;

/** A server, as a device knows it. */
export type Place = { readonly serverId: string; api(token?: string): Api };

/** Somebody with everything they have: what they know, their kit, and what one device of theirs holds. */
export type Account = {
  readonly email: string;
  readonly userId: string;
  readonly password: string;
  readonly recoveryKey: Bytes;
  readonly dek: Bytes;
  readonly bundle: Bundle;
  readonly signing: KeyPair;
  readonly token: string;
  readonly api: Api;
};

/** Registers with a token, as the extension does, with real keys all the way, and signs in. */
export async function register(
  place: Place,
  { email, password, token }: { readonly email: string; readonly password: string; readonly token: string },
): Promise<Account> {
  await ready;
  const begun = client.startRegistration({ password });
  const request = begun.registrationRequest;
  const started = await place.api().user.startRegistration.mutate({ token, request });
  const { userId, loginId } = started;
  const { record, exportKey } = finishPassword(place, password, begun.clientRegistrationState, {
    loginId,
    response: started.response,
  });
  const [seed, secret] = [random(32), random(32)];
  const [signing, opening] = [await importSigningKey(seed), await importPrivateKey("X25519", secret)];
  const bundle: Bundle = {
    version: 1,
    userId,
    ver: 1,
    signingSeed: bytesToBase64url(seed),
    openingSecret: bytesToBase64url(secret),
    groups: {},
    contacts: {},
  };
  const [recoveryKey, dek] = [newRecoveryKey(), newDek()];
  const said = {
    email,
    record,
    sig: bytesToBase64url(signing.publicKey),
    enc: bytesToBase64url(opening.publicKey),
    recovery: await recoveryPublicKeyOf(recoveryKey),
  };
  await place.api().user.finishRegistration.mutate({
    token,
    ...said,
    ...(await wrapsOf(place, { userId, recoveryKey, dek, exportKey })),
    bundle: await sealed(place, dek, bundle),
    proof: bytesToBase64url(await sign(signing, await registrationContext(place.serverId, said))),
  });
  const signedIn = await signIn(place, email, password);
  if (signedIn === null) throw Error("who has just registered can't sign in");
  const { api, token: session } = signedIn;
  return { email, userId, password, recoveryKey, dek, bundle, signing, token: session, api };
}

/** Signs in. Null: the password is wrong, or nobody has that address. */
export async function signIn(place: Place, email: string, password: string, device: string | null = null) {
  const begun = await startSignIn(place, email, password);
  return begun.finish === null ? null : finishSignIn(place, { ...begun, finish: begun.finish, device });
}

/** The first half, and what the device would send for the second: null where it sees for itself that it is no use. */
export async function startSignIn(place: Place, email: string, password: string) {
  await ready;
  const login = client.startLogin({ password });
  const { round, loginId, response } = await place
    .api()
    .user.startSignIn.mutate({ email, request: login.startLoginRequest });
  const finished = client.finishLogin({
    clientLoginState: login.clientLoginState,
    loginResponse: response,
    password,
    identifiers: { client: loginId, server: place.serverId },
    keyStretching,
  });
  return {
    round,
    loginId,
    finish: finished?.finishLoginRequest ?? null,
    exportKey: bytesOf(finished?.exportKey ?? ""),
  };
}

export async function finishSignIn(
  place: Place,
  begun: { round: string; loginId: string; finish: string; exportKey: Bytes; device?: string | null },
) {
  const { round, loginId, finish, exportKey, device = null } = begun;
  const signedIn = await place.api().user.finishSignIn.mutate({ round, loginId, finish, device });
  return { ...signedIn, exportKey, api: place.api(signedIn.token) };
}

/** What a new device does with password and account key: opens the bundle. */
export async function openWithPassword(
  place: Place,
  { api, userId, exportKey }: { readonly api: Api; readonly userId: string; readonly exportKey: Bytes },
  recoveryKey: Bytes,
) {
  const { ver, bundle, wrappedByPassword } = await api.user.bundle.query();
  const owner = { serverId: place.serverId, userId };
  const kek = await passwordKek({ exportKey, accountKey: await accountKeyOf(recoveryKey) }, owner);
  const dek = await unwrapDek(kek, bytesOf(wrappedByPassword));
  if (!dek.ok) return dek;
  return openBundle(dek.value, { ...owner, ver }, bytesOf(bundle));
}

/** What a device sends to change the password: the same bundle once more, as the next version. */
export async function passwordChange(place: Place, account: Account, password: string) {
  const begun = client.startRegistration({ password });
  const started = await account.api.user.startPasswordChange.mutate({ request: begun.registrationRequest });
  const { record, exportKey } = finishPassword(place, password, begun.clientRegistrationState, started);
  const ver = account.bundle.ver + 1;
  const { wrappedByPassword } = await wrapsOf(place, { ...account, exportKey });
  const context = await passwordChangeContext(account.userId, { record, ver });
  return {
    record,
    wrappedByPassword,
    bundle: await sealed(place, account.dek, { ...account.bundle, ver }),
    ver,
    proof: bytesToBase64url(await sign(account.signing, context)),
  };
}

/** The first two steps of recovering: what the server gives to the holder of the kit. */
export async function openRecovery(place: Place, email: string, recoveryKey: Bytes, password: string) {
  await ready;
  const api = place.api();
  const { round, challenge } = await api.user.startRecovery.mutate({ email });
  const begun = client.startRegistration({ password });
  const key = await recoverySigningKeyOf(recoveryKey);
  const proof = bytesToBase64url(await sign(key, recoveryContext(place.serverId, challenge)));
  const opened = await api.user.openRecovery.mutate({ round, proof, request: begun.registrationRequest });
  return { ...opened, ...finishPassword(place, password, begun.clientRegistrationState, opened) };
}

/** What a device sends to finish: the bundle as it was, under new keys all round, with a new kit. */
export async function recovery(
  place: Place,
  opened: Awaited<ReturnType<typeof openRecovery>>,
  recoveryKey: Bytes,
) {
  const owner = { serverId: place.serverId, userId: opened.userId };
  const dek = await unwrapDek(await kitKek(recoveryKey, owner), bytesOf(opened.wrappedByKit));
  if (!dek.ok) throw Error(dek.error);
  const bundle = await openBundle(dek.value, { ...owner, ver: opened.ver }, bytesOf(opened.bundle));
  if (!bundle.ok) throw Error(bundle.error);
  const [newKey, nextDek] = [newRecoveryKey(), newDek()];
  const next = { ...bundle.value, ver: opened.ver + 1 };
  const said = { record: opened.record, recovery: await recoveryPublicKeyOf(newKey), ver: next.ver };
  const signing = await importSigningKey(bytesOf(next.signingSeed));
  const context = await recoveredContext(place.serverId, opened.userId, said);
  const { userId, exportKey } = opened;
  return {
    newKey,
    next,
    sent: {
      round: opened.round,
      ...said,
      ...(await wrapsOf(place, { userId, recoveryKey: newKey, dek: nextDek, exportKey })),
      bundle: await sealed(place, nextDek, next),
      proof: bytesToBase64url(await sign(signing, context)),
    },
  };
}

export async function recoveryPublicKeyOf(recoveryKey: Bytes): Promise<string> {
  return bytesToBase64url((await recoverySigningKeyOf(recoveryKey)).publicKey);
}

/** The bundle's key, wrapped for the password and for the kit. */
export async function wrapsOf(
  { serverId }: Place,
  has: Pick<Account, "userId" | "recoveryKey" | "dek"> & { readonly exportKey: Bytes },
) {
  const owner = { serverId, userId: has.userId };
  const accountKey = await accountKeyOf(has.recoveryKey);
  const byPassword = await wrapDek(
    await passwordKek({ exportKey: has.exportKey, accountKey }, owner),
    has.dek,
  );
  const byKit = await wrapDek(await kitKek(has.recoveryKey, owner), has.dek);
  return { wrappedByPassword: bytesToBase64url(byPassword), wrappedByKit: bytesToBase64url(byKit) };
}

/** A bundle as it is sent. */
export async function sealed({ serverId }: Place, dek: Bytes, bundle: Bundle): Promise<string> {
  const made = await sealBundle(dek, serverId, bundle);
  if (!made.ok) throw Error(made.error);
  return bytesToBase64url(made.value);
}

export function bytesOf(text: string): Bytes {
  const bytes = base64urlToBytes(text);
  if (!bytes.ok) throw Error(bytes.error);
  return bytes.value;
}

function finishPassword(
  { serverId }: Place,
  password: string,
  clientRegistrationState: string,
  { loginId, response }: { readonly loginId: string; readonly response: string },
) {
  const { registrationRecord, exportKey } = client.finishRegistration({
    password,
    registrationResponse: response,
    clientRegistrationState,
    identifiers: { client: loginId, server: serverId },
    keyStretching,
  });
  return { record: registrationRecord, exportKey: bytesOf(exportKey) };
}
