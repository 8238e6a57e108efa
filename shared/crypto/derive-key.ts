import type { Bytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";

/**
 * Derives a key in WebAssembly with numbers that a file names and its format has bounded.
 *
 * @returns "not-enough-memory" where the browser gives less than they ask for
 */
export async function deriveKey(derive: () => Promise<Bytes>): Promise<Result<Bytes, "not-enough-memory">> {
  try {
    return ok(await derive());
  } catch {
    // Memory that can't grow shows as one of several errors, a different one in each browser. Numbers that would be
    // errors by themselves never come here.
    return err("not-enough-memory");
  }
}
