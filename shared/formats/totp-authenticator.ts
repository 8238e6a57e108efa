import { base64ToBytes, utf8, utf8Decode } from "../bytes.ts";
import { openAesCbc } from "../crypto/foreign.ts";
import { sha256 } from "../crypto/sha256.ts";
import { err } from "../result.ts";
import type { FileContent, Format } from "./format.ts";
import { appOfPreferences, readPreferences } from "./parts/android-preferences.ts";
import { brokenEntry, readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { type JsonObject, jsonObject, parseArray, parseObject } from "./parts/json-value.ts";

/**
 * Backups of the app TOTP Authenticator, and its preferences (read by Aegis, TotpAuthenticatorImporter.java): base64 of
 * AES-256-CBC by the SHA-256 of the password. Whoever chose none has one that is the same for all.
 *
 * A backup says nothing of itself but that it is base64: it is tried after all formats that do.
 */
export const totpAuthenticatorFormat = {
  id: "totp-authenticator",
  recognise: (file) => appOfPreferences(file) === "totp-authenticator" || sealedOf(file) !== null,
  read: async (file, passphrase) => {
    const sealed = sealedOf(file);
    if (sealed === null) {
      const preferences = await readPreferences(file.text ?? "");
      if (!preferences.ok) return preferences;
      return readItems(parseArray(preferences.value.get("STATIC_TOTP_CODES_LIST") ?? ""));
    }
    const tried = passphrase === null ? DEFAULT_PASSWORDS : [passphrase];
    for (const password of tried) {
      const backup = await openBackup(sealed, password);
      if (backup !== null) return readItems(parseArray(Object.keys(backup)[0] ?? "[]"));
    }
    return err(passphrase === null ? "passphrase-needed" : "wrong-passphrase");
  },
  write: null,
} as const satisfies Format;

/** The one that Aegis knows, and the spelling that is told of. */
const DEFAULT_PASSWORDS = ["TotpAuthenticator", "totpauthenticator"];
const NO_IV = new Uint8Array(16);
const BLOCK_BYTES = 16;

/** The bytes of a text that is base64 and nothing else, of whole blocks; null for any other. */
function sealedOf({ text, json, xmlRoot }: FileContent) {
  if (text === null || json !== null || xmlRoot !== null) return null;
  if (!/^[A-Za-z0-9+/\s]{22,}={0,2}$/.test(text.trim())) return null;
  const bytes = base64ToBytes(text);
  return bytes.ok && bytes.value.length > 0 && bytes.value.length % BLOCK_BYTES === 0 ? bytes.value : null;
}

async function openBackup(sealed: NonNullable<ReturnType<typeof sealedOf>>, password: string) {
  const opened = await openAesCbc(await sha256(utf8(password)), { iv: NO_IV, sealed });
  const text = opened.ok ? utf8Decode(opened.value) : opened;
  return text.ok ? parseObject(text.value) : null;
}

/** @param items the accounts, as objects or as texts of them; null where they are none */
function readItems(items: readonly unknown[] | null) {
  if (items === null) return err("corrupt");
  return gatherEntries(
    items.map((item) => {
      const account = typeof item === "string" ? parseObject(item) : jsonObject(item);
      return account === null ? err(brokenEntry()) : readAccount(account);
    }),
  );
}

const SPELLINGS = { "16": "hex", "32": "base32", "64": "base64" } as const;

function readAccount(account: JsonObject) {
  const base = textOf(account.base);
  const issuer = textOf(account.issuer);
  return readFields({
    type: "totp",
    // What the app puts where nothing was said.
    issuer: issuer === "Unknown" ? "" : issuer,
    account: account.name,
    secret: account.key,
    spelling: base === "16" || base === "32" || base === "64" ? SPELLINGS[base] : "base32-or-hex",
    digits: account.digits,
    period: account.period,
    pinned: account.isFavorite === true,
  });
}
