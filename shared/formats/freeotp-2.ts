import { type Bytes, utf8 } from "../bytes.ts";
import { openAesGcm, pbkdf2 } from "../crypto/foreign.ts";
import { err, ok, type Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, RejectedEntry } from "./format.ts";
import { appOfPreferences, readPreferences } from "./parts/android-preferences.ts";
import { brokenEntry, textOf } from "./parts/entry-fields.ts";
import { readFreeotpToken, signedBytes } from "./parts/freeotp-token.ts";
import { isJavaMap, readJavaMap } from "./parts/java-map.ts";
import { type JsonObject, jsonObject, parseObject } from "./parts/json-value.ts";

/**
 * The backup of FreeOTP 2 (TokenPersistence.java, MasterKey.java, EncryptedKey.java): externalBackup.xml, which is a
 * serialised HashMap and no XML, or the app's own tokenBackup.xml, which is. A master key that PBKDF2 opens, and for each
 * token its key, sealed by the master key, beside what the app shows of it.
 */
export const freeotp2Format = {
  id: "freeotp-2",
  recognise: (file) => isJavaMap(file.bytes) || appOfPreferences(file) === "freeotp-2",
  read: async (file, passphrase) => {
    const backup = await readBackup(file);
    if (!backup.ok) return backup;
    const master = parseObject(backup.value.get("masterKey") ?? "");
    if (master === null) return err("corrupt");
    if (passphrase === null) return err("passphrase-needed");
    const key = await openMasterKey(master, passphrase);
    if (!key.ok) return key;
    return readTokens(backup.value, key.value);
  },
  write: null,
} as const satisfies Format;

async function readBackup(
  file: FileContent,
): Promise<Result<ReadonlyMap<string, string>, "corrupt" | "too-large">> {
  if (!isJavaMap(file.bytes)) return readPreferences(file.text ?? "");
  const map = readJavaMap(file.bytes);
  return map === null ? err("corrupt") : ok(map);
}

/** Fifty times what the app asks for. */
const MOST_ITERATIONS = 5_000_000;
const AES_KEY_BYTES = [16, 24, 32];

async function openMasterKey(master: JsonObject, passphrase: string): Promise<Result<Bytes, FileRefusal>> {
  const salt = signedBytes(master.mSalt);
  const iterations = Number(textOf(master.mIterations));
  const sealed = sealedKeyOf(master.mEncryptedKey);
  // Android before version 8 knows SHA-1 only.
  const hash = /SHA-?(1|256|512)$/i.exec(textOf(master.mAlgorithm))?.[1] ?? "512";
  if (salt === null || salt.length === 0 || sealed === null) return err("corrupt");
  if (!Number.isInteger(iterations) || iterations < 1) return err("corrupt");
  if (iterations > MOST_ITERATIONS) return err("too-large");
  const key = await pbkdf2(utf8(passphrase), salt, {
    hash: hash === "1" ? "SHA-1" : hash === "256" ? "SHA-256" : "SHA-512",
    iterations,
    // The app draws a key as long as its salt.
    length: AES_KEY_BYTES.includes(salt.length) ? salt.length : 32,
  });
  const opened = await openAesGcm(key, sealed);
  return opened.ok ? opened : err("wrong-passphrase");
}

async function readTokens(backup: ReadonlyMap<string, string>, master: Bytes) {
  const entries: ReadEntry[] = [];
  const rejected: RejectedEntry[] = [];
  for (const [name, value] of backup) {
    if (!name.endsWith(TOKEN)) {
      // A key without its token has neither name nor kind.
      const isAlone = !backup.has(`${name}${TOKEN}`) && parseObject(value)?.key !== undefined;
      if (isAlone) rejected.push(brokenEntry());
      continue;
    }
    const token = parseObject(value);
    if (token === null) {
      rejected.push(brokenEntry());
      continue;
    }
    const secret = await openSecret(backup.get(name.slice(0, -TOKEN.length)) ?? "", master);
    if (!secret.ok) {
      const label = [token.issuerExt, token.label].map(textOf).filter((text) => text !== "");
      rejected.push({ ...brokenEntry(label.join(": ")), reason: secret.error });
      continue;
    }
    const algo = textOf(token.algo) || secret.value.algorithm;
    const read = readFreeotpToken({ ...token, algo }, secret.value.bytes);
    if (read.ok) entries.push(read.value);
    else rejected.push(read.error);
  }
  return entries.length + rejected.length > 0 ? ok({ entries, rejected, notices: [] }) : err("nothing-found");
}

/** What the keys of tokens end in, beside the key of their secret. */
const TOKEN = "-token";

async function openSecret(
  text: string,
  master: Bytes,
): Promise<Result<{ bytes: Bytes; algorithm: string }, "entry-not-opened" | "no-secret">> {
  const key = parseObject(text)?.key;
  // A text of JSON within JSON, as the app writes it; read as an object too.
  const sealed = sealedKeyOf(typeof key === "string" ? parseObject(key) : key);
  if (sealed === null) return err("no-secret");
  const opened = await openAesGcm(master, sealed);
  return opened.ok ? ok({ bytes: opened.value, algorithm: sealed.algorithm }) : err("entry-not-opened");
}

/** EncryptedKey: the kind of the key within is authenticated along with it. */
function sealedKeyOf(value: unknown) {
  const key = jsonObject(value);
  const sealed = signedBytes(key?.mCipherText);
  const parameters = signedBytes(key?.mParameters);
  const nonce = parameters && nonceOf(parameters);
  if (sealed === null || !nonce) return null;
  const token = textOf(key?.mToken);
  return { sealed, nonce, aad: utf8(token), algorithm: /^Hmac/i.test(token) ? token : "" };
}

const SEQUENCE = 0x30;
const OCTET_STRING = 0x04;

/** The nonce of DER: an octet string, alone (Android 6) or first in a sequence with the length of the tag (RFC 5084). */
function nonceOf(parameters: Bytes): Bytes | null {
  const at = parameters[0] === SEQUENCE ? 2 : 0;
  const length = parameters[at + 1] ?? 0;
  const nonce = parameters.slice(at + 2, at + 2 + length);
  return parameters[at] === OCTET_STRING && nonce.length === length && length > 0 && length < 0x80
    ? nonce
    : null;
}
