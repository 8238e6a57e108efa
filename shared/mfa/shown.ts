import type { Words } from "./form.ts";

/** What a step of a factor shows to the person, or gives to their browser. */
export type Shown =
  /** The secret of an authenticator, in the three ways in which one takes it. */
  | {
      readonly kind: "totp-secret";
      /** base32, without blanks. */
      readonly secret: string;
      readonly uri: string;
      /** The URI as a QR code: markup of an SVG, and the same as a data URL. */
      readonly svg: string;
      readonly dataUrl: string;
    }
  /** Codes that are good once each: capital letters, digits, and dashes between them. They are shown here and never again. */
  | { readonly kind: "recovery-codes"; readonly codes: readonly string[] }
  /** So few codes are left that a fresh set should be made. */
  | { readonly kind: "codes-left"; readonly left: number }
  /** What navigator.credentials is asked for: JSON of WebAuthn level 3. */
  | { readonly kind: "credential"; readonly for: "create" | "get"; readonly options: string }
  /** A code went there, as far as that may be shown; until then (milliseconds since 1970 UTC) it is good. */
  | { readonly kind: "sent"; readonly to: string; readonly until: number }
  | { readonly kind: "note"; readonly words: Words };
