import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import * as z from "zod/mini";
import { base64urlToBytes, bytesToBase64url } from "../../../shared/bytes.ts";
import { LONGEST_CREDENTIAL } from "../../../shared/mfa/form.ts";
import type { MfaRefusal } from "../../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Asked, Begun, Kept, MfaModule, ModuleKind, Site } from "../module.ts";
import { readAssertion, readAttestation, TRANSPORTS } from "./webauthn/answers.ts";

/** WebAuthn level 3 section 15.1 recommends five to ten minutes where somebody may have to find their finger or a PIN. */
const CHALLENGE_MS = 5 * 60_000;

/** Loaded with the first passkey, and once: it takes megabytes, and many a server has not got one. */
const library = () => import("@simplewebauthn/server");

/** COSE: ES256, which every authenticator can; Ed25519; and RS256, for the TPMs of older computers. */
const ALGORITHMS = [-7, -8, -257];

/** Before it is set up nothing is kept of it. `used`: the challenge that it answered last. */
const credentialSchema = z.strictObject({
  id: z.string(),
  publicKey: z.string(),
  counter: z.number(),
  transports: z.array(z.enum(TRANSPORTS)),
  used: z.string(),
});
type Credential = z.infer<typeof credentialSchema>;

const challengeSchema = z.strictObject({ challenge: z.string() });

/**
 * Passkeys and security keys (WebAuthn level 3), those of the device itself included: that is how a face or a fingerprint
 * counts, and neither ever leaves the device.
 *
 * User verification is preferred and not required. It comes after the passphrase, which is one factor; that the key is there
 * and was touched (user presence, always required) is another one, and two are what NIST SP 800-63B-4 section 2.2.1 asks of
 * aal2. Requiring it would shut out security keys without a PIN, and make nothing strong that is not strong already.
 */
export const webauthnKind: ModuleKind<Record<string, never>> = {
  settings: z.strictObject({}) as z.ZodMiniType<Record<string, never>>,
  // A relying party is named by a domain (section 5.1.3): browsers make nothing for an address.
  worksAt: (site) => !isAddress(hostOf(site)),
  make: (_settings, site): MfaModule => ({
    id: "webauthn",
    names: { en: "Passkey or security key", "zh-CN": "通行密钥或安全密钥" },
    strength: "strong",
    isSpare: false,
    setUpForm: [],
    proofForm: [
      {
        name: "credential",
        kind: "credential",
        label: { en: "Passkey or security key", "zh-CN": "通行密钥或安全密钥" },
        hint: null,
        longest: LONGEST_CREDENTIAL,
      },
    ],
    sends: false,
    challengeMs: CHALLENGE_MS,
    tries: 5,

    async beginSetUp() {
      return ok({ kept: {}, shown: [] });
    },

    async beginChallenge(asked, factor) {
      const credential = parseKept(factor);
      return ok(
        credential === null ? await askToCreate(site, asked) : await askToGet(hostOf(site), credential),
      );
    },

    async verify(asked, held, { credential: text = "" }) {
      const { challenge } = challengeSchema.parse(held.challenge);
      const credential = parseKept(held.factor);
      const expected = {
        expectedChallenge: challenge,
        expectedOrigin: site.extensionIds.map((id) => `chrome-extension://${id}`),
        expectedRPID: hostOf(site),
        requireUserVerification: false,
      };
      if (credential === null) return acceptNew(asked, expected, text);
      // Counters of nought, as synchronised passkeys have them, would let the same answer through twice.
      if (credential.used === challenge) return err({ reason: "challenge-over" });
      return acceptAgain(credential, expected, text, handleOf(site, asked));
    },

    async remove() {},
  }),
};

type Expected = {
  readonly expectedChallenge: string;
  readonly expectedOrigin: string[];
  readonly expectedRPID: string;
  readonly requireUserVerification: boolean;
};

async function askToCreate(site: Site, asked: Asked): Promise<Begun> {
  const { generateRegistrationOptions } = await library();
  const options = await generateRegistrationOptions({
    rpName: "Countersign",
    rpID: hostOf(site),
    userID: Buffer.from(handleOf(site, asked), "base64url"),
    userName: asked.user.email,
    userDisplayName: asked.user.email,
    timeout: CHALLENGE_MS,
    attestationType: "none",
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    supportedAlgorithmIDs: ALGORITHMS,
    // An authenticator would put a second one of the same person in the place of the first.
    excludeCredentials: credentialsOf(asked.others).map(({ id, transports }) => ({ id, transports })),
  });
  return begun("create", options);
}

async function askToGet(rpID: string, { id, transports }: Credential): Promise<Begun> {
  const { generateAuthenticationOptions } = await library();
  const options = await generateAuthenticationOptions({
    rpID,
    timeout: CHALLENGE_MS,
    userVerification: "preferred",
    allowCredentials: [{ id, transports }],
  });
  return begun("get", options);
}

function begun(purpose: "create" | "get", options: { readonly challenge: string }): Begun {
  return {
    kept: { challenge: options.challenge },
    shown: [{ kind: "credential", for: purpose, options: JSON.stringify(options) }],
  };
}

/** The ceremony of section 7.1. */
async function acceptNew(asked: Asked, expected: Expected, text: string): Promise<Result<Begun, MfaRefusal>> {
  const response = await readAttestation(text);
  if (!response.ok) return err({ reason: response.error });
  if (credentialsOf(asked.others).some(({ id }) => id === response.value.id))
    return err({ reason: "wrong-credential" });
  const options = { ...expected, response: response.value, supportedAlgorithmIDs: ALGORITHMS };
  const { verifyRegistrationResponse } = await library();
  const verified = await orNull(verifyRegistrationResponse(options));
  if (!verified?.verified) return err({ reason: "wrong-credential" });
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  // What was signed says which one it is; what stands beside it doesn't.
  if (id !== response.value.id) return err({ reason: "wrong-credential" });
  const credential: Credential = {
    id,
    publicKey: bytesToBase64url(publicKey),
    counter,
    transports: response.value.response.transports,
    used: expected.expectedChallenge,
  };
  return ok({ kept: credential, shown: [] });
}

/** The ceremony of section 7.2. */
async function acceptAgain(
  credential: Credential,
  expected: Expected,
  text: string,
  handle: string,
): Promise<Result<Begun, MfaRefusal>> {
  const response = readAssertion(text);
  if (!response.ok) return err({ reason: response.error });
  const { id, response: answer } = response.value;
  if (id !== credential.id) return err({ reason: "wrong-credential" });
  if (answer.userHandle !== undefined && answer.userHandle !== handle)
    return err({ reason: "wrong-credential" });
  const publicKey = base64urlToBytes(credential.publicKey);
  if (!publicKey.ok) throw Error("what was kept of a credential is no key");
  const { counter } = credential;
  const { verifyAuthenticationResponse } = await library();
  const verified = await orNull(
    verifyAuthenticationResponse({
      ...expected,
      response: response.value,
      // Refuses a counter that has not moved on, where the authenticator counts: it is a copy, or another one is.
      credential: { id, publicKey: publicKey.value, counter },
    }),
  );
  if (!verified?.verified) return err({ reason: "wrong-credential" });
  const kept: Credential = {
    ...credential,
    counter: verified.authenticationInfo.newCounter,
    used: expected.expectedChallenge,
  };
  return ok({ kept, shown: [] });
}

/** The library throws whatever it refuses, and may trip over what it can't read: both are a no. */
async function orNull<T>(verifying: Promise<T>): Promise<T | null> {
  try {
    return await verifying;
  } catch {
    return null;
  }
}

function hostOf({ origin }: Pick<Site, "origin">): string {
  return new URL(origin).hostname;
}

/** Whether a host of an origin is an IP address. One of version 6 stands in brackets there. */
function isAddress(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, "")) !== 0;
}

/** Names the person to authenticators, and tells nobody who they are (section 14.6.1). */
function handleOf({ hashKey }: Site, { user }: Asked): string {
  return createHmac("sha256", hashKey).update(`webauthn-user ${user.id}`).digest("base64url");
}

/** Null: it is not set up yet. */
function parseKept(factor: Kept): Credential | null {
  return Object.keys(factor).length === 0 ? null : credentialSchema.parse(factor);
}

function credentialsOf(others: readonly Kept[]): readonly Credential[] {
  return others.map(parseKept).filter((credential) => credential !== null);
}
