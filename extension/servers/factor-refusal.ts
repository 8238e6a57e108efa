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

/** Whether it is about what was typed, which is then to be said at its field. What another system says no with may be, too. */
export function isAboutTyped(refusal: FactorRefusal | "failed" | null): boolean {
  if (refusal === null) return false;
  if (typeof refusal === "string") return TYPED.includes(refusal);
  return "reason" in refusal && (refusal.reason === "malformed" || refusal.reason === "business");
}

const TYPED: readonly string[] = [
  "typed-passphrase",
  "typed-kit",
  "typed-too-long",
] satisfies readonly TypedRefusal[];

/** Why nothing came of what was asked about second factors. */
export type FactorRefusal = AskFailure | ConnectionRefusal | FactorStepRefusal | TypedRefusal;
