import type { Bytes } from "../bytes.ts";
import { err } from "../result.ts";
import type { Format } from "./format.ts";

/**
 * A database of SQLCipher (Authenticator Plus, backups of other apps): whole pages without any header, as good as random
 * from the first byte on. Recognised after all formats that say what they are, so that it can be said that another way
 * out has to be taken.
 */
export const sqlcipherDatabaseFormat = {
  id: "sqlcipher-database",
  recognise: ({ bytes, text, archive }) =>
    text === null &&
    archive === null &&
    bytes.length >= SMALLEST_PAGES * PAGE_BYTES &&
    bytes.length % PAGE_BYTES === 0 &&
    !isPlausibleCount(bytes) &&
    isLikeRandom(bytes.subarray(0, PAGE_BYTES)),
  read: async () => err("sqlcipher-database"),
  write: null,
} as const satisfies Format;

/** Of version 3; version 4 has pages of four of these. */
const PAGE_BYTES = 1_024;
/** A schema and one table. */
const SMALLEST_PAGES = 2;

/** andOTP begins with the number of its iterations: one salt in a thousand looks like one. */
function isPlausibleCount(bytes: Bytes): boolean {
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return count >= 1_000 && count <= 5_000_000;
}

/** A page of random bytes holds about 251 of the 256 values, pictures and databases in the clear far fewer. */
function isLikeRandom(page: Bytes): boolean {
  return new Set(page).size >= 230;
}
