import {
  type Bytes,
  base32Decode,
  base32Encode,
  concatBytes,
  equalBytes,
  utf8,
  utf8Decode,
} from "../bytes.ts";
import { CTX } from "../crypto/context.ts";
import { sha256 } from "../crypto/sha256.ts";
import { isServerOrigin, SERVER_BYTES } from "../group/invitation-code.ts";
import { err, ok, type Result } from "../result.ts";

/** What one device shows another: everything that connecting takes beside the passphrase. */
export type DeviceCode = {
  /** Of the server: https, or http on this computer alone. */
  readonly origin: string;
  /** What the server is known by (serverPrint): the other device pins it before anything is sent. */
  readonly server: Bytes;
  /** With which the person signs in. */
  readonly email: string;
  /** 32 bytes (accountKeyOf). */
  readonly accountKey: Bytes;
};

/** "CSD", for a device, and the version: neither a kit (CSR) nor an invitation (CS and a digit) is taken for one. */
const PREFIX = "CSD1-";
const VERSION = "1";
const ACCOUNT_KEY_BYTES = 32;
const CHECKSUM_BYTES = 5;
const MOST_EMAIL_BYTES = 254;
/** What is longer is none: the longest origin and address come to 936 letters. */
const MOST_LETTERS = 1_000;

/** What stands in no base32 and is easily taken for a letter that does. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { "0": "O", "1": "I", "8": "B" };

/** "not-encrypted": it names a server on another computer by http; the others as for an invitation. */
export type DeviceCodeRefusal = "not-a-code" | "newer-version" | "mistyped" | "not-encrypted";

/**
 * Writes the code that a signed-in device shows: "CSD1-" and base32 of length of the origin ‖ origin ‖ length of the address
 * ‖ address ‖ server ‖ account key ‖ checksum.
 *
 * @returns "too-long": the address has more bytes than fit
 */
export async function formatDeviceCode({
  origin,
  server,
  email,
  accountKey,
}: DeviceCode): Promise<Result<string, "too-long">> {
  const [where, who] = [utf8(origin), utf8(email)];
  if (!isServerOrigin(origin) || where.length > 255) throw Error("not the origin of a server");
  if (server.length !== SERVER_BYTES || accountKey.length !== ACCOUNT_KEY_BYTES)
    throw Error("of another length");
  if (who.length > MOST_EMAIL_BYTES) return err("too-long");
  const lengthOf = ({ length }: Bytes) => new Uint8Array([length]);
  const body = concatBytes(lengthOf(where), where, lengthOf(who), who, server, accountKey);
  return ok(PREFIX + base32Encode(concatBytes(body, await checksum(body))));
}

/** Whether it means to be a device's code, by how it begins. */
export function isDeviceCode(text: string): boolean {
  return /^\s*CSD\d/i.test(text);
}

/**
 * Reads a code as it was scanned, or as people type it: any case, blanks, dashes and line breaks anywhere, 0 for O, 1 for I
 * and 8 for B. "newer-version": shown by a later version; "mistyped": a letter is wrong, missing, or one too many.
 */
export async function parseDeviceCode(text: string): Promise<Result<DeviceCode, DeviceCodeRefusal>> {
  const bare = text.length > MOST_LETTERS * 2 ? "" : text.replace(/[\s\p{Pd}\u200b-\u200d\u2060]/gu, "");
  // Tested before toUpperCase, which turns letters like ı and ſ into ASCII ones.
  const version = /^[A-Za-z0-9]+$/.test(bare) ? /^CSD(\d)/i.exec(bare)?.[1] : undefined;
  if (version === undefined || bare.length > MOST_LETTERS) return err("not-a-code");
  if (version !== VERSION) return err("newer-version");
  const letters = bare
    .slice(PREFIX.length - 1)
    .toUpperCase()
    .replace(/[018]/g, (character) => LOOK_ALIKES[character] ?? character);
  const bytes = base32Decode(letters);
  // Left-over bits and letters would be a second spelling of the same code.
  if (!bytes.ok || base32Encode(bytes.value) !== letters) return err("mistyped");
  const all = bytes.value;
  const body = all.slice(0, Math.max(0, all.length - CHECKSUM_BYTES));
  if (!equalBytes(all.subarray(body.length), await checksum(body))) return err("mistyped");
  return readBody(body);
}

/** With the right checksum: what is wrong now was written so. */
function readBody(body: Bytes): Result<DeviceCode, DeviceCodeRefusal> {
  const atEmail = 1 + (body[0] ?? 0);
  const atServer = atEmail + 1 + (body[atEmail] ?? 0);
  const atKey = atServer + SERVER_BYTES;
  if (body.length !== atKey + ACCOUNT_KEY_BYTES) return err("mistyped");
  const origin = utf8Decode(body.subarray(1, atEmail));
  const email = utf8Decode(body.subarray(atEmail + 1, atServer));
  if (!origin.ok || !email.ok || !/^[^\s@]+@[^\s@]+$/.test(email.value)) return err("mistyped");
  if (!isServerOrigin(origin.value)) return err(/^http:/.test(origin.value) ? "not-encrypted" : "mistyped");
  return ok({
    origin: origin.value,
    email: email.value,
    server: body.slice(atServer, atKey),
    accountKey: body.slice(atKey),
  });
}

async function checksum(body: Bytes): Promise<Bytes> {
  return (await sha256(CTX("device-code", body))).slice(0, CHECKSUM_BYTES);
}
