import type { Bytes } from "../../shared/bytes.ts";
import { parseKit } from "../../shared/identity/recovery-key.ts";
import { err, type Result } from "../../shared/result.ts";
import { readKitText } from "./kit.ts";

export type TypedKitRefusal = "kit-not-a-kit" | "kit-incomplete" | "kit-mistyped" | "kit-newer-version";

/** The recovery key that a person gives to get in, as letters or as the QR code of their kit. */
export async function readTypedKit(text: string): Promise<Result<Bytes, TypedKitRefusal>> {
  const kit = await parseKit(readKitText(text).letters);
  return kit.ok ? kit : err(`kit-${kit.error}`);
}
