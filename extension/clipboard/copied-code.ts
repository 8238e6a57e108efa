import * as z from "zod/mini";
import { type Bytes, base64ToBytes, bytesToBase64, equalBytes } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { hmac } from "../../shared/crypto/mac.ts";
import { sessionItem } from "../platform/session-storage.ts";

/**
 * What is kept of a copied code so that it can be told from other text: its HMAC under a key made for it.
 *
 * A code has six digits, so whoever reads this in session memory can try them all; it is not there to keep the code from
 * such a one, who would find the vault key beside it. It is so that no code stands in clear in a store, in what a
 * debugger or a crash report shows, or in what is handed from one context to another.
 */
const copiedSchema = z.object({
  key: z.string(),
  mac: z.string(),
  /** Milliseconds since 1970 UTC. */ dueAt: z.number(),
});

export type CopiedCode = z.infer<typeof copiedSchema>;

export const copiedItem = sessionItem("copied-code", copiedSchema);

/** Reads one that came from another context of ours. */
export function parseCopied(value: unknown): CopiedCode | null {
  const parsed = copiedSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Describes a copied code. */
export async function describeCopied(code: string, dueAt: number): Promise<CopiedCode> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  return { key: bytesToBase64(key), mac: bytesToBase64(await macOf(key, code)), dueAt };
}

/** Whether a text is the code that was copied. */
export async function isCopiedCode(copied: CopiedCode, text: string): Promise<boolean> {
  const [key, mac] = [base64ToBytes(copied.key), base64ToBytes(copied.mac)];
  if (!key.ok || !mac.ok) return false;
  return equalBytes(await macOf(key.value, text), mac.value);
}

/** Nothing copied before this will be cleared. */
export async function forgetCopied(): Promise<void> {
  await copiedItem.remove();
}

function macOf(key: Bytes, text: string): Promise<Bytes> {
  return hmac(key, CTX("copied-code", text));
}
