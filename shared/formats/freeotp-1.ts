import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { appOfPreferences, readPreferences } from "./parts/android-preferences.ts";
import { brokenEntry } from "./parts/entry-fields.ts";
import { readFreeotpToken, signedBytes } from "./parts/freeotp-token.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { parseArray, parseObject } from "./parts/json-value.ts";

/**
 * The preferences of FreeOTP 1 and FreeOTP+ (shared_prefs/tokens.xml, TokenPersistence.java): a token of JSON for each
 * name, and their order.
 */
export const freeotp1Format = {
  id: "freeotp-1",
  recognise: (file) => appOfPreferences(file) === "freeotp-1",
  read: async ({ text }) => {
    const preferences = await readPreferences(text ?? "");
    if (!preferences.ok) return preferences;
    return gatherEntries(
      namesInOrder(preferences.value).map((name) => {
        const token = parseObject(preferences.value.get(name) ?? "");
        return token === null
          ? err(brokenEntry(name))
          : readFreeotpToken(token, signedBytes(token.secret) ?? token.secret);
      }),
    );
  },
  write: null,
} as const satisfies Format;

/** As the app shows them; what the order doesn't name comes after it. */
function namesInOrder(preferences: ReadonlyMap<string, string>): string[] {
  const order = (parseArray(preferences.get("tokenOrder") ?? "") ?? []).filter(
    (name): name is string => typeof name === "string" && name !== "tokenOrder" && preferences.has(name),
  );
  // What else stands there (a switch, the first start) is no object in braces.
  const others = [...preferences].filter(
    ([name, value]) => name !== "tokenOrder" && value.trim().startsWith("{"),
  );
  return [...new Set([...order, ...others.map(([name]) => name)])];
}
