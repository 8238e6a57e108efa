import { type ForeignCode, foreignCode } from "../../shared/otp/foreign-code.ts";

/** Codes of our own that are read in the section Teams: a recovery kit, a device's code, a code of a server. */
export type OwnPayload = "countersign-kit" | "countersign-device" | "countersign-code";

/** What a QR code is that holds no account for an authenticator. */
export type ForeignPayload =
  | OwnPayload
  | Exclude<ForeignCode, "google-migration">
  | "steam-login"
  | "messenger-login"
  | "app-store"
  | "wifi"
  | "contact"
  | "event"
  | "message"
  | "place"
  | "payment"
  | "text";

type Pattern = { readonly what: ForeignPayload; readonly pattern: RegExp };

/** Web links and schemes that are more than a web link; the first that fits names the code. */
const PATTERNS: readonly Pattern[] = [
  { what: "countersign-kit", pattern: /^CSR\d-/i },
  { what: "countersign-device", pattern: /^CSD\d-/i },
  { what: "countersign-code", pattern: /^CS\d-/i },
  { what: "microsoft-push", pattern: /^https:\/\/login\.microsoftonline\.com\/authenticatorapp\//i },
  { what: "microsoft-push", pattern: /^https:\/\/[\w.-]+\.auth\.microsoft\.com\//i },
  { what: "microsoft-push", pattern: /^(?:microsoft-authenticator|ms-authenticator):/i },
  { what: "duo-push", pattern: /^https:\/\/[\w.-]+\.duosecurity\.com\//i },
  { what: "okta-push", pattern: /^https:\/\/[\w.-]+\/.*oktaverify/i },
  { what: "rsa-securid", pattern: /^https?:\/\/127\.0\.0\.1\/securid\/ctf/i },
  { what: "steam-login", pattern: /^https:\/\/s\.team\/q\//i },
  {
    what: "messenger-login",
    pattern:
      /^(?:tg:\/\/login|sgnl:|discord:|weixin:|https:\/\/(?:discord(?:app)?\.com\/ra\/|login\.weixin\.qq\.com\/|u\.wechat\.com\/|wa\.me\/)|\d@[\w+/=]{20,},)/i,
  },
  {
    what: "app-store",
    pattern:
      /^(?:market:|itms-apps:|https:\/\/(?:play\.google\.com\/store|apps\.apple\.com|itunes\.apple\.com))/i,
  },
  { what: "wifi", pattern: /^wifi:/i },
  { what: "contact", pattern: /^(?:begin:vcard|mecard:|bizcard:)/i },
  { what: "event", pattern: /^(?:begin:vevent|begin:vcalendar)/i },
  { what: "message", pattern: /^(?:mailto|tel|sms|smsto|mms|mmsto|matmsg|callto|facetime):/i },
  { what: "place", pattern: /^geo:/i },
  {
    what: "payment",
    pattern:
      /^(?:bcd\r?\n|upi:|bitcoin:|ethereum:|lightning:|litecoin:|monero:|spc\r?\n|weixin:\/\/wxpay|https:\/\/qr\.alipay\.com\/)/i,
  },
];

/**
 * Names what a code without an account is for, so that the person can be told what to choose at the site instead.
 * "text" where it is none of the known things.
 */
export function foreignPayload(text: string): ForeignPayload {
  const known = PATTERNS.find(({ pattern }) => pattern.test(text));
  if (known !== undefined) return known.what;
  const foreign = foreignCode(text);
  return foreign === null || foreign === "google-migration" ? "text" : foreign;
}
