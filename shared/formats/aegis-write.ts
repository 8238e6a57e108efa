import { type Bytes, base32Decode, bytesToBase64, bytesToHex, utf8 } from "../bytes.ts";
import { importAeadKey, sealAead } from "../crypto/aead.ts";
import { scrypt } from "../crypto/foreign.ts";
import type { Entry } from "../otp/entry.ts";
import { motpSecretText } from "../otp/motp-code.ts";
import { wholeSecret } from "../otp/whole-secret.ts";
import { PASSWORD_SLOT } from "./aegis-vault.ts";
import type { LeftOutReason, WritableEntry, WrittenFile } from "./format.ts";
import { entryLosses, iconIn, partSayable } from "./parts/entry-losses.ts";

/** What Aegis derives its own keys with. */
const COST = { n: 32_768, r: 8, p: 1 } as const;
const SALT_BYTES = 32;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const ICON_TYPES = ["image/png", "image/jpeg", "image/svg+xml"];
/** Milliseconds of a period have to fit into an int there. */
const MOST_PERIOD = 2_147_483;

/**
 * Writes a vault of Aegis with the database of version 3, encrypted where there is a passphrase: one slot, with a
 * master key, a salt and nonces drawn for this file alone.
 */
export async function writeAegisVault(
  entries: readonly WritableEntry[],
  passphrase: string | null,
): Promise<WrittenFile> {
  const { written, leftOut } = partSayable(entries, whyNot);
  const database = databaseOf(written);
  const vault =
    passphrase === null
      ? { version: 1, header: { slots: null, params: null }, db: database }
      : await encryptedVault(JSON.stringify(database), passphrase);
  const losses = entryLosses(written, (field, { icon }) =>
    field === "icon" ? iconIn(icon, ICON_TYPES) === null : field === "sites",
  );
  return { text: `${JSON.stringify(vault, null, 4)}\n`, ending: "json", leftOut, losses };
}

/** What Aegis would read as something else, and so make other codes of. */
function whyNot({ type, algorithm, period, secret }: Entry): LeftOutReason | null {
  if (period !== null && period > MOST_PERIOD) return "period";
  if (type !== "motp") return algorithm === "MD5" ? "algorithm" : null;
  const bytes = base32Decode(secret);
  return bytes.ok && motpSecretText(bytes.value) === bytesToHex(bytes.value) ? null : "bad-secret";
}

function databaseOf(entries: readonly WritableEntry[]) {
  const groups = new Map(
    [...new Set(entries.flatMap(({ tags }) => tags))].map((tag) => [tag, crypto.randomUUID()]),
  );
  return {
    version: 3,
    entries: entries.map((entry) => {
      const icon = iconIn(entry.icon, ICON_TYPES);
      return {
        type: entry.type,
        uuid: crypto.randomUUID(),
        name: entry.account,
        issuer: entry.issuer,
        note: entry.note,
        favorite: entry.pinned === true,
        icon: icon?.base64 ?? null,
        ...(icon ? { icon_mime: icon.type } : {}),
        info: infoOf(entry),
        groups: [...new Set(entry.tags)].map((tag) => groups.get(tag)),
      };
    }),
    groups: [...groups].map(([name, uuid]) => ({ uuid, name })),
    icons_optimized: true,
  };
}

function infoOf({ type, secret, algorithm, digits, period, counter, pin }: Entry) {
  return {
    secret: wholeSecret(secret),
    algo: algorithm,
    digits,
    ...(type === "hotp" ? { counter: counter ?? 0 } : { period }),
    // Without any text there, Aegis opens no entry of the vault.
    ...(type === "motp" || type === "yandex" ? { pin: pin ?? "" } : {}),
  };
}

async function encryptedVault(database: string, passphrase: string) {
  const masterKey = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const { ciphertext: key, params: keyParams } = await sealed(
    await scrypt(utf8(passphrase), salt, COST),
    masterKey,
  );
  const { ciphertext, params } = await sealed(masterKey, utf8(database));
  const slot = {
    type: PASSWORD_SLOT,
    uuid: crypto.randomUUID(),
    key: bytesToHex(key),
    key_params: keyParams,
    ...COST,
    salt: bytesToHex(salt),
    repaired: true,
    is_backup: false,
  };
  return { version: 1, header: { slots: [slot], params }, db: bytesToBase64(ciphertext) };
}

/** AES-256-GCM, nonce and tag apart from the ciphertext. */
async function sealed(key: Bytes, plaintext: Bytes) {
  const all = await sealAead(await importAeadKey(key), plaintext, new Uint8Array(0));
  return {
    ciphertext: all.slice(NONCE_BYTES, -TAG_BYTES),
    params: { nonce: bytesToHex(all.slice(0, NONCE_BYTES)), tag: bytesToHex(all.slice(-TAG_BYTES)) },
  };
}
