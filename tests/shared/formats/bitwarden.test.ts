import { createCipheriv, createHmac, pbkdf2Sync } from "node:crypto";
import { argon2id } from "hash-wasm";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { bitwardenFormat } from "../../../shared/formats/bitwarden.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { expectTruth } from "../../support/import-truth.ts";

const plain = fixtureText("bitwarden.json");
const read = (json: unknown, passphrase: string | null = null) =>
  readFile(utf8(JSON.stringify(json)), passphrase);

describe("an export of Bitwarden", () => {
  test("gives each login that has a code, and what belongs to it", async () => {
    const file = await readFile(utf8(plain), null);
    expect(file).toMatchObject({
      ok: true,
      value: {
        format: "bitwarden",
        entries: [
          {
            draft: {
              issuer: "Example",
              account: "alice",
              secret: "JBSWY3DPEHPK3PXP",
              algorithm: "SHA256",
              digits: 8,
              period: 60,
              note: "kept by alice",
              tags: ["Work", "Shared/Bills"],
              sites: ["login.example.com", "example.org:8080", "example.com"],
            },
            pinned: true,
          },
          {
            draft: { type: "totp", issuer: "Bare", account: "bob", secret: "JBSWY3DPEHPK3PXP" },
            trashed: true,
          },
          { draft: { type: "steam", issuer: "Games", account: "bob", digits: 5 } },
        ],
        rejected: [{ label: "Broken: eve", reason: "secret-not-base32", detail: "" }],
      },
    });
  });

  test("takes what lies in no folder for that", async () => {
    const file = await readFile(utf8(plain), null);
    expect(file.ok && file.value.entries.map(({ draft }) => draft.tags)).toEqual([
      ["Work", "Shared/Bills"],
      undefined,
      undefined,
    ]);
  });

  test("is told though an old one does not say that it is not encrypted", async () => {
    const { encrypted: _, collections: __, ...old } = JSON.parse(plain);
    expect(await read(old)).toMatchObject({ ok: true, value: { format: "bitwarden" } });
  });

  test("without any code holds nothing, and is no other file", async () => {
    for (const items of [[], [{ type: 1, name: "x", login: { totp: null } }]]) {
      expect(await read({ encrypted: false, folders: [], items })).toEqual({
        ok: false,
        error: { format: "bitwarden", reason: "nothing-found" },
      });
    }
  });

  test("that only its account opens is told apart", async () => {
    expect(await read({ encrypted: true, folders: [], items: [{ name: "2.a|b|c" }] }, "any")).toEqual({
      ok: false,
      error: { format: "bitwarden", reason: "bitwarden-account-restricted" },
    });
  });

  test("is read whatever else stands in it", () => expectTolerant(bitwardenFormat, plain));
});

/** As Bitwarden's clients do it, with Node's own functions. */
async function sealed(
  passphrase: string,
  kdf: { type: number; memory?: number | null; lanes?: number | null },
) {
  const salt = "c2FsdCBvZiBhIHRlc3Q=";
  const iterations = kdf.type === 0 ? 5_000 : 3;
  const hashed = await crypto.subtle.digest("SHA-256", utf8(salt));
  const master =
    kdf.type === 0
      ? pbkdf2Sync(passphrase, salt, iterations, 32, "sha256")
      : await argon2id({
          password: utf8(passphrase),
          salt: new Uint8Array(hashed),
          iterations,
          memorySize: (kdf.memory ?? 64) * 1_024,
          parallelism: kdf.lanes ?? 4,
          hashLength: 32,
          outputType: "binary",
        });
  const expand = (info: string) => createHmac("sha256", master).update(`${info}\u0001`).digest();
  const encString = (text: string, fill: number) => {
    const iv = Buffer.alloc(16, fill);
    const cipher = createCipheriv("aes-256-cbc", expand("enc"), iv);
    const ct = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    const mac = createHmac("sha256", expand("mac")).update(iv).update(ct).digest();
    return `2.${[iv, ct, mac].map((part) => part.toString("base64")).join("|")}`;
  };
  return {
    encrypted: true,
    passwordProtected: true,
    salt,
    kdfType: kdf.type,
    kdfIterations: iterations,
    kdfMemory: kdf.memory ?? null,
    kdfParallelism: kdf.lanes ?? null,
    encKeyValidation_DO_NOT_EDIT: encString("5a7a2d2e-0000-4000-8000-000000000000", 1),
    data: encString(plain, 2),
  };
}

describe("a password-protected export of Bitwarden", () => {
  test.each([{ type: 0 }, { type: 1, memory: 16, lanes: 2 }, { type: 1, memory: null, lanes: null }])(
    "opens by its passphrase alone: %o",
    async (kdf) => {
      const file = await sealed("páss of alice", kdf);
      expect(await read(file)).toMatchObject({ error: { format: "bitwarden", reason: "passphrase-needed" } });
      const opened = await read(file, "páss of alice");
      expect(opened.ok && opened.value.entries.map(({ draft }) => draft.issuer)).toEqual([
        "Example",
        "Bare",
        "Games",
      ]);
      for (const wrong of ["", "pass of alice"]) {
        expect(await read(file, wrong)).toMatchObject({ error: { reason: "wrong-passphrase" } });
      }
    },
  );

  test("tells damage from a wrong passphrase", async () => {
    const file = await sealed("alice", { type: 0 });
    const [iv = "", ct = "", mac = ""] = file.data.split("|");
    const damaged = { ...file, data: [iv, `AAAA${ct.slice(4)}`, mac].join("|") };
    expect(await read(damaged, "alice")).toMatchObject({ error: { reason: "corrupt" } });
    expect(await read({ ...file, data: "2.x" }, "alice")).toMatchObject({ error: { reason: "corrupt" } });
    expect(await read({ ...file, salt: null }, "alice")).toMatchObject({ error: { reason: "corrupt" } });
    expect(await read({ ...file, data: `7.${ct}` }, "alice")).toMatchObject({
      error: { reason: "newer-version" },
    });
    expect(await read({ ...file, kdfType: 9 }, "alice")).toMatchObject({
      error: { reason: "newer-version" },
    });
  });

  test("that asks for hours or for all memory is not tried", async () => {
    const file = await sealed("alice", { type: 0 });
    for (const cost of [
      { kdfIterations: 4_000_000_000 },
      { kdfType: 1, kdfMemory: 4_096 },
      { kdfType: 1, kdfIterations: 1_000, kdfMemory: 16 },
    ]) {
      expect(await read({ ...file, ...cost }, "alice")).toMatchObject({ error: { reason: "too-large" } });
    }
  });
});

for (const folder of ["bitwarden-json", "bitwarden-authenticator-json", "bitwarden-encrypted"]) {
  test(`the collection's ${folder} is read right`, (context) => expectTruth(folder, context));
}
