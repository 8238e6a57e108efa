import type { Lack, MfaRefusal } from "../../shared/mfa/refusal.ts";
import type { AskFailure } from "./api-failure.ts";
import type { ConnectionRefusal } from "./connection.ts";

/**
 * Why a step of a second factor came to nothing, as the server said it: what the session lacks is said by a failure of its own,
 * as by every other call.
 */
export type FactorStepRefusal = Exclude<MfaRefusal, { readonly reason: Lack }>;

/**
 * What this device does not send. "typed-passphrase", "typed-kit": it is the passphrase or the recovery key that was typed
 * into a form that the server has drawn; "typed-too-long": longer than any code.
 */
export type TypedRefusal = "typed-passphrase" | "typed-kit" | "typed-too-long";

/** Why nothing came of what was asked about second factors. */
export type FactorRefusal = AskFailure | ConnectionRefusal | FactorStepRefusal | TypedRefusal;
