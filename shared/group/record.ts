import * as z from "zod/mini";
import { type Bytes, bytesToBase64url } from "../bytes.ts";
import { openAead, sealAead } from "../crypto/aead.ts";
import { CTX } from "../crypto/context.ts";
import { sha256 } from "../crypto/sha256.ts";
import { type Entry, parseEntry } from "../otp/entry.ts";
import { padJson, unpadJson } from "../padded-json.ts";
import { err, ok, type Result } from "../result.ts";

/** What a record holds: an entry, or what the group is called. */
export type RecordContent =
  | { readonly kind: "entry"; readonly entry: Entry }
  | {
      readonly kind: "group";
      readonly name: string;
      /** The e-mail addresses of its people by their user ids, as their inviters wrote them. */
      readonly people: Readonly<Record<string, string>>;
      /** Whether it is somebody's own, on all their devices, and nobody else is to be in it. */
      readonly isPersonal: boolean;
      /** Fields that a later version wrote beside these: they are written back as they are. */
      readonly others: Readonly<Record<string, unknown>>;
    };

/** Where a ciphertext belongs: it opens nowhere else. */
export type RecordPlace = {
  readonly g: string;
  readonly id: string;
  readonly ver: number;
  readonly epoch: number;
  /** The user who wrote it. */
  readonly by: string;
};

/** The server sees how long a ciphertext is, so all are multiples of this. */
const PADDING = 256;
/** A record's ciphertext is at most so long. */
export const MOST_RECORD_BYTES = 16 * 1024;

/**
 * Encrypts a record: u32be(length) ‖ JSON ‖ zeros to a multiple of 256 bytes, under AES-256-GCM, bound to its place.
 *
 * @param key of the epoch, from recordsKeyOf
 * @returns "too-long": more than the server takes
 */
export async function sealRecord(
  key: CryptoKey,
  place: RecordPlace,
  content: RecordContent,
): Promise<Result<Bytes, "too-long">> {
  const sealed = await sealAead(key, padJson(toJson(content), PADDING), contextOf(place));
  return sealed.length > MOST_RECORD_BYTES ? err("too-long") : ok(sealed);
}

/** What is no personal group says nothing of it: the padding makes both as long. */
function toJson(content: RecordContent): unknown {
  if (content.kind === "entry") return content;
  const { kind, name, people, isPersonal, others } = content;
  return { ...others, kind, name, people, ...(isPersonal ? { personal: true } : {}) };
}

const contentSchema = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("entry"), entry: z.unknown() }),
  z.looseObject({
    kind: z.literal("group"),
    name: z.string(),
    people: z.record(z.string(), z.string()),
    personal: z.optional(z.literal(true)),
  }),
]);

/**
 * Opens a record. "corrupt": not encrypted under this key for this place; "newer-version": what is inside was written by a
 * later version, and must be kept as it is.
 */
export async function openRecord(
  key: CryptoKey,
  place: RecordPlace,
  sealed: Bytes,
): Promise<Result<RecordContent, "corrupt" | "newer-version">> {
  const padded = await openAead(key, sealed, contextOf(place));
  if (!padded.ok) return padded;
  const json = unpadJson(padded.value);
  if (json === null) return err("corrupt");
  const content = contentSchema.safeParse(json);
  // A kind of record that is not known yet: whoever has the key has written it.
  if (!content.success) return err("newer-version");
  if (content.data.kind === "group") {
    const { kind, name, people, personal, ...others } = content.data;
    return ok({ kind, name, people, isPersonal: personal === true, others });
  }
  const entry = parseEntry(content.data.entry);
  return entry.ok ? ok({ kind: "entry", entry: entry.value }) : entry;
}

/**
 * Encrypts a record again for another place, whatever is in it: what a later version wrote comes along as it is. What can't
 * be opened by anybody is replaced by a record that says so, because a rotation has to carry every record.
 */
export async function resealRecord(
  from: { readonly key: CryptoKey; readonly place: RecordPlace; readonly sealed: Bytes },
  to: { readonly key: CryptoKey; readonly place: RecordPlace },
): Promise<Bytes> {
  const padded = await openAead(from.key, from.sealed, contextOf(from.place));
  return sealAead(to.key, padded.ok ? padded.value : padJson(DAMAGED, PADDING), contextOf(to.place));
}

/** Of no kind that is known: readers keep it as it is and show nothing. */
const DAMAGED = { kind: "damaged" };

/** What the log knows a ciphertext by: base64url of SHA-256. */
export async function hashRecord(sealed: Bytes): Promise<string> {
  return bytesToBase64url(await sha256(sealed));
}

function contextOf({ g, id, ver, epoch, by }: RecordPlace): Bytes {
  return CTX("record", g, id, ver, epoch, by);
}
