import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { brokenEntry } from "./parts/entry-fields.ts";
import { readFreeotpToken, signedBytes } from "./parts/freeotp-token.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { jsonObject } from "./parts/json-value.ts";

/** The JSON backup of FreeOTP+ (ImportExportUtil.kt, SavedTokens): tokens with their secrets as signed bytes. */
export const freeotpPlusFormat = {
  id: "freeotp-plus",
  recognise: ({ json }) => {
    const file = jsonObject(json);
    return (
      file !== null && Array.isArray(file.tokens) && (Array.isArray(file.tokenOrder) || hasToken(file.tokens))
    );
  },
  read: async ({ json }) => {
    const tokens = jsonObject(json)?.tokens;
    if (!Array.isArray(tokens)) return err("corrupt");
    return gatherEntries(tokens.map(readToken));
  },
  write: null,
} as const satisfies Format;

function readToken(item: unknown) {
  const token = jsonObject(item);
  return token === null
    ? err(brokenEntry())
    : readFreeotpToken(token, signedBytes(token.secret) ?? token.secret);
}

function hasToken(tokens: readonly unknown[]): boolean {
  const token = jsonObject(tokens[0]);
  return token !== null && Array.isArray(token.secret) && ("issuerExt" in token || "label" in token);
}
