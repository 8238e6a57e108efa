import { type Bytes, concatBytes, utf8 } from "../bytes.ts";

/**
 * What a ciphertext, a key or a signature is bound to, in bytes that can't be read two ways:
 * utf8("countersign/v1/" + label) ‖ 00 ‖ (u32be(length of field) ‖ field)…
 *
 * @param label names the use; without a NUL, or where it ends would be open
 * @param fields numbers count as decimal text
 */
export function CTX(label: string, ...fields: readonly (string | number | Uint8Array)[]): Bytes {
  if (label.includes("\0")) throw Error("a label must not contain a NUL");
  const parts = fields.flatMap((field) =>
    withLength(typeof field === "object" ? field : utf8(fieldText(field))),
  );
  return concatBytes(utf8(`countersign/v1/${label}\0`), ...parts);
}

function fieldText(field: string | number): string {
  if (typeof field === "number" && !Number.isSafeInteger(field))
    throw Error("a number must be a safe integer");
  return String(field);
}

function withLength(field: Uint8Array): [length: Bytes, field: Uint8Array] {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, field.length);
  return [length, field];
}
