import { base32Decode, equalBytes } from "../bytes.ts";
import type { Entry } from "./entry.ts";

/** What makes two entries give the same codes for ever. */
export type SecretIdentity = Pick<Entry, "type" | "secret" | "algorithm" | "digits" | "period">;

/**
 * Whether two entries are the same secret, whatever they are called: the same bytes, type, algorithm, digits and
 * period. The counter is left out: it moves with use. Secrets are compared as bytes, since bits left over at the end
 * of base32 count for nothing.
 */
export function isSameSecret(a: SecretIdentity, b: SecretIdentity): boolean {
  return (
    a.type === b.type &&
    a.algorithm === b.algorithm &&
    a.digits === b.digits &&
    a.period === b.period &&
    isSameBase32(a.secret, b.secret)
  );
}

/**
 * The fields in which two entries differ, fields unknown to this version included; none if they say the same.
 * A field that only one of them has counts as different; secrets are compared as bytes.
 */
export function compareEntries(a: Entry, b: Entry): (keyof Entry)[] {
  const keys = new Set<keyof Entry>([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].filter((key) =>
    key === "secret" ? !isSameBase32(a.secret, b.secret) : !isSameJson(a[key], b[key]),
  );
}

function isSameBase32(a: string, b: string): boolean {
  const bytesA = base32Decode(a);
  const bytesB = base32Decode(b);
  return bytesA.ok && bytesB.ok ? equalBytes(bytesA.value, bytesB.value) : a === b;
}

/** Entries are JSON, so values are compared as JSON; the order of an object's keys does not count. */
function isSameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const entriesA = Object.entries(a);
  const valuesByKeyB = new Map(Object.entries(b));
  return (
    entriesA.length === valuesByKeyB.size &&
    entriesA.every(([key, value]) => valuesByKeyB.has(key) && isSameJson(value, valuesByKeyB.get(key)))
  );
}
