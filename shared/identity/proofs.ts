import { type Bytes, utf8 } from "../bytes.ts";
import { CTX } from "../crypto/context.ts";
import { sha256 } from "../crypto/sha256.ts";

/**
 * What people sign about themselves, for the server to check: a token that was stolen makes none of these changes. Keys are
 * base64url, `record` is OPAQUE's registration record as its library writes it.
 */

/** What a new user signs: that these keys, this password and this address belong together, at this server. */
export async function registrationContext(
  serverId: string,
  said: {
    readonly email: string;
    readonly record: string;
    readonly sig: string;
    readonly enc: string;
    readonly recovery: string;
  },
): Promise<Bytes> {
  const { email, record, sig, enc, recovery } = said;
  return CTX("register", serverId, email, await sha256(utf8(record)), sig, enc, recovery);
}

/** What a user signs who changes their password. @param ver of the bundle that comes with it */
export async function passwordChangeContext(
  userId: string,
  { record, ver }: { readonly record: string; readonly ver: number },
): Promise<Bytes> {
  return CTX("pw-change", userId, await sha256(utf8(record)), ver);
}

/** What a user signs who takes another kit in place of theirs. @param recovery public key of the new kit */
export function kitChangeContext(
  userId: string,
  { recovery, ver }: { readonly recovery: string; readonly ver: number },
): Bytes {
  return CTX("kit-change", userId, recovery, ver);
}

/**
 * What a user signs who takes new keys in place of theirs: with the old signing key and with the new one. With them come a
 * new kit and a bundle under a new key, since whoever has the old keys may have what the bundle was encrypted under.
 *
 * @param said `recovery`: public key of the new kit
 */
export async function newKeysContext(
  serverId: string,
  userId: string,
  said: {
    readonly sig: string;
    readonly enc: string;
    readonly recovery: string;
    readonly bundle: Bytes;
    readonly ver: number;
  },
): Promise<Bytes> {
  const { sig, enc, recovery, bundle, ver } = said;
  return CTX("new-keys", serverId, userId, sig, enc, recovery, await sha256(bundle), ver);
}

/** What a user signs who puts a bundle in place of the one before it. */
export async function bundleContext(
  userId: string,
  { bundle, ver }: { readonly bundle: Bytes; readonly ver: number },
): Promise<Bytes> {
  return CTX("bundle-change", userId, await sha256(bundle), ver);
}

/** What a user signs who changes their e-mail address. */
export function emailChangeContext(serverId: string, userId: string, email: string): Bytes {
  return CTX("email-change", serverId, userId, email);
}

/** What the holder of a kit signs, with recoverySigningKeyOf: the server's challenge. */
export function recoveryContext(serverId: string, challenge: string): Bytes {
  return CTX("recovery", serverId, challenge);
}

/** What the holder of a kit signs, with recoverySigningKeyOf, so that their second factors go: in one session, one step. */
export function factorResetContext(of: {
  readonly serverId: string;
  readonly userId: string;
  /** The session, by the name that it has in lists. */
  readonly sessionId: string;
  readonly step: "ask" | "finish";
}): Bytes {
  return CTX("factor-reset", of.serverId, of.userId, of.sessionId, of.step);
}

/** What they sign at the end, with the signing key of the bundle that they have opened: all that is new. */
export async function recoveredContext(
  serverId: string,
  userId: string,
  said: { readonly record: string; readonly recovery: string; readonly ver: number },
): Promise<Bytes> {
  const { record, recovery, ver } = said;
  return CTX("recovered", serverId, userId, await sha256(utf8(record)), recovery, ver);
}
