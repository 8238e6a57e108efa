/** The tables of second factors (Schema). */
export type MfaSchema = {
  readonly factor: FactorRow;
  readonly session_method: SessionMethodRow;
  readonly mfa_challenge: MfaChallengeRow;
  readonly remembered_device: RememberedDeviceRow;
  readonly mfa_wait: MfaWaitRow;
  readonly factor_guessing: FactorGuessingRow;
  readonly known_network: KnownNetworkRow;
  readonly factor_reset: FactorResetRow;
  readonly activity: ActivityRow;
};

/** A second factor of a user. It counts once it is verified. */
export type FactorRow = {
  readonly id: string;
  readonly user_id: string;
  /** The id of its module, e.g. "totp". */
  readonly module: string;
  /** What its person calls it; null: nothing, so that each reader is told what its kind is called in their language. */
  readonly name: string | null;
  /** What the module keeps, encrypted under a key of the secret file. */
  readonly kept: Uint8Array;
  /** Counts the times that `kept` was written: of two that write at once, one finds that it is another. */
  readonly rev: number;
  readonly made_at: number;
  /** When it was first shown to work; null before. */
  readonly verified_at: number | null;
  readonly used_at: number | null;
};

/** A factor that was shown in a session. */
export type SessionMethodRow = {
  readonly token_hash: string;
  readonly factor_id: string;
  readonly module: string;
  readonly strength: "strong" | "weak";
  readonly at: number;
};

/** A question that a session was asked, and waits to be answered. It goes with its session and its factor. */
export type MfaChallengeRow = {
  readonly id: string;
  readonly token_hash: string;
  readonly factor_id: string;
  readonly kept: Uint8Array;
  /** How often it may still be answered. */
  readonly tries: number;
  readonly until: number;
};

/** A device on which a factor was shown, so that the policy may do without one there. It goes with the factor. */
export type RememberedDeviceRow = {
  readonly token_hash: string;
  readonly user_id: string;
  readonly factor_id: string;
  /** A hash of the network that it was in, which only this server can make. */
  readonly network: string;
  readonly at: number;
};

/** How often somebody, a factor or an address was wrong in a row, and until when is to be waited. */
export type MfaWaitRow = {
  readonly name: string;
  readonly failures: number;
  readonly until: number;
  readonly at: number;
};

/** The wrong answers of those who have given somebody's password: how many, when the last one was, and when the person was told. */
export type FactorGuessingRow = {
  readonly user_id: string;
  readonly wrong: number;
  readonly at: number;
  readonly told_at: number | null;
};

/** A network in which somebody has shown a factor: hashed, as that of a remembered device. */
export type KnownNetworkRow = { readonly user_id: string; readonly network: string; readonly at: number };

/** The holder of a user's recovery kit has asked that their factors go: announced, and not before it is due. */
export type FactorResetRow = { readonly user_id: string; readonly asked_at: number; readonly due_at: number };

/**
 * What was done about somebody's factors. `by_user`: who did it; null: whoever runs the server, on its command line, or, of
 * what was guessed, somebody whom nobody knows.
 */
export type ActivityRow = {
  readonly id: string;
  readonly at: number;
  readonly user_id: string;
  readonly by_user: string | null;
  readonly what:
    | "added"
    | "removed"
    | "renamed"
    | "fresh-codes"
    | "guessed"
    | "reset-asked"
    | "reset-cancelled"
    | "reset-by-kit"
    | "reset-by-administrator";
  readonly module: string | null;
  readonly name: string | null;
};
