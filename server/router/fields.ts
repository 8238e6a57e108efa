import * as z from "zod/mini";
import { type Bytes, base64urlToBytes } from "../../shared/bytes.ts";

/** base64url of so many bytes at most. */
export const base64url = (most: number) =>
  z.string().check(z.maxLength(Math.ceil((most * 4) / 3)), z.regex(/^[A-Za-z0-9_-]*$/));

/** base64url of so many bytes exactly. */
export const base64urlOf = (bytes: number) =>
  z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`)));

export const hash = base64urlOf(32);
export const count = z.int().check(z.nonnegative());
export const groupId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
export const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
/** PostgreSQL takes no text with a NUL in it, and nobody types any other control character. */
export const isTyped = z.refine<string>((text) => !/\p{Cc}/u.test(text));
export const id = z.string().check(z.minLength(1), z.maxLength(64), isTyped);
/** As it is kept: one letter may come apart into several. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;
export const email = z.string().check(
  z.minLength(3),
  z.maxLength(254),
  z.regex(EMAIL),
  isTyped,
  z.refine((text) => EMAIL.test(text.normalize("NFKC"))),
);
/** A message of OPAQUE, as its library writes it. */
export const opaqueMessage = z
  .string()
  .check(z.minLength(1), z.maxLength(4_096), z.regex(/^[A-Za-z0-9_-]+$/));
export const link = z.strictObject({ body: base64url(96 * 1024), sig: base64url(64) });

/** The bytes of a field that its schema has already looked at. */
export function bytesOf(text: string): Bytes {
  const bytes = base64urlToBytes(text);
  if (!bytes.ok) throw Error("a field that was checked is not base64url");
  return bytes.value;
}
