/** A value of a JSON text as an object; null if it is a list, a text or anything else. Never throws. */
export function jsonObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  // JSON.parse makes plain objects only, and what stands in them is still unknown.
  return value as Readonly<Record<string, unknown>>;
}

/** A value of a JSON text as a list; empty if it is none. */
export function jsonList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Parses a text that an encrypted file gave; undefined, which JSON can't say, if it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
