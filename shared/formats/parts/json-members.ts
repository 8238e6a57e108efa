/** An object out of parsed JSON, nothing of it judged. */
export type JsonObject = { readonly [name: string]: unknown };

/** Parses JSON that must be an object; null for anything else. */
export function parseObject(text: string): JsonObject | null {
  return asObject(parse(text));
}

/** Parses JSON that must be an array; null for anything else. */
export function parseArray(text: string): readonly unknown[] | null {
  const json = parse(text);
  return Array.isArray(json) ? json : null;
}

/** The value, if it is an object and no array; null otherwise. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
