import { type Bytes, concatBytes, utf8, utf8Decode } from "../../shared/bytes.ts";
import { normalizePassphrase } from "../../shared/crypto/passphrase.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** The base-2 logarithm of scrypt's cost that `age -p` takes too: 256 MiB and a second or so for each guess. */
const WORK_FACTOR = 18;

/** What a file is encrypted to: a passphrase, or the public half of a pair of keys, "age1…". */
export type AgeLock =
  | { readonly kind: "passphrase"; readonly passphrase: string }
  | { readonly kind: "recipient"; readonly recipient: string };

/** What opens a file: its passphrase, or an identity, the secret half of a pair of keys ("AGE-SECRET-KEY-1…"). */
export type AgeOpener = "passphrase" | "identity";

const MAGIC = "age-encryption.org/v1\n";
const ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";

/**
 * Encrypts to a passphrase in the age format (age-encryption.org/v1): any `age -d` opens it.
 *
 * Takes a second of plain computing: pages ask age-in-worker.ts. Not for the service worker, where import() throws.
 */
export async function sealAgeFile(
  plaintext: Bytes,
  passphrase: string,
  workFactor = WORK_FACTOR,
): Promise<Bytes> {
  if (passphrase === "") throw Error("a passphrase must not be empty");
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.setPassphrase(normalizePassphrase(passphrase));
  encrypter.setScryptWorkFactor(workFactor);
  return concatBytes(await encrypter.encrypt(plaintext));
}

/** Encrypts to the public half of a pair of keys; costs nothing, since there is nothing to be guessed. Throws where it is none. */
export async function sealAgeFileTo(plaintext: Bytes, recipient: string): Promise<Bytes> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return concatBytes(await encrypter.encrypt(plaintext));
}

/**
 * Reads what somebody gave as a recipient: of the two kinds whose secret half a text can be, X25519 and its hybrid.
 *
 * "secret-half": an identity, which must not be given away.
 */
export async function parseRecipient(typed: string): Promise<Result<string, "no-recipient" | "secret-half">> {
  const recipient = typed.trim();
  if (/^age-secret-key-/i.test(recipient)) return err("secret-half");
  if (!/^age1(pq1)?[0-9a-z]+$/.test(recipient)) return err("no-recipient");
  const { Encrypter } = await import("age-encryption");
  try {
    new Encrypter().addRecipient(recipient);
  } catch {
    return err("no-recipient");
  }
  return ok(recipient);
}

/**
 * Opens an age file, binary or armoured.
 *
 * @param secret the passphrase, also tried as it was typed, in case another program wrote the file; or for a file that is
 *   encrypted to keys an identity, or the text of an identity file with several
 * @returns "not-a-backup": not an age file; "corrupt": cut short or changed. A change in the few bytes that the
 *   passphrase opens first can't be told from a wrong passphrase. "wrong-identity": none of them opens it
 */
export async function openAgeFile(
  file: Uint8Array,
  secret: string,
): Promise<Result<Bytes, "not-a-backup" | "wrong-passphrase" | "wrong-identity" | "corrupt">> {
  const { armor, Decrypter } = await import("age-encryption");
  let bytes = file;
  const start = latin1(file.subarray(0, 64)).trimStart();
  if (start.startsWith(ARMOR)) {
    const text = utf8Decode(file);
    if (!text.ok) return err("corrupt");
    try {
      bytes = armor.decode(text.value);
    } catch {
      return err("corrupt");
    }
  }
  const opener = openerOf(bytes);
  if (opener === null) return err(isCutShort(bytes) ? "corrupt" : "not-a-backup");
  const wrong = opener === "passphrase" ? "wrong-passphrase" : "wrong-identity";
  const decrypter = new Decrypter();
  if (opener === "passphrase") {
    if (secret === "") return err(wrong);
    for (const spelling of new Set([normalizePassphrase(secret), secret])) decrypter.addPassphrase(spelling);
  } else {
    const identities = identitiesIn(secret);
    if (identities.length === 0) return err(wrong);
    try {
      for (const identity of identities) decrypter.addIdentity(identity);
    } catch {
      return err(wrong);
    }
  }
  try {
    return ok(concatBytes(await decrypter.decrypt(bytes)));
  } catch (error) {
    // The library has no error type; its version is pinned, and a test holds this sentence.
    const isWrong = error instanceof Error && error.message.startsWith("no identity matched");
    return err(isWrong ? wrong : "corrupt");
  }
}

/** What opens an age file, binary or armoured, told by how it begins; null where it is none, or too short to tell. */
export function ageOpenerOf(file: Uint8Array): AgeOpener | null {
  const start = latin1(file.subarray(0, 256)).trimStart();
  if (!start.startsWith(ARMOR)) return openerOf(file);
  const [, line = ""] = start.split(/\r?\n/);
  try {
    // The first line of an armoured file holds 48 bytes: the magic, and how the next line begins.
    return openerOf(Uint8Array.from(atob(line.trim()), (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** Whether a file may be an age file, told by how it begins: what is none need not be asked for its passphrase. */
export function mayBeAgeFile(file: Uint8Array): boolean {
  return (
    latin1(file.subarray(0, 64)).trimStart().startsWith(ARMOR) || openerOf(file) !== null || isCutShort(file)
  );
}

function openerOf(bytes: Uint8Array): AgeOpener | null {
  const start = latin1(bytes.subarray(0, MAGIC.length + 10));
  if (start.startsWith(`${MAGIC}-> scrypt `)) return "passphrase";
  return start.startsWith(`${MAGIC}-> `) && bytes.length > MAGIC.length + 10 ? "identity" : null;
}

/** The lines of an identity file that are no comment; what age-keygen writes holds one. */
function identitiesIn(text: string): string[] {
  return text
    .split(/\s*\n\s*/)
    .map((line) => line.trim().toUpperCase())
    .filter((line) => line.startsWith("AGE-SECRET-KEY-"));
}

/** An age file of which not even the first two lines are there. */
function isCutShort(bytes: Uint8Array): boolean {
  const header = utf8(`${MAGIC}-> scrypt `);
  return bytes.length > 0 && bytes.length < header.length && bytes.every((byte, at) => byte === header[at]);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
