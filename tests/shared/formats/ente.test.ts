import { argon2id } from "hash-wasm";
import sodium from "libsodium-wrappers";
import { describe, expect, test } from "vitest";
import { bytesToBase64, utf8 } from "../../../shared/bytes.ts";
import { foreignArgon2id } from "../../../shared/crypto/foreign-argon2id.ts";
import { openSecretStream } from "../../../shared/crypto/secret-stream.ts";
import { enteFormat } from "../../../shared/formats/ente.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { expectTruth } from "../../support/import-truth.ts";

const plain = fixtureText("ente.txt");
const encrypted = JSON.parse(fixtureText("ente-encrypted.json"));
const PASSPHRASE = "alice's passphrase";
const read = (json: unknown, passphrase: string | null) => readFile(utf8(JSON.stringify(json)), passphrase);

describe("a list of Ente Auth", () => {
  test("brings along what the list shows: pins, trash, tags and notes", async () => {
    expect(await readFile(utf8(plain), null)).toMatchObject({
      ok: true,
      value: {
        format: "ente",
        entries: [
          {
            draft: {
              issuer: "Example",
              account: "alice",
              algorithm: "SHA256",
              digits: 8,
              period: 60,
              tags: ["Work", "com,ma"],
              note: "kept by alice",
            },
            pinned: true,
            line: 1,
          },
          { draft: { issuer: "", account: "bob", algorithm: "SHA1" }, trashed: true },
          { draft: { type: "steam", issuer: "Games", account: "bob" } },
          { draft: { type: "hotp", issuer: "Counter", counter: 0 }, notices: ["no-counter-assumed-0"] },
          { draft: { type: "yandex", issuer: "Ya", account: "alice", pin: "5125", digits: 8 } },
          { draft: { issuer: "Quoted", account: "eve", note: "a backup" }, line: 6 },
        ],
        rejected: [{ label: "Broken:eve", reason: "secret-not-base32", line: 7 }],
      },
    });
  });

  test("may have its URIs parted by commas", async () => {
    const file = await readFile(utf8(plain.trim().split("\n").slice(0, 3).join(",")), null);
    expect(file).toMatchObject({ ok: true, value: { format: "ente", entries: { length: 3 }, rejected: [] } });
  });

  test("is read whatever is done to it", () => expectTolerant(enteFormat, plain));
});

describe("an encrypted export of Ente Auth", () => {
  test("opens by its passphrase and gives what the list gives", async () => {
    const list = await readFile(utf8(plain), null);
    expect(await read(encrypted, null)).toMatchObject({
      error: { format: "ente", reason: "passphrase-needed" },
    });
    expect(await read(encrypted, PASSPHRASE)).toEqual(list);
    for (const wrong of ["", "alice"]) {
      expect(await read(encrypted, wrong)).toMatchObject({ error: { reason: "wrong-passphrase" } });
    }
  });

  test("says what is wrong with a file that can't be opened by any passphrase", async () => {
    const { kdfParams } = encrypted;
    const changed = (params: object) => ({ ...encrypted, kdfParams: { ...kdfParams, ...params } });
    const reasons = [
      [{ ...encrypted, encryptedData: "?" }, "corrupt"],
      [{ ...encrypted, kdfParams: null }, "corrupt"],
      [changed({ salt: 7 }), "corrupt"],
      [changed({ memLimit: 100 }), "corrupt"],
      [changed({ opsLimit: 0 }), "corrupt"],
      [changed({ memLimit: 2 ** 31 }), "too-large"],
      [changed({ opsLimit: 1e9 }), "too-large"],
      [{ ...encrypted, version: 2, encryptedData: "AAAA" }, "newer-version"],
    ] as const;
    for (const [file, reason] of reasons) {
      expect(await read(file, PASSPHRASE)).toMatchObject({ error: { format: "ente", reason } });
    }
  });

  test("is answered whatever is done to it", () =>
    expectTolerant(enteFormat, JSON.stringify(encrypted), PASSPHRASE));

  test("is opened in chunks of four megabytes where it was written so", async () => {
    const line = "otpauth://totp/A:alice?secret=JBSWY3DPEHPK3PXP&issuer=A&codeDisplay=%7B%7D\n";
    const text = utf8(`${line}#${" ".repeat(4_194_304)}\n${line}`);
    const salt = utf8("sixteen bytes ..");
    const cost = { iterations: 1, memorySize: 64, parallelism: 1, hashLength: 32 } as const;
    const key = await argon2id({ password: utf8(PASSPHRASE), salt, ...cost, outputType: "binary" });
    const { header, sealed } = await push(key, text, 4_194_304);
    const file = {
      version: 1,
      kdfParams: { memLimit: 65_536, opsLimit: 1, salt: bytesToBase64(salt) },
      encryptedData: bytesToBase64(sealed),
      encryptionNonce: bytesToBase64(header),
    };
    expect(await read(file, PASSPHRASE)).toMatchObject({ ok: true, value: { entries: { length: 2 } } });
    const cut = { ...file, encryptedData: bytesToBase64(sealed.subarray(0, 4_194_304 + 17)) };
    expect(await read(cut, PASSPHRASE)).toMatchObject({ error: { reason: "corrupt" } });
  });
});

async function push(key: Uint8Array, text: Uint8Array, chunkBytes: number) {
  await sodium.ready;
  const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < text.length; at += chunkBytes) {
    const tag =
      at + chunkBytes >= text.length
        ? sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
        : sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    const chunk = text.subarray(at, at + chunkBytes);
    chunks.push(sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, null, tag));
  }
  return { header: new Uint8Array(header), sealed: new Uint8Array(Buffer.concat(chunks)) };
}

describe("libsodium's secret stream", () => {
  const key = new Uint8Array(32).fill(7);

  test("is opened chunk by chunk, and only whole", async () => {
    const { header, sealed } = await push(key, utf8("three chunks"), 5);
    const opened = await openSecretStream(key, { header, sealed, chunkBytes: 5 });
    expect(opened).toEqual({ ok: true, value: utf8("three chunks") });
    const shorter = sealed.subarray(0, 2 * (5 + 17));
    const longer = new Uint8Array([...sealed, 0]);
    for (const damaged of [shorter, longer]) {
      const result = await openSecretStream(key, { header, sealed: damaged, chunkBytes: 5 });
      expect(result).toEqual({ ok: false, error: "corrupt" });
    }
    for (const [other, head] of [
      [key, header.subarray(1)],
      [key.subarray(1), header],
      [new Uint8Array(32), header],
    ] as const) {
      const result = await openSecretStream(new Uint8Array(other), {
        header: new Uint8Array(head),
        sealed,
        chunkBytes: 5,
      });
      expect(result).toEqual({ ok: false, error: "not-opened" });
    }
  });
});

test("a derivation that asks for more memory than there can be says so", async () => {
  const cost = { memoryKib: 8 * 1_048_576, iterations: 1, parallelism: 1 };
  expect(await foreignArgon2id(utf8("alice"), new Uint8Array(16), cost)).toEqual({
    ok: false,
    error: "not-enough-memory",
  });
});

for (const folder of ["ente-plain", "ente-encrypted"]) {
  test(`the collection's ${folder} is read right`, (context) => expectTruth(folder, context));
}
