import { base64ToBytes, utf8, utf8Decode } from "../bytes.ts";
import { openAesCbc, pbkdf2 } from "../crypto/foreign.ts";
import { err, ok, type Result } from "../result.ts";
import type { FileRefusal, Format, ReadEntry, RejectedEntry } from "./format.ts";
import { appOfPreferences, readPreferences } from "./parts/android-preferences.ts";
import { brokenEntry, readFields, textOf } from "./parts/entry-fields.ts";
import { type JsonObject, jsonObject, parseArray } from "./parts/json-value.ts";

/**
 * The preferences of Authy for Android, which only a rooted phone gives: other services' tokens, and Authy's own of seven
 * digits each ten seconds. Secrets are in the clear, or sealed by the backup password as in the cloud (read by Aegis,
 * AuthyImporter.java).
 */
export const authyFormat = {
  id: "authy",
  recognise: (file) => appOfPreferences(file) === "authy",
  read: async ({ text }, passphrase) => {
    const preferences = await readPreferences(text ?? "");
    if (!preferences.ok) return preferences;
    const tokens = tokensOf(preferences.value);
    if (tokens === null) return err("corrupt");
    if (tokens.length === 0) return err("nothing-found");
    const isSealed = tokens.some((token) => isSealedToken(jsonObject(token)));
    if (isSealed && passphrase === null) return err("passphrase-needed");
    return readTokens(tokens, passphrase ?? "");
  },
  write: null,
} as const satisfies Format;

const KEYS = /^com\.authy\.storage\.tokens\.(?:authenticator|authy)\.key$/;

/** The tokens of both lists; null where one of them is none. */
function tokensOf(preferences: ReadonlyMap<string, string>): unknown[] | null {
  const lists = [...preferences].filter(([name]) => KEYS.test(name)).map(([, value]) => parseArray(value));
  return lists.some((list) => list === null) ? null : lists.flatMap((list) => list ?? []);
}

/** Authy's own secrets change each ten seconds. */
const OWN_PERIOD = 10;
const OWN_DIGITS = 7;

async function readTokens(
  tokens: readonly unknown[],
  passphrase: string,
): Promise<Result<{ entries: ReadEntry[]; rejected: RejectedEntry[]; notices: [] }, FileRefusal>> {
  const entries: ReadEntry[] = [];
  const rejected: RejectedEntry[] = [];
  let opened = 0;
  let notOpened = 0;
  for (const item of tokens) {
    const token = jsonObject(item);
    if (token === null) {
      rejected.push(brokenEntry());
      continue;
    }
    const names = namesOf(token);
    const secret = isSealedToken(token) ? await openSecret(token, passphrase) : secretOf(token);
    if (secret === null) {
      notOpened++;
      rejected.push({ ...brokenEntry(names.issuer || names.account), reason: "entry-not-opened" });
      continue;
    }
    if (isSealedToken(token)) opened++;
    const isOwn =
      !isSealedToken(token) && textOf(token.decryptedSecret) === "" && textOf(token.secretSeed) !== "";
    const read = readFields({
      type: "totp",
      ...names,
      secret,
      ...(isOwn ? { spelling: "hex" } : {}),
      digits: textOf(token.digits) || (isOwn ? OWN_DIGITS : ""),
      period: isOwn ? OWN_PERIOD : "",
    });
    if (read.ok) entries.push(read.value);
    else rejected.push(read.error);
  }
  return notOpened > 0 && opened === 0 ? err("wrong-passphrase") : ok({ entries, rejected, notices: [] });
}

function secretOf({ decryptedSecret, secretSeed }: JsonObject): string {
  return textOf(decryptedSecret) || textOf(secretSeed);
}

function isSealedToken(token: JsonObject | null): boolean {
  return token !== null && secretOf(token) === "" && textOf(token.encryptedSecret) !== "";
}

const ITERATIONS = 1_000;
const NO_IV = new Uint8Array(16);

/** The salt is a text and is taken as such. */
async function openSecret(token: JsonObject, passphrase: string): Promise<string | null> {
  const sealed = base64ToBytes(textOf(token.encryptedSecret));
  if (!sealed.ok) return null;
  const key = await pbkdf2(utf8(passphrase), utf8(textOf(token.salt)), {
    hash: "SHA-1",
    iterations: ITERATIONS,
    length: 32,
  });
  const opened = await openAesCbc(key, { iv: NO_IV, sealed: sealed.value });
  const text = opened.ok ? utf8Decode(opened.value) : opened;
  // One wrong password in 256 gives something, which is no base32.
  return text.ok && /^[a-z2-7\s=-]+$/i.test(text.value) ? text.value : null;
}

/**
 * Authy keeps the name that came with the code, and the one it shows, which the person may have changed: "Issuer: name",
 * "Issuer - name", or one name for both.
 */
function namesOf(token: JsonObject): { issuer: string; account: string } {
  const shown = textOf(token.name);
  const original = textOf(token.originalName);
  const known = textOf(token.originalIssuer);
  const colon = original.indexOf(":");
  const issuer =
    (colon > 0 ? original.slice(0, colon).trim() : "") ||
    (shown.includes(" - ") ? shown.slice(0, shown.indexOf(" - ")).trim() : "") ||
    known;
  const named = shown || original;
  if (issuer === "") return { issuer: named, account: "" };
  const rest = withoutIssuer(named, issuer);
  return { issuer, account: rest || (colon > 0 ? original.slice(colon + 1).trim() : "") };
}

function withoutIssuer(name: string, issuer: string): string {
  if (!name.toLowerCase().startsWith(issuer.toLowerCase())) return name;
  const rest = name.slice(issuer.length);
  return rest === "" ? "" : (/^\s*(?::|-\s)(.*)$/s.exec(rest)?.[1]?.trim() ?? name);
}
