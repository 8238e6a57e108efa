import { base64ToBytes, utf8Decode } from "../bytes.ts";

/** Codes that sites and apps show for sign-in and that hold no OTP secret an authenticator could take over. */
export type ForeignCode =
  | "google-migration"
  | "microsoft-push"
  | "duo-push"
  | "okta-push"
  | "rsa-securid"
  | "passkey"
  | "web-link";

const FOREIGN_BY_SCHEME = new Map<string, ForeignCode>([
  ["otpauth-migration", "google-migration"],
  ["phonefactor", "microsoft-push"],
  ["msauth", "microsoft-push"],
  ["duo", "duo-push"],
  ["oktaverify", "okta-push"],
  ["com.rsa.securid", "rsa-securid"],
  ["com.rsa.securid.iphone", "rsa-securid"],
  ["fido", "passkey"],
  ["http", "web-link"],
  ["https", "web-link"],
]);

/**
 * Names what a text is that is no OTP URI, so that a person can be told what to choose at the site instead.
 *
 * @returns null if it is none of the known ones
 */
export function foreignCode(text: string): ForeignCode | null {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1];
  if (scheme !== undefined) return FOREIGN_BY_SCHEME.get(scheme.toLowerCase()) ?? null;
  return isDuoActivation(text) ? "duo-push" : null;
}

/** Duo's codes also come without a scheme: an activation code, a dash, and the API host in base64. */
function isDuoActivation(text: string): boolean {
  const host = /^[A-Za-z0-9]{8,64}-([A-Za-z0-9+/=_-]{8,200})$/.exec(text)?.[1];
  const bytes = host === undefined ? null : base64ToBytes(host);
  const name = bytes?.ok ? utf8Decode(bytes.value) : null;
  return name?.ok === true && name.value.endsWith(".duosecurity.com");
}
