import { expect, test } from "vitest";
import { writeMigrationCodes } from "../../../shared/formats/google-migration-write.ts";
import type { Entry } from "../../../shared/otp/entry.ts";
import { alice, bob } from "./written-entries.ts";

/** The QR codes of Google Authenticator, read by a protobuf decoder that shares no line with the one that wrote them. */

const plain: Entry = { ...alice, algorithm: "SHA1", digits: 6, period: 30 };

/** Fields of a message by number, as protobuf's encoding describes the wire: varints, and bytes with their length. */
function fieldsOf(message: Uint8Array): Map<number, (bigint | Uint8Array)[]> {
  const fields = new Map<number, (bigint | Uint8Array)[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) throw Error("cut short");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = Number(varint());
    const isBytes = (tag & 7) === 2;
    if (!isBytes && (tag & 7) !== 0) throw Error("another kind of field");
    const value = varint();
    const field = isBytes ? message.subarray(at, at + Number(value)) : value;
    if (isBytes) at += Number(value);
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), field]);
  }
  return fields;
}

function payloadOf(uri: string) {
  const data = new URL(uri).searchParams.get("data") ?? "";
  const payload = fieldsOf(Buffer.from(data, "base64"));
  const number = (fields: ReturnType<typeof fieldsOf>, at: number) =>
    Number(BigInt.asIntN(32, BigInt((fields.get(at)?.[0] as bigint | undefined) ?? 0n)));
  const text = (fields: ReturnType<typeof fieldsOf>, at: number, coding: BufferEncoding = "utf8") =>
    Buffer.from((fields.get(at)?.[0] as Uint8Array | undefined) ?? []).toString(coding);
  return {
    version: number(payload, 2),
    size: number(payload, 3),
    index: number(payload, 4),
    id: number(payload, 5),
    entries: (payload.get(1) ?? []).map((message) => {
      const entry = fieldsOf(message as Uint8Array);
      return {
        secret: text(entry, 1, "hex"),
        name: text(entry, 2),
        issuer: text(entry, 3),
        algorithm: number(entry, 4),
        digits: number(entry, 5),
        type: number(entry, 6),
        counter: entry.get(7)?.[0] ?? 0n,
      };
    }),
  };
}

test("say each entry in the numbers of Google Authenticator", () => {
  const { codes, leftOut } = writeMigrationCodes(
    [
      plain,
      { ...bob, digits: 6, counter: 2 ** 40 },
      { ...plain, algorithm: "SHA512", digits: 8, issuer: "示例" },
    ],
    -123_456_789,
  );
  expect(leftOut).toEqual([]);
  expect(codes.map(({ uri }) => payloadOf(uri))).toEqual([
    {
      version: 1,
      size: 1,
      index: 0,
      id: -123_456_789,
      entries: [
        {
          secret: "48656c6c6f21deadbeef",
          name: "Example:alice",
          issuer: "Example",
          algorithm: 1,
          digits: 1,
          type: 2,
          counter: 0n,
        },
        {
          secret: "48656c6c6f21deadbeef",
          name: "Example:bob",
          issuer: "Example",
          algorithm: 2,
          digits: 1,
          type: 1,
          counter: 2n ** 40n,
        },
        {
          secret: "48656c6c6f21deadbeef",
          name: "示例:alice",
          issuer: "示例",
          algorithm: 3,
          digits: 2,
          type: 2,
          counter: 0n,
        },
      ],
    },
  ]);
});

test("are of up to ten, numbered, and say whose they are", () => {
  const many = Array.from({ length: 23 }, (_, at) => ({ ...plain, account: `alice${at}` }));
  const { codes } = writeMigrationCodes(many, 7);
  const payloads = codes.map(({ uri }) => payloadOf(uri));
  expect(payloads.map(({ size, index, id, entries }) => [size, index, id, entries.length])).toEqual([
    [3, 0, 7, 10],
    [3, 1, 7, 10],
    [3, 2, 7, 3],
  ]);
  expect(codes.map(({ entries }) => entries.length)).toEqual([10, 10, 3]);
  expect(codes.flatMap(({ entries }) => entries)).toEqual(many);
});
