import { err, ok, type Result } from "../result.ts";
import type { Algorithm } from "./entry.ts";
import { decodeQueryPart } from "./percent.ts";

/** The parameters of a query by their name in lower case, values decoded, in the order they stand in. */
export type UriParameters = ReadonlyMap<string, readonly string[]>;

/**
 * Takes a query apart by hand: "+" is a blank, broken escapes stay as they are, "&issuer" is a parameter without a
 * value. URLSearchParams would replace bytes that are not UTF-8.
 */
export function readParameters(query: string): UriParameters {
  const parameters = new Map<string, string[]>();
  for (const part of query.split("&")) {
    const [name = ""] = part.split("=", 1);
    const key = decodeQueryPart(name).trim().toLowerCase();
    const value = decodeQueryPart(part.slice(name.length + 1)).trim();
    if (key !== "") parameters.set(key, [...(parameters.get(key) ?? []), value]);
  }
  return parameters;
}

/** The first value of a parameter that is not empty; "" if there is none: an empty parameter is an absent one. */
export function parameter(parameters: UriParameters, name: string): string {
  return parameters.get(name)?.find((value) => value !== "") ?? "";
}

/** The first of these parameters that is given twice with different values; null if none is. */
export function conflictingParameter(parameters: UriParameters, names: readonly string[]): string | null {
  const conflicting = names.find((name) => {
    const values = (parameters.get(name) ?? []).map(withoutSpelling).filter((value) => value !== "");
    return new Set(values).size > 1;
  });
  return conflicting ?? null;
}

/**
 * Reads a parameter that is a whole number.
 *
 * @returns null where it is empty, which means absent
 */
export function readWholeNumber(
  text: string,
): Result<number | null, "not-a-number" | "negative" | "too-large"> {
  if (text === "") return ok(null);
  if (/^-\d+$/.test(text)) return err("negative");
  if (!/^\d+$/.test(text)) return err("not-a-number");
  const number = Number(text);
  return Number.isSafeInteger(number) ? ok(number) : err("too-large");
}

/**
 * Reads an algorithm however it is spelled: SHA1, sha-256, SHA_512, HmacSHA256, HMAC-SHA-1; and as languages print a
 * member of an enumeration: Algorithm.sha1, HashAlgorithm.SHA256, .sha512. Anything else has to be refused: taking it
 * for SHA1 would give wrong codes for ever.
 *
 * @returns null where it is empty, which means absent
 */
export function readAlgorithm(text: string): Result<Algorithm | null, "unknown-algorithm"> {
  if (text === "") return ok(null);
  const name = /^(?:(?:[A-Z]*(?:ALGORITHM|ALGO|HASH|DIGEST|MODE))?\.)?(?:HMAC)?SHA(1|256|512)$/.exec(
    withoutSpelling(text),
  )?.[1];
  if (name === "1") return ok("SHA1");
  if (name === "256") return ok("SHA256");
  return name === "512" ? ok("SHA512") : err("unknown-algorithm");
}

function withoutSpelling(text: string): string {
  return text.toUpperCase().replace(/[\s_=-]/g, "");
}
