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
  /** The session is good, but the passphrase was given too long ago for this. */
  | "sign-in-again"
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

const SAID_NO: ReadonlySet<AskFailure> = new Set(["signed-out", "sign-in-again", "too-often"]);

/** Thrown by a call that comes to nothing; ask() turns it into a Result. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly failure: AskFailure;
  constructor(failure: AskFailure) {
    super(typeof failure === "object" ? failure.refused : failure);
    this.failure = failure;
  }
}
