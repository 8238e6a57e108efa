import type { Lack } from "../../shared/mfa/refusal.ts";

/** Why a server could not be asked, or did not answer as one of ours. */
export type ApiFailure =
  /** The browser says that there is no network. */
  | "offline"
  /** No answer at all. A certificate that the browser does not trust looks the same from here. */
  | "unreachable"
  | "timeout"
  | "too-large"
  /** Something answered that is no Countersign server: a sign-in page in front, or whatever else is at that address. */
  | "not-a-server"
  /** It is another server than the one that was pinned. */
  | "another-server"
  | "server-too-old"
  | "server-too-new"
  /** The session is over. */
  | "signed-out"
  /** The session is good, but lacks something for this: the passphrase was given too long ago, or a second factor is to be shown. */
  | Lack
  | "too-often"
  /** The server, or a proxy in front of it, broke. */
  | "failed";

/** What the server itself said no with: a reason of ours, in lower case, e.g. "email-taken". */
export type ServerRefusal = { readonly refused: string };

export type AskFailure = ApiFailure | ServerRefusal;

/**
 * Whether the server itself has said that it does not do what it was asked, so that it has changed nothing. Any other failure
 * may have come after it had.
 */
export function isSaidNo(failure: AskFailure): boolean {
  return typeof failure === "object" || SAID_NO.has(failure);
}

const LACKS = ["sign-in-again", "factor-needed", "factor-again", "factor-missing"] as const;

const SAID_NO: ReadonlySet<AskFailure> = new Set(["signed-out", ...LACKS, "too-often"]);

/** What a session lacks, where that is the reason that was given; else undefined. */
export function lackNamed(reason: string): Lack | undefined {
  return LACKS.find((lack) => lack === reason);
}

/** Thrown by a call that comes to nothing; ask() turns it into a Result. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly failure: AskFailure;
  constructor(failure: AskFailure) {
    super(typeof failure === "object" ? failure.refused : failure);
    this.failure = failure;
  }
}
