import type { Result } from "../../shared/result.ts";
import type { ReadRefusal } from "./entries.ts";

export type HotpCode = {
  readonly code: string;
  /** The counter this code was made from. */
  readonly counter: number;
};
export type HotpRefusal = ReadRefusal | "not-hotp" | "bad-secret" | "counter-exhausted";

/** The next code of a hotp entry. The same press gives the same code again, never a second step. */
export async function advanceHotp(_id: string, _pressId: string): Promise<Result<HotpCode, HotpRefusal>> {
  throw new Error("not written yet");
}
