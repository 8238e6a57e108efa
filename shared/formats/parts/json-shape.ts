import { type Bytes, utf8Decode } from "../../bytes.ts";

/**
 * A JSON object to look into. What is none has no fields: a program that left something out, or wrote null or a text in
 * its place, must not cost the entry around it.
 */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** A JSON array to go through; an empty one where the value is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether a flag is set, however it is spelled: true, 1, "true", "1". */
export function isSet(value: unknown): boolean {
  return value === true || value === 1 || value === "1" || value === "true";
}

/** A JSON number from 0 on, also where it is written as a text; null where there is none. */
export function countOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** What the bytes of a member of an archive, or of what was decrypted, say as JSON; undefined if they say nothing. */
export function jsonOfBytes(bytes: Bytes): unknown {
  const text = utf8Decode(bytes);
  if (!text.ok) return undefined;
  try {
    return JSON.parse(text.value.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}
