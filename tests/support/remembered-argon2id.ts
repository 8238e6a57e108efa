import { argon2id as derive } from "hash-wasm";
import { bytesToHex } from "../../shared/bytes.ts";

type Options = Parameters<typeof derive>[0];

const derived = new Map<string, Promise<Uint8Array>>();

/**
 * The library's own Argon2id, which takes half a second for each call by design: what it was asked before is answered from
 * memory, as where a test makes a vault and then opens it. Its vectors are tested without this, in Node.
 */
export async function argon2id(options: Options): Promise<Uint8Array> {
  const { password, salt, secret: _, ...cost } = options;
  if (typeof password === "string" || typeof salt === "string") throw Error("the vault derives from bytes");
  const key = [bytesToHex(bytes(password)), bytesToHex(bytes(salt)), JSON.stringify(cost)].join();
  const known = derived.get(key) ?? derive({ ...options, outputType: "binary" });
  derived.set(key, known);
  // A copy: what is derived may be wiped by who asked.
  return new Uint8Array(await known);
}

function bytes(data: Exclude<Options["password"], string>): Uint8Array {
  return data instanceof Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
