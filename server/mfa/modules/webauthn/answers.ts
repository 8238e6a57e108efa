import * as z from "zod/mini";
import { base64urlToBytes, utf8Decode } from "../../../../shared/bytes.ts";
import { LONGEST_CREDENTIAL } from "../../../../shared/mfa/form.ts";
import { err, ok, type Result } from "../../../../shared/result.ts";

/** How a browser reaches an authenticator, as WebAuthn level 3 section 5.8.4 and browsers name it. */
export const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;
type Transport = (typeof TRANSPORTS)[number];

const base64url = z.string().check(z.minLength(1), z.regex(/^[A-Za-z0-9_-]+$/));
/** At most 1,023 bytes (section 4). */
const credentialId = base64url.check(z.maxLength(1_364));

const attestationSchema = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.optional(z.array(z.string()).check(z.maxLength(20))),
  }),
});

const assertionSchema = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: z.nullish(z.string().check(z.maxLength(86), z.regex(/^[A-Za-z0-9_-]*$/))),
  }),
});

/** What the browser says of the page that asked (section 5.8.1). What else is in it is the library's to judge. */
const clientDataSchema = z.object({
  crossOrigin: z.optional(z.boolean()),
  topOrigin: z.optional(z.string()),
});

/** As the library takes it. */
type Answer<Response> = {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly clientExtensionResults: Record<string, never>;
  readonly response: Response;
};

type Attestation = Answer<{
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports: Transport[];
}>;

type Assertion = Answer<{
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string;
}>;

export type AnswerRefusal = "malformed" | "wrong-credential";

/**
 * Reads what navigator.credentials.create gave, as JSON. "wrong-credential": it comes with certificates, though none were
 * asked for, or from inside another page. Certificates name addresses, which the library would go to: whoever sends one
 * would choose whom this server calls.
 */
export async function readAttestation(text: string): Promise<Result<Attestation, AnswerRefusal>> {
  const read = readAnswer(attestationSchema, text);
  if (!read.ok) return read;
  const { response, ...credential } = read.value;
  const { clientDataJSON, attestationObject } = response;
  if (!(await isWithoutCertificates(attestationObject))) return err("wrong-credential");
  const transports = TRANSPORTS.filter((transport) => response.transports?.includes(transport));
  return ok({
    ...credential,
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports },
  });
}

/** Reads what navigator.credentials.get gave, as JSON. "wrong-credential": it comes from inside another page. */
export function readAssertion(text: string): Result<Assertion, AnswerRefusal> {
  const read = readAnswer(assertionSchema, text);
  if (!read.ok) return read;
  const { response, ...credential } = read.value;
  const { userHandle, ...answer } = response;
  return ok({
    ...credential,
    clientExtensionResults: {},
    response: userHandle ? { ...answer, userHandle } : answer,
  });
}

function readAnswer<T extends { readonly response: { readonly clientDataJSON: string } }>(
  schema: z.ZodMiniType<T>,
  text: string,
): Result<T, AnswerRefusal> {
  if (text.length > LONGEST_CREDENTIAL) return err("malformed");
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success) return err("malformed");
  const bytes = base64urlToBytes(parsed.data.response.clientDataJSON);
  const said = bytes.ok ? utf8Decode(bytes.value) : bytes;
  const clientData = said.ok ? clientDataSchema.safeParse(jsonOf(said.value)) : null;
  if (!clientData?.success) return err("malformed");
  const { crossOrigin, topOrigin } = clientData.data;
  return crossOrigin || topOrigin !== undefined ? err("wrong-credential") : ok(parsed.data);
}

/** Browsers that are asked for no attestation leave it away, or the authenticator's own signature by the new key itself. */
async function isWithoutCertificates(attestationObject: string): Promise<boolean> {
  const bytes = base64urlToBytes(attestationObject);
  if (!bytes.ok) return false;
  const { decodeAttestationObject } = await import("@simplewebauthn/server/helpers");
  try {
    const decoded = decodeAttestationObject(bytes.value);
    const format = decoded.get("fmt");
    return format === "none" || (format === "packed" && decoded.get("attStmt").get("x5c") === undefined);
  } catch {
    return false;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
