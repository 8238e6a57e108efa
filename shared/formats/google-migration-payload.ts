import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Bytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";

/**
 * The protobuf message in otpauth-migration://, as Google Authenticator writes it (there is no published schema).
 * Fields absent on the wire have the default of their kind: 0, "" or no bytes.
 */
export type MigrationPayload = {
  /** null stands for an entry whose own message is broken while the message around it is not. */
  readonly entries: readonly (PayloadEntry | null)[];
  readonly version: number;
  readonly batchSize: number;
  readonly batchIndex: number;
  /** int32, often negative. */
  readonly batchId: number;
};

export type PayloadEntry = {
  readonly secret: Uint8Array;
  readonly name: string;
  readonly issuer: string;
  /** 1 SHA1, 2 SHA256, 3 SHA512, 4 MD5; 0 unsaid. */
  readonly algorithm: number;
  /** 1 six, 2 eight; 0 unsaid. */
  readonly digits: number;
  /** 1 HOTP, 2 TOTP; 0 unsaid. */
  readonly type: number;
  readonly counter: bigint;
};

/** Field numbers of the payload and of an entry. Entries of version 2 also have 8, an identifier: skipped. */
const PAYLOAD = { entry: 1, version: 2, batchSize: 3, batchIndex: 4, batchId: 5 } as const;
const ENTRY = { secret: 1, name: 2, issuer: 3, algorithm: 4, digits: 5, type: 6, counter: 7 } as const;

/** Decodes a payload; fields of other numbers or kinds are skipped, as protobuf asks of readers. */
export function decodePayload(bytes: Uint8Array): Result<MigrationPayload, "corrupt"> {
  const entries: (PayloadEntry | null)[] = [];
  const payload = { version: 0, batchSize: 0, batchIndex: 0, batchId: 0 };
  try {
    forEachField(bytes, (reader, field, wireType) => {
      if (field === PAYLOAD.entry && wireType === WireType.LengthDelimited) {
        entries.push(decodeEntry(reader.bytes()));
        return true;
      }
      if (wireType !== WireType.Varint) return false;
      if (field === PAYLOAD.version) payload.version = reader.int32();
      else if (field === PAYLOAD.batchSize) payload.batchSize = reader.int32();
      else if (field === PAYLOAD.batchIndex) payload.batchIndex = reader.int32();
      else if (field === PAYLOAD.batchId) payload.batchId = reader.int32();
      else return false;
      return true;
    });
  } catch {
    return err("corrupt");
  }
  return ok({ ...payload, entries });
}

function decodeEntry(bytes: Uint8Array): PayloadEntry | null {
  const entry = {
    secret: new Uint8Array(),
    name: "",
    issuer: "",
    algorithm: 0,
    digits: 0,
    type: 0,
    counter: 0n,
  };
  try {
    forEachField(bytes, (reader, field, wireType) => {
      if (wireType === WireType.LengthDelimited) {
        if (field === ENTRY.secret) entry.secret = reader.bytes().slice();
        else if (field === ENTRY.name) entry.name = textOf(reader.bytes());
        else if (field === ENTRY.issuer) entry.issuer = textOf(reader.bytes());
        else return false;
        return true;
      }
      if (wireType !== WireType.Varint) return false;
      if (field === ENTRY.algorithm) entry.algorithm = reader.int32();
      else if (field === ENTRY.digits) entry.digits = reader.int32();
      else if (field === ENTRY.type) entry.type = reader.int32();
      else if (field === ENTRY.counter) entry.counter = BigInt(reader.int64());
      else return false;
      return true;
    });
  } catch {
    return null;
  }
  return entry;
}

/** Calls back for every field; false from the callback means that it read nothing. Throws on broken bytes. */
function forEachField(
  bytes: Uint8Array,
  readField: (reader: BinaryReader, field: number, wireType: WireType) => boolean,
): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (!readField(reader, field, wireType)) reader.skip(wireType, field);
  }
}

/** A name that is not UTF-8 is no reason to lose an account: what is broken becomes U+FFFD. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Encodes a payload whose entries are all there. */
export function encodePayload(payload: MigrationPayload): Bytes {
  const writer = new BinaryWriter();
  for (const entry of payload.entries) {
    if (entry !== null) writer.tag(PAYLOAD.entry, WireType.LengthDelimited).bytes(encodeEntry(entry));
  }
  writer.tag(PAYLOAD.version, WireType.Varint).int32(payload.version);
  writer.tag(PAYLOAD.batchSize, WireType.Varint).int32(payload.batchSize);
  writer.tag(PAYLOAD.batchIndex, WireType.Varint).int32(payload.batchIndex);
  writer.tag(PAYLOAD.batchId, WireType.Varint).int32(payload.batchId);
  return writer.finish();
}

function encodeEntry(entry: PayloadEntry): Bytes {
  const writer = new BinaryWriter();
  writer.tag(ENTRY.secret, WireType.LengthDelimited).bytes(entry.secret);
  writer.tag(ENTRY.name, WireType.LengthDelimited).string(entry.name.toWellFormed());
  writer.tag(ENTRY.issuer, WireType.LengthDelimited).string(entry.issuer.toWellFormed());
  writer.tag(ENTRY.algorithm, WireType.Varint).int32(entry.algorithm);
  writer.tag(ENTRY.digits, WireType.Varint).int32(entry.digits);
  writer.tag(ENTRY.type, WireType.Varint).int32(entry.type);
  if (entry.counter !== 0n) writer.tag(ENTRY.counter, WireType.Varint).int64(entry.counter);
  return writer.finish();
}
