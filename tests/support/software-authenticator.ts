import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** What an answer is to be like; by itself it is as a browser and an honest authenticator give it. */
export type Twist = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly isPresent?: boolean;
  readonly isVerified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  /** How the new key is vouched for: not at all, by itself, or by certificates. */
  readonly attestation?: "none" | "packed" | { readonly format: string; readonly x5c: readonly Buffer[] };
};

export type SoftwareAuthenticator = {
  /** What navigator.credentials.create gives for these options, as JSON. Throws where it has one of those to be left out. */
  create(options: string, twist?: Twist): string;
  /** What navigator.credentials.get gives. Throws where it has none of those that are asked for. */
  get(options: string, twist?: Twist): string;
};

type Held = { readonly id: string; readonly key: KeyObject; readonly handle: string; count: number };

/**
 * An authenticator of WebAuthn level 3 with the browser in front of it, written from the specification: it shares nothing with
 * what it is verified by.
 *
 * @param page the origin that asks
 * @param counts whether it counts its signatures, as security keys do and synchronised passkeys don't
 */
export function makeAuthenticator(
  page: string,
  { algorithm, counts }: { readonly algorithm: "ES256" | "Ed25519" | "RS256"; readonly counts: boolean },
): SoftwareAuthenticator {
  const held: Held[] = [];
  return {
    create(text, twist = {}) {
      const { rp, user, challenge, excludeCredentials } = JSON.parse(text);
      if (excludeCredentials.some(({ id }: { id: string }) => held.some((other) => other.id === id)))
        throw new DOMException("it is there already", "InvalidStateError");
      const { privateKey, cose } = newKey(algorithm);
      const id = randomBytes(32);
      const credential = { id: id.toString("base64url"), key: privateKey, handle: user.id, count: 0 };
      held.push(credential);
      const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, cose]);
      const authData = authenticatorData(rp.id, twist, nextCount(credential, counts), attested);
      const clientData = clientDataOf("webauthn.create", page, challenge, twist);
      const { attestation = "none" } = twist;
      const signed = signBy(credential.key, Buffer.concat([authData, sha256(clientData)]));
      const statement =
        attestation === "none"
          ? cborMap([])
          : cborMap([
              ["alg", cborInt(ALGORITHMS[algorithm])],
              ["sig", cborBytes(signed)],
              ...(attestation === "packed" ? [] : ([["x5c", cborArray(attestation.x5c)]] as const)),
            ]);
      const attestationObject = cborMap([
        ["fmt", cborText(typeof attestation === "string" ? attestation : attestation.format)],
        ["attStmt", statement],
        ["authData", cborBytes(authData)],
      ]);
      return answer(credential.id, {
        clientDataJSON: clientData.toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal", "hybrid", "carrier-pigeon"],
      });
    },

    get(text, twist = {}) {
      const { rpId, challenge, allowCredentials } = JSON.parse(text);
      const credential = held.find(({ id }) =>
        allowCredentials.some((wanted: { id: string }) => wanted.id === id),
      );
      if (credential === undefined) throw new DOMException("none of those", "NotAllowedError");
      const authData = authenticatorData(rpId, twist, nextCount(credential, counts), null);
      const clientData = clientDataOf("webauthn.get", page, challenge, twist);
      const signed = signBy(credential.key, Buffer.concat([authData, sha256(clientData)]));
      return answer(credential.id, {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signed.toString("base64url"),
        userHandle: twist.userHandle ?? credential.handle,
      });
    },
  };
}

function nextCount(credential: Held, counts: boolean): number {
  if (counts) credential.count += 1;
  return credential.count;
}

function answer(id: string, response: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    id,
    rawId: id,
    type: "public-key",
    authenticatorAttachment: "platform",
    clientExtensionResults: { credProps: { rk: true } },
    response,
  });
}

/** Section 5.8.1. */
function clientDataOf(type: string, page: string, challenge: string, twist: Twist): Buffer {
  const { origin = page, crossOrigin = false, topOrigin } = twist;
  return Buffer.from(
    JSON.stringify({
      type: twist.type ?? type,
      challenge: twist.challenge ?? challenge,
      origin,
      crossOrigin,
      ...(topOrigin === undefined ? {} : { topOrigin }),
    }),
  );
}

/** Section 6.1: hash of the relying party's id, flags, counter, and the new credential where there is one. */
function authenticatorData(rpId: string, twist: Twist, count: number, attested: Buffer | null): Buffer {
  const { isPresent = true, isVerified = true, counter = count } = twist;
  const flags = (isPresent ? 0x01 : 0) | (isVerified ? 0x04 : 0) | (attested ? 0x40 : 0);
  const counted = Buffer.alloc(4);
  counted.writeUInt32BE(counter);
  return Buffer.concat([
    sha256(Buffer.from(twist.rpId ?? rpId)),
    Buffer.from([flags]),
    counted,
    attested ?? Buffer.alloc(0),
  ]);
}

const ALGORITHMS = { ES256: -7, Ed25519: -8, RS256: -257 } as const;

/** A key, and its public half as COSE writes it (RFC 9053 section 7, RFC 8230 section 4). */
function newKey(algorithm: keyof typeof ALGORITHMS): { privateKey: KeyObject; cose: Buffer } {
  const { privateKey, publicKey } =
    algorithm === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : algorithm === "Ed25519"
        ? generateKeyPairSync("ed25519")
        : generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const { x, y, n, e } = publicKey.export({ format: "jwk" });
  const part = (text = "") => cborBytes(Buffer.from(text, "base64url"));
  const alg = [3, cborInt(ALGORITHMS[algorithm])] as const;
  const cose = {
    ES256: () => cborMap([[1, cborInt(2)], alg, [-1, cborInt(1)], [-2, part(x)], [-3, part(y)]]),
    Ed25519: () => cborMap([[1, cborInt(1)], alg, [-1, cborInt(6)], [-2, part(x)]]),
    RS256: () => cborMap([[1, cborInt(3)], alg, [-1, part(n)], [-2, part(e)]]),
  };
  return { privateKey, cose: cose[algorithm]() };
}

function signBy(key: KeyObject, data: Buffer): Buffer {
  return sign(key.asymmetricKeyType === "ed25519" ? null : "sha256", data, key);
}

function sha256(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

/** CBOR (RFC 8949 section 3): the kind and the size of what follows. */
function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size]);
  if (size < 0x100) return Buffer.from([(kind << 5) | 24, size]);
  return Buffer.concat([Buffer.from([(kind << 5) | 25]), uint16(size)]);
}

function cborInt(value: number): Buffer {
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([head(2, bytes.length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([head(3, Buffer.byteLength(text)), Buffer.from(text)]);
}

function cborArray(items: readonly Buffer[]): Buffer {
  return Buffer.concat([head(4, items.length), ...items.map(cborBytes)]);
}

function cborMap(pairs: readonly (readonly [string | number, Buffer])[]): Buffer {
  const written = pairs.flatMap(([key, value]) => [
    typeof key === "string" ? cborText(key) : cborInt(key),
    value,
  ]);
  return Buffer.concat([head(5, pairs.length), ...written]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
