import * as z from "zod/mini";
import { type Bytes, base64urlToBytes, bytesToBase64url, equalBytes, utf8, utf8Decode } from "../bytes.ts";
import { importAeadKey, openAead, sealAead } from "../crypto/aead.ts";
import { CTX } from "../crypto/context.ts";
import { hkdf } from "../crypto/kdf.ts";
import { hmac } from "../crypto/mac.ts";
import type { KeyPair } from "../crypto/private-key.ts";
import { sha256 } from "../crypto/sha256.ts";
import { sign, verify } from "../crypto/signature.ts";
import { err, ok, type Result } from "../result.ts";
import { ROLES } from "./permissions.ts";
import { acceptanceContext } from "./proofs.ts";

/** How long an invitation may be accepted. */
export const INVITATION_MS = 72 * 60 * 60_000;

/** What the secret of a code is good for: each use has a key of its own, so that the server may know some of them. */
export type InvitationKeys = {
  /** What the server calls the invitation, base64url of 16 bytes. */
  readonly id: string;
  /** Encrypts what the inviter says. */
  readonly offer: CryptoKey;
  /** Proves that who accepts has the code. */
  readonly accept: Bytes;
  /** Lets its holder register, once; the server stores its hash. */
  readonly register: Bytes;
};

/** Derives them from the secret of a code. */
export async function invitationKeys(secret: Bytes): Promise<InvitationKeys> {
  const use = (label: string, length = 32) => hkdf(secret, CTX(label), length);
  return {
    id: bytesToBase64url(await use("inv-id", 16)),
    offer: await importAeadKey(await use("inv-offer")),
    accept: await use("inv-accept"),
    register: await use("inv-register"),
  };
}

/** What the server is told of the registration token, so that its holder may register: base64url of SHA-256 of its text. */
export async function hashRegistration({ register }: InvitationKeys): Promise<string> {
  return bytesToBase64url(await sha256(utf8(bytesToBase64url(register))));
}

const person = z.strictObject({ id: z.string(), sig: z.string(), enc: z.string() });

const offerSchema = z.strictObject({
  server: z.string(),
  origin: z.string(),
  g: z.string(),
  /** The last link that the inviter knew: who accepts is shown a log that holds it. */
  n: z.int().check(z.nonnegative()),
  h: z.string(),
  by: person,
  /** The inviter's e-mail address. */
  from: z.string(),
  role: z.enum(ROLES),
  /** What the group is called: who is invited can't open its records yet. */
  name: z.string(),
  email: z.string(),
  /** Milliseconds since 1970 UTC. */
  until: z.int(),
});

/** What an inviter offers, to be read by the holder of the code alone. */
export type Offer = z.infer<typeof offerSchema>;
export type SealedOffer = { readonly ciphertext: string; readonly sig: string };

/** Encrypts and signs an offer. */
export async function sealOffer(
  key: KeyPair,
  { id, offer: offerKey }: InvitationKeys,
  offer: Offer,
): Promise<SealedOffer> {
  const ciphertext = await sealAead(offerKey, utf8(JSON.stringify(offer)), CTX("inv-offer-ad", id));
  const sig = await sign(key, CTX("inv-offer", id, ciphertext));
  return { ciphertext: bytesToBase64url(ciphertext), sig: bytesToBase64url(sig) };
}

/**
 * Opens an offer. "corrupt": not made by whoever made the code; "signature": not signed by the inviter that it names (that
 * they are a member who may invite is for the log to say); "too-late": it has run out.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function openOffer(
  { id, offer: offerKey }: InvitationKeys,
  sealed: SealedOffer,
  now: number,
): Promise<Result<Offer, "corrupt" | "signature" | "too-late">> {
  const [ciphertext, sig] = [base64urlToBytes(sealed.ciphertext), base64urlToBytes(sealed.sig)];
  if (!ciphertext.ok || !sig.ok) return err("corrupt");
  const opened = await openAead(offerKey, ciphertext.value, CTX("inv-offer-ad", id));
  if (!opened.ok) return opened;
  const offer = parse(offerSchema, opened.value);
  const inviter = base64urlToBytes(offer?.by.sig ?? "");
  if (offer === null || !inviter.ok) return err("corrupt");
  if (!(await verify(inviter.value, CTX("inv-offer", id, ciphertext.value), sig.value)).ok)
    return err("signature");
  return now > offer.until ? err("too-late") : ok(offer);
}

const acceptanceSchema = z.strictObject({
  invitation: z.string(),
  g: z.string(),
  /** The hash of the link that the offer named. */
  h: z.string(),
  ...person.shape,
  email: z.string(),
});

/** Who accepts, with which keys. */
export type Acceptance = z.infer<typeof acceptanceSchema>;
export type SignedAcceptance = {
  readonly body: string;
  /** Made with the code's secret: the server, which does not have it, can't put its own keys in their place. */
  readonly mac: string;
  /** The new member's own signature, which the log's `add` carries. */
  readonly pop: string;
};

/** Accepts an offer for somebody with these keys. */
export async function signAcceptance(
  key: KeyPair,
  keys: InvitationKeys,
  acceptance: Omit<Acceptance, "invitation">,
): Promise<SignedAcceptance> {
  const whole: Acceptance = { invitation: keys.id, ...acceptance };
  const body = utf8(JSON.stringify(whole));
  return {
    body: bytesToBase64url(body),
    mac: bytesToBase64url(await hmac(keys.accept, CTX("inv-accept", body))),
    pop: bytesToBase64url(await sign(key, acceptanceContext(whole.g, whole))),
  };
}

/**
 * Reads what somebody accepts, and checks that they sign for their own keys; null otherwise. Whether they have the code
 * is for the inviter's device to find out (verifyAcceptance): the server, which asks this, can't.
 */
export async function readAcceptance(signed: SignedAcceptance): Promise<Acceptance | null> {
  const [body, pop] = [base64urlToBytes(signed.body), base64urlToBytes(signed.pop)];
  const acceptance = body.ok ? parse(acceptanceSchema, body.value) : null;
  const sig = base64urlToBytes(acceptance?.sig ?? "");
  if (acceptance === null || !sig.ok || !pop.ok) return null;
  return (await verify(sig.value, acceptanceContext(acceptance.g, acceptance), pop.value)).ok
    ? acceptance
    : null;
}

export type AcceptanceRefusal =
  | "malformed"
  | "mac"
  | "another-group"
  | "another-address"
  | "too-late"
  | "proof";

/**
 * Checks, on the inviter's device, what came back through the server. "mac": by somebody without the code, or changed on
 * the way; "another-address": not the person it was for.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function verifyAcceptance(
  keys: InvitationKeys,
  offer: Offer,
  signed: SignedAcceptance,
  now: number,
): Promise<Result<Acceptance, AcceptanceRefusal>> {
  const [body, mac, pop] = [signed.body, signed.mac, signed.pop].map(base64urlToBytes);
  if (!body?.ok || !mac?.ok || !pop?.ok) return err("malformed");
  if (!equalBytes(mac.value, await hmac(keys.accept, CTX("inv-accept", body.value)))) return err("mac");
  const acceptance = parse(acceptanceSchema, body.value);
  const sig = base64urlToBytes(acceptance?.sig ?? "");
  if (acceptance === null || !sig.ok) return err("malformed");
  if (acceptance.invitation !== keys.id || acceptance.g !== offer.g || acceptance.h !== offer.h) {
    return err("another-group");
  }
  if (acceptance.email !== offer.email) return err("another-address");
  if (now > offer.until) return err("too-late");
  const proven = await verify(sig.value, acceptanceContext(acceptance.g, acceptance), pop.value);
  return proven.ok ? ok(acceptance) : err("proof");
}

function parse<T>(schema: z.ZodMiniType<T>, bytes: Bytes): T | null {
  const text = utf8Decode(bytes);
  if (!text.ok) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text.value));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
