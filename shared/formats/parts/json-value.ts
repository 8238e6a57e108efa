import { type Bytes, utf8Decode } from "../../bytes.ts";

/** An object out of parsed JSON, nothing of it judged. */
export type JsonObject = { readonly [name: string]: unknown };

/** The value, if it is an object and no list; null otherwise. */
export function jsonObject(value: unknown): JsonObject | null {
  // JSON.parse makes plain objects only, and what stands in them is still unknown.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/**
 * An object to look into. What is none has no fields: a program that left something out, or wrote null or a text in its
 * place, must not cost the entry around it.
 */
export function recordOf(value: unknown): JsonObject {
  return jsonObject(value) ?? {};
}

/** A list to go through; an empty one where the value is none. */
export function jsonList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether a flag is set, however it is spelled: true, 1, "true", "1". */
export function isSet(value: unknown): boolean {
  return value === true || value === 1 || value === "1" || value === "true";
}

/** A number from 0 on, also where it is written as a text; null where there is none. */
export function countOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Parses a text; undefined, which JSON can't say, if it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Parses JSON that must be an object; null for anything else. */
export function parseObject(text: string): JsonObject | null {
  return jsonObject(parseJson(text));
}

/** Parses JSON that must be a list; null for anything else. */
export function parseArray(text: string): readonly unknown[] | null {
  const json = parseJson(text);
  return Array.isArray(json) ? json : null;
}

/** What the bytes of a member of an archive, or of what was decrypted, say as JSON; undefined if they say nothing. */
export function jsonOfBytes(bytes: Bytes): unknown {
  const text = utf8Decode(bytes);
  return text.ok ? parseJson(text.value.replace(/^\ufeff/, "")) : undefined;
}
