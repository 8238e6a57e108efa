import { type Bytes, base32Decode, equalBytes } from "../bytes.ts";
import type { Entry } from "./entry.ts";
import { yandexKey } from "./yandex-code.ts";

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
    isSameKey(a, b)
  );
}

/**
 * The bytes of a secret that codes are made of, by which secrets are compared: those of Yandex are also written with a
 * checksum behind them, which changes no code.
 *
 * @returns null for a text that holds not even one byte
 */
export function keyBytes({ type, secret }: Pick<Entry, "type" | "secret">): Bytes | null {
  const bytes = base32Decode(secret);
  if (!bytes.ok) return null;
  return type === "yandex" ? yandexKey(bytes.value) : bytes.value;
}

/**
 * The fields in which two entries differ, fields unknown to this version included; none if they say the same.
 * A field that only one of them has counts as different; secrets are compared as bytes.
 */
export function compareEntries(a: Entry, b: Entry): (keyof Entry)[] {
  const keys = new Set<keyof Entry>([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].filter((key) => (key === "secret" ? !isSameKey(a, b) : !isSameJson(a[key], b[key])));
}

function isSameKey(a: Pick<Entry, "type" | "secret">, b: Pick<Entry, "type" | "secret">): boolean {
  const [bytesA, bytesB] = [keyBytes(a), keyBytes(b)];
  return bytesA && bytesB ? equalBytes(bytesA, bytesB) : a.secret === b.secret;
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
