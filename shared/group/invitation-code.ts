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
import { err, ok, type Result } from "../result.ts";

/** What a code lets its holder do: join a group, or make the first owner of a new server. */
const KINDS = ["invitation", "set-up"] as const;

export type InvitationCode = {
  readonly kind: (typeof KINDS)[number];
  /** Of the server: https, or http on this computer alone. */
  readonly origin: string;
  /** 160 random bits, known to whoever sends the code and to whoever gets it. */
  readonly secret: Bytes;
  /** The first 16 bytes of what the server is known by (serverPrint). */
  readonly server: Bytes;
};

const PREFIX = "CS1-";
const VERSION = 1;
export const SECRET_BYTES = 20;
export const SERVER_BYTES = 16;
const CHECKSUM_BYTES = 4;
const MOST_LETTERS = 600;

/**
 * Writes the code that an owner sends to whom they invite: "CS1-" and base32 of version ‖ kind ‖ length of the origin ‖
 * origin ‖ secret ‖ server ‖ checksum. It is pasted into the extension; it is no address, so that no page and no server
 * ever gets to see it.
 */
export async function formatInvitationCode({
  kind,
  origin,
  secret,
  server,
}: InvitationCode): Promise<string> {
  const where = utf8(origin);
  if (where.length > 255 || !isServerOrigin(origin)) throw Error("not the origin of a server");
  if (secret.length !== SECRET_BYTES || server.length !== SERVER_BYTES) throw Error("of another length");
  const head = new Uint8Array([VERSION, KINDS.indexOf(kind), where.length]);
  const body = concatBytes(head, where, secret, server);
  return PREFIX + base32Encode(concatBytes(body, await checksum(body)));
}

export type CodeRefusal = "not-a-code" | "newer-version" | "mistyped" | "not-encrypted";

/**
 * Reads a code as people paste it: any case, with blanks, dashes and line breaks. "not-a-code": something else was
 * pasted; "newer-version": for a later version of this extension; "mistyped": a letter is wrong or missing;
 * "not-encrypted": it names a server on another computer by http.
 */
export async function parseInvitationCode(text: string): Promise<Result<InvitationCode, CodeRefusal>> {
  const bare = text.replace(/[\s\p{Pd}\u200b-\u200d\u2060]/gu, "").toUpperCase();
  const version = /^CS(\d)/.exec(bare)?.[1];
  if (version === undefined || bare.length > MOST_LETTERS) return err("not-a-code");
  if (version !== String(VERSION)) return err("newer-version");
  const bytes = base32Decode(bare.slice(3));
  if (!bytes.ok) return err("mistyped");
  const all = bytes.value;
  const body = all.subarray(0, Math.max(0, all.length - CHECKSUM_BYTES)) as Bytes;
  // Left-over bits and letters would be a second spelling of the same code.
  if (base32Encode(all) !== bare.slice(3)) return err("mistyped");
  if (!equalBytes(all.subarray(body.length), await checksum(body))) return err("mistyped");
  return readBody(body);
}

/** What a server is known by: its id and its static key for signing in, which a code pins before anything is sent. */
export async function serverPrint(serverId: string, staticKey: Bytes): Promise<Bytes> {
  return (await sha256(CTX("server", serverId, staticKey))).slice(0, SERVER_BYTES);
}

/** Whether codes may name it: https, or http on the computer itself, and nothing but an origin. */
export function isServerOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const isLoopback = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  return origin === text && (protocol === "https:" || (protocol === "http:" && isLoopback));
}

/** With the right checksum: what is wrong now was written so. */
function readBody(body: Bytes): Result<InvitationCode, CodeRefusal> {
  const [version, kindAt = 255, length = 0] = body;
  const kind = KINDS[kindAt];
  if (version !== VERSION || kind === undefined) return err("newer-version");
  if (body.length !== 3 + length + SECRET_BYTES + SERVER_BYTES) return err("mistyped");
  const origin = utf8Decode(body.subarray(3, 3 + length));
  if (!origin.ok) return err("mistyped");
  if (!isServerOrigin(origin.value)) return err(/^http:/.test(origin.value) ? "not-encrypted" : "mistyped");
  const secret = body.slice(3 + length, 3 + length + SECRET_BYTES);
  return ok({ kind, origin: origin.value, secret, server: body.slice(body.length - SERVER_BYTES) });
}

async function checksum(body: Bytes): Promise<Bytes> {
  return (await sha256(CTX("invitation-code", body))).slice(0, CHECKSUM_BYTES);
}
