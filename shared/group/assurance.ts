import type { ActionName } from "./action.ts";

/** A session's level: "aal1" knows the password, "aal2" has shown a strong factor too (NIST SP 800-63B). */
export type AssuranceLevel = "aal1" | "aal2";

const TEN_MINUTES_MS = 10 * 60_000;

/**
 * What a session must have shown before something is done, once, as data. `factor`: "none"; "any" that the server's policy
 * counts, or a device that is remembered; "strong": one of those in this very session, if the person has one or the policy
 * wants one. `passwordMs`, `factorMs`: so long ago at most, in milliseconds; null: at any time in the session.
 */
export const ASSURANCE = {
  /** Second factors themselves up to signing in, who one is, and signing out. */
  "signing-in": { factor: "none", passwordMs: null, factorMs: null },
  /** Everything that devices do all day. */
  use: { factor: "any", passwordMs: null, factorMs: null },
  "read-key-bundle": { factor: "any", passwordMs: TEN_MINUTES_MS, factorMs: null },
  invite: { factor: "strong", passwordMs: TEN_MINUTES_MS, factorMs: null },
  "accept-invitation": { factor: "any", passwordMs: TEN_MINUTES_MS, factorMs: null },
  /** Links of a group's log that change who is in it, or with which role. */
  "change-membership": { factor: "strong", passwordMs: null, factorMs: null },
  /** Passphrase, recovery kit, keys and address. */
  "change-own-keys": { factor: "strong", passwordMs: TEN_MINUTES_MS, factorMs: TEN_MINUTES_MS },
  "change-factors": { factor: "strong", passwordMs: TEN_MINUTES_MS, factorMs: TEN_MINUTES_MS },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly factor: "none" | "any" | "strong";
      readonly passwordMs: number | null;
      readonly factorMs: number | null;
    }
  >
>;

/** The actions of a group's log that change who is in it, or with which role. To leave is refused to nobody. */
export const MEMBERSHIP_ACTIONS: readonly ActionName[] = ["add", "role", "remove", "close"];

export type Act = keyof typeof ASSURANCE;
