import { type Bytes, concatBytes, utf8, utf8Decode } from "../../shared/bytes.ts";
import { normalizePassphrase } from "../../shared/crypto/passphrase.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** The base-2 logarithm of scrypt's cost that `age -p` takes too: 256 MiB and a second or so for each guess. */
const WORK_FACTOR = 18;

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

/**
 * Opens an age file, binary or armoured, that is encrypted to a passphrase.
 *
 * @param passphrase also tried as it was typed, in case another program wrote the file
 * @returns "not-a-backup": not an age file, or one for keys instead of a passphrase; "corrupt": cut short or changed.
 *   A change in the few bytes that the passphrase opens first can't be told from a wrong passphrase.
 */
export async function openAgeFile(
  file: Uint8Array,
  passphrase: string,
): Promise<Result<Bytes, "not-a-backup" | "wrong-passphrase" | "corrupt">> {
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
  if (!isForPassphrase(bytes)) return err(isCutShort(bytes) ? "corrupt" : "not-a-backup");
  if (passphrase === "") return err("wrong-passphrase");
  const decrypter = new Decrypter();
  for (const spelling of new Set([normalizePassphrase(passphrase), passphrase])) {
    decrypter.addPassphrase(spelling);
  }
  try {
    return ok(concatBytes(await decrypter.decrypt(bytes)));
  } catch (error) {
    // The library has no error type; its version is pinned, and a test holds this sentence.
    const isWrong = error instanceof Error && error.message.startsWith("no identity matched");
    return err(isWrong ? "wrong-passphrase" : "corrupt");
  }
}

/** Whether a file may be an age file, told by how it begins: what is none need not be asked for its passphrase. */
export function mayBeAgeFile(file: Uint8Array): boolean {
  return (
    latin1(file.subarray(0, 64)).trimStart().startsWith(ARMOR) || isForPassphrase(file) || isCutShort(file)
  );
}

function isForPassphrase(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, MAGIC.length + 10)).startsWith(`${MAGIC}-> scrypt `);
}

/** An age file of which not even the first two lines are there. */
function isCutShort(bytes: Uint8Array): boolean {
  const header = utf8(`${MAGIC}-> scrypt `);
  return bytes.length > 0 && bytes.length < header.length && bytes.every((byte, at) => byte === header[at]);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
