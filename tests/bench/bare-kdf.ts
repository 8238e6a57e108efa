import { type Bytes, base64ToBytes, hexToBytes, utf8 } from "../../shared/bytes.ts";
import { readEncodedArgon2id } from "../../shared/crypto/encoded-argon2id.ts";
import { pbkdf2, scrypt } from "../../shared/crypto/foreign.ts";
import { type Argon2idCost, argon2id } from "../../shared/crypto/kdf.ts";
import { type JsonObject, jsonList, recordOf } from "../../shared/formats/parts/json-value.ts";

/** A key derivation by itself, with the parameters of a file: what opening the file takes at the least. */
export type BareKdf = { readonly name: string; readonly run: () => Promise<unknown> };

type Hash = "SHA-1" | "SHA-256" | "SHA-512";

/**
 * Finds the parameters in an encrypted file by its format, without the importer: the two know nothing of each other.
 *
 * @returns null where nothing is derived slowly: one SHA-256, ZipCrypto, AES of CryptoJS
 */
export function bareKdfOf(format: string, bytes: Bytes, passphrase: string): BareKdf | null {
  const password = utf8(passphrase);
  const text = new TextDecoder("latin1").decode(bytes);
  const json = text.trimStart().startsWith("{") ? recordOf(JSON.parse(text)) : {};
  const pbkdf2Of = (hash: Hash, iterations: number, salt: Bytes): BareKdf => ({
    name: `PBKDF2 ${hash}, ${iterations}`,
    run: () => pbkdf2(password, salt, { hash, iterations, length: 32 }),
  });
  const argon2idOf = (cost: Argon2idCost, salt: Bytes): BareKdf => ({
    name: `Argon2id, ${cost.memoryKib} KiB, ${cost.iterations}`,
    run: () => argon2id(password, salt, cost),
  });
  switch (format) {
    case "2fas":
      return pbkdf2Of("SHA-256", 10_000, base64(`${json.servicesEncrypted}`.split(":")[1]));
    case "aegis": {
      const slot = recordOf(jsonList(recordOf(json.header).slots).find((one) => recordOf(one).type === 1));
      const cost = { n: Number(slot.n), r: Number(slot.r), p: Number(slot.p) };
      const salt = hexToBytes(`${slot.salt}`);
      return { name: `scrypt, ${cost.n}`, run: () => scrypt(password, salt.ok ? salt.value : bytes, cost) };
    }
    case "andotp-encrypted": {
      const rounds = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
      return rounds > 5_000_000 ? null : pbkdf2Of("SHA-1", rounds, bytes.slice(4, 16));
    }
    case "authenticator-extension":
      return authenticatorExtensionKdf(json, argon2idOf);
    case "bitwarden":
      return Number(json.kdfType) === 1
        ? argon2idOf(
            {
              memoryKib: Number(json.kdfMemory ?? 64) * 1_024,
              iterations: Number(json.kdfIterations),
              parallelism: Number(json.kdfParallelism ?? 4),
            },
            // Any salt of this length takes as long.
            bytes.slice(0, 32),
          )
        : pbkdf2Of("SHA-256", Number(json.kdfIterations), utf8(`${json.salt}`));
    case "ente": {
      const { memLimit, opsLimit, salt } = recordOf(json.kdfParams);
      const cost = { memoryKib: Number(memLimit) / 1_024, iterations: Number(opsLimit), parallelism: 1 };
      return argon2idOf(cost, base64(`${salt}`));
    }
    case "freeotp-2": {
      const iterations = Number(/mIterations\\?":(\d+)/.exec(text)?.[1]);
      const hash = /PBKDF2withHmacSHA(1|512)/.exec(text)?.[1] === "1" ? "SHA-1" : "SHA-512";
      return pbkdf2Of(hash, iterations, bytes.slice(0, 32));
    }
    case "proton-authenticator":
      return argon2idOf({ memoryKib: 19_456, iterations: 2, parallelism: 1 }, base64(`${json.salt}`));
    case "stratum":
      return text.startsWith("AUTHENTICATORPRO")
        ? argon2idOf({ memoryKib: 65_536, iterations: 3, parallelism: 4 }, bytes.slice(16, 32))
        : pbkdf2Of("SHA-1", 64_000, bytes.slice(16, 36));
    default:
      return null;
  }
}

/** A key is derived, and its own hash is checked, which is derived as well. */
function authenticatorExtensionKdf(
  json: JsonObject,
  argon2idOf: (cost: Argon2idCost, salt: Bytes) => BareKdf,
): BareKdf | null {
  const key = Object.values(json)
    .map(recordOf)
    .find(({ dataType }) => dataType === "Key");
  if (key === undefined) return null;
  const derived = argon2idOf({ memoryKib: 19_456, iterations: 2, parallelism: 1 }, utf8(`${key.salt}`));
  const encoded = readEncodedArgon2id(`${key.hash}`);
  if (encoded === null) return derived;
  const check = argon2idOf(encoded.cost, encoded.salt);
  return {
    name: `${derived.name}, and its check`,
    run: async () => [await derived.run(), await check.run()],
  };
}

function base64(text = ""): Bytes {
  const bytes = base64ToBytes(text);
  if (!bytes.ok) throw Error("no base64 where the salt should be");
  return bytes.value;
}
