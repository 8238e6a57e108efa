import { createHash, randomBytes } from "node:crypto";

/** A secret that is handed out once: base64url of 32 random bytes. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token: it has 256 bits, so a plain hash can't be guessed back. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** An id that means nothing: base64url of 16 random bytes. */
export function newId(): string {
  return randomBytes(16).toString("base64url");
}
