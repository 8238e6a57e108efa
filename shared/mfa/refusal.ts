/** What an outside system says no with, in its own words. */
export type Business = {
  readonly code: number;
  readonly errcode: string;
  readonly model: string;
  readonly reason: string;
  readonly type: string;
};

/**
 * What a session lacks for something: "sign-in-again": the password was given too long ago; "factor-needed": a second
 * factor is to be shown first; "factor-again": it was, too long ago; "factor-missing": one has to be set up first.
 */
export type Lack = "sign-in-again" | "factor-needed" | "factor-again" | "factor-missing";

/** Why a step of a factor came to nothing. Whatever it is, nothing has changed but the count of tries. */
export type MfaRefusal =
  /** The session has to show something else first (shared/group/assurance.ts). */
  | { readonly reason: Lack }
  /** It is no right code now. */
  | { readonly reason: "wrong-code" }
  /** It was right, and has been used. */
  | { readonly reason: "used-code" }
  /** It would be right if the clock of the device that shows it were not so many seconds ahead (behind: below nought). */
  | { readonly reason: "clock-off"; readonly seconds: number }
  /** The challenge has expired, has been answered or failed too often, or belongs to another session: begin a new one. */
  | { readonly reason: "challenge-over" }
  | { readonly reason: "no-such-factor" }
  /** There is no such kind of factor here, or it is not for this person. */
  | { readonly reason: "no-such-module" }
  /** What was sent is not what the form asks for. */
  | { readonly reason: "malformed" }
  /** Too many wrong ones: so many seconds are to be waited. */
  | { readonly reason: "wait"; readonly seconds: number }
  /** The system that sends or checks codes can't be reached, took too long, or answered with something else. */
  | { readonly reason: "not-reached" }
  /** The outside system said no, in its own words. */
  | { readonly reason: "business"; readonly said: Business }
  /** The security key or passkey is not one that is known here, or not for this server. */
  | { readonly reason: "wrong-credential" }
  /** Only beside another factor: recovery codes are for when that one is lost. */
  | { readonly reason: "needs-another" }
  /** The person has one already that leads to the same address or number. Of others' nothing is said. */
  | { readonly reason: "already-bound" }
  /** So many are enough. */
  | { readonly reason: "too-many" }
  /** It is the last one: without it the password alone lets in, and spare ones go too. Nothing was said of that. */
  | { readonly reason: "last-factor" }
  /** The same, and the server's policy wants one of this person. */
  | { readonly reason: "factor-required" };
