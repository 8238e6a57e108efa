import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { browser } from "./browser.ts";

/**
 * The browser's own questions for a passkey (WebAuthn), and the secret that a passkey gives with its extension "prf".
 * They take the focus, and with it the popup: only a page in a tab or in a window of its own may ask.
 */

/** Why passkeys can't be used here at all. "no-prf": the browser has them, but gives no key from them. */
export type PasskeySupport = "supported" | "firefox" | "no-prf";

/**
 * "cancelled": the person said no, it took too long, or nothing here has such a passkey; a page is not told which.
 * "failed": the authenticator broke off.
 */
export type PasskeyPromptRefusal = "cancelled" | "not-supported" | "failed";

/** A passkey that may answer, and what it is to be asked. */
export type PasskeyQuestion = {
  readonly credentialId: Bytes;
  /** What the secret is derived from; 32 bytes. */
  readonly salt: Bytes;
  /** How the browser may reach it, e.g. "internal" or "usb". */
  readonly transports: readonly string[];
};

export type NewPasskey = Omit<PasskeyQuestion, "salt"> & {
  /** What it gave for the salt; null: it gives that only when it is asked again. */
  readonly secret: Bytes | null;
};

const TIMEOUT_MS = 120_000;
/** COSE numbers: EdDSA, ES256, RS256. What is signed is never looked at, so whatever the device can do is fine. */
const ALGORITHMS = [-8, -7, -257];

/** The name that passkeys made here are bound to: the extension's id. */
export function passkeyRpId(): string {
  return location.hostname;
}

/** Whether passkeys can be used in pages of ours, as far as it can be told without asking the person. */
export async function passkeySupport(): Promise<PasskeySupport> {
  // Firefox has everything that can be looked for, and then refuses any origin of an extension (NotAllowedError), as it
  // does a person who says no. So the browser itself has to be asked for; only Firefox has this function.
  if ("getBrowserInfo" in browser.runtime) return "firefox";
  if (typeof PublicKeyCredential === "undefined") return "no-prf";
  // A browser that is too old to be asked may have it nevertheless; the passkey says so when it is made.
  const able = await PublicKeyCredential.getClientCapabilities?.().catch(() => null);
  return able?.["extension:prf"] === false ? "no-prf" : "supported";
}

/**
 * Lets the person make a passkey; the browser asks where, and for finger, face or PIN.
 *
 * @param wish.name what the browser and the password manager show
 * @param wish.others those that there are: a device that holds one of them makes no second
 * @returns "no-prf": there is a passkey now, but it gives no key; it has been reported to the browser as of no use
 */
export async function makePasskey(
  wish: { readonly name: string; readonly salt: Bytes; readonly others: readonly PasskeyQuestion[] },
  signal: AbortSignal,
): Promise<Result<NewPasskey, PasskeyPromptRefusal | "already-here" | "no-prf">> {
  const made = await askBrowser(() =>
    navigator.credentials.create({
      signal,
      publicKey: {
        rp: { id: passkeyRpId(), name: "Countersign" },
        // A handle of its own for each: with the same one, a password manager would replace the passkey it has.
        user: { id: random(16), name: wish.name, displayName: wish.name },
        challenge: random(32),
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        attestation: "none",
        timeout: TIMEOUT_MS,
        excludeCredentials: wish.others.map(descriptor),
        extensions: { prf: { eval: { first: wish.salt } } },
      },
    }),
  );
  if (!made.ok) return made;
  const credentialId: Bytes = new Uint8Array(made.value.rawId);
  const { prf } = made.value.getClientExtensionResults();
  const secret = secretOf(made.value);
  if (prf?.enabled !== true && secret === null) {
    await forgetPasskey(credentialId);
    return err("no-prf");
  }
  const { response } = made.value;
  const transports = response instanceof AuthenticatorAttestationResponse ? response.getTransports() : [];
  return ok({ credentialId, transports, secret });
}

/**
 * Asks for any one of these passkeys.
 *
 * @param questions at least one
 * @returns which one answered, and the 32 bytes it gives for its salt; "not-supported" where it gives none
 */
export async function askForPasskey(
  questions: readonly PasskeyQuestion[],
  signal: AbortSignal,
): Promise<Result<{ credentialId: Bytes; secret: Bytes }, PasskeyPromptRefusal>> {
  const answered = await askBrowser(() =>
    navigator.credentials.get({
      signal,
      publicKey: {
        rpId: passkeyRpId(),
        challenge: random(32),
        allowCredentials: questions.map(descriptor),
        userVerification: "required",
        timeout: TIMEOUT_MS,
        extensions: {
          prf: {
            evalByCredential: Object.fromEntries(
              questions.map(({ credentialId, salt }) => [bytesToBase64url(credentialId), { first: salt }]),
            ),
          },
        },
      },
    }),
  );
  if (!answered.ok) return answered.error === "already-here" ? err("failed") : err(answered.error);
  const secret = secretOf(answered.value);
  if (secret === null) return err("not-supported");
  return ok({ credentialId: new Uint8Array(answered.value.rawId), secret });
}

/** Tells the browser that a passkey opens nothing any more, so that a password manager can drop or hide it. */
export async function forgetPasskey(credentialId: Bytes): Promise<void> {
  if (typeof PublicKeyCredential === "undefined") return;
  await PublicKeyCredential.signalUnknownCredential?.({
    rpId: passkeyRpId(),
    credentialId: bytesToBase64url(credentialId),
    // Only a courtesy: where it can't be told, the person was asked to delete it.
  }).catch(() => {});
}

/** Has the browser ask for a passkey. What it says no with is one of our own words. */
export async function askBrowser(
  prompt: () => Promise<Credential | null>,
): Promise<Result<PublicKeyCredential, PasskeyPromptRefusal | "already-here">> {
  if (typeof PublicKeyCredential === "undefined") return err("not-supported");
  try {
    const credential = await prompt();
    return credential instanceof PublicKeyCredential ? ok(credential) : err("failed");
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return err(REFUSALS[error.name] ?? "failed");
  }
}

/** By the names of WebAuthn's exceptions (sections 5.1.3 and 5.1.4). */
const REFUSALS: Readonly<Record<string, PasskeyPromptRefusal | "already-here">> = {
  AbortError: "cancelled",
  NotAllowedError: "cancelled",
  // Making one where one of the others is.
  InvalidStateError: "already-here",
  ConstraintError: "not-supported",
  NotSupportedError: "not-supported",
  SecurityError: "not-supported",
};

function secretOf(credential: PublicKeyCredential): Bytes | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  const bytes = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
  // A copy: it never sits on shared memory, which TypeScript can't know.
  return bytes.length === 32 ? Uint8Array.from(bytes) : null;
}

function descriptor({ credentialId, transports }: PasskeyQuestion): PublicKeyCredentialDescriptor {
  return {
    type: "public-key",
    id: credentialId,
    ...(transports.length > 0 && { transports: [...transports] as AuthenticatorTransport[] }),
  };
}

function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
