import { readFileSync } from "node:fs";
import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, concatBytes, utf8 } from "../../../shared/bytes.ts";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { err } from "../../../shared/result.ts";
import { mutatedBytes } from "../../support/mutated-bytes.ts";

const PASSWORD = "alice’s password";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const URI = `otpauth://totp/Example:alice?secret=${SECRET}&issuer=Example`;

function fixture(name: string): Bytes {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/formats/${name}`, import.meta.url)));
}

const raivoText = new TextDecoder().decode(fixture("raivo.json"));

/** "crypt" is the old encryption of ZIP, "aes" WinZip's. */
async function packed(files: Record<string, string>, encryption: "none" | "crypt" | "aes"): Promise<Bytes> {
  const options = {
    none: {},
    crypt: { password: PASSWORD, zipCrypto: true },
    aes: { password: PASSWORD, encryptionStrength: 3 as const },
  }[encryption];
  const writer = new ZipWriter(new Uint8ArrayWriter(), { ...options, useWebWorkers: false });
  for (const [name, text] of Object.entries(files)) await writer.add(name, new TextReader(text));
  return new Uint8Array(await writer.close());
}

async function contentOf(bytes: Bytes, passphrase: string | null = null) {
  const read = await readFile(bytes, passphrase);
  if (!read.ok) return read.error.reason;
  const { format, entries, rejected } = read.value;
  return {
    format,
    drafts: entries.map(({ draft }) => draft),
    rejected,
    pinned: entries.map(({ pinned }) => pinned),
  };
}

const raivo = {
  format: "raivo",
  drafts: [
    {
      type: "totp",
      issuer: "Example",
      account: "alice@example.com",
      secret: SECRET,
      period: 30,
      counter: null,
    },
    { type: "hotp", issuer: "Bank", algorithm: "SHA512", digits: 8, period: null, counter: 41 },
  ],
  pinned: [true, undefined],
  rejected: [{ label: "Broken: eve", reason: "secret-not-base32" }],
};

describe("an export of Raivo", () => {
  test("gives its accounts, all of whose values are texts", async () => {
    expect(await contentOf(fixture("raivo.json"))).toMatchObject(raivo);
  });

  test.each(["none", "crypt", "aes"] as const)("comes in an archive: %s", async (encryption) => {
    const bytes = await packed({ "raivo-otp-export.json": raivoText }, encryption);
    expect(await contentOf(bytes, PASSWORD)).toMatchObject(raivo);
    if (encryption === "none") return;
    expect(await contentOf(bytes)).toBe("passphrase-needed");
    for (let at = 0; at < 20; at++) expect(await contentOf(bytes, `wrong ${at}`)).toBe("wrong-passphrase");
  });

  test("may lie beside others in one archive", async () => {
    const files = {
      "__MACOSX/._a.json": "x",
      "a/raivo.json": raivoText,
      "b/list.txt": URI,
      "readme.md": "hello",
    };
    const content = await contentOf(await packed(files, "aes"), PASSWORD);
    expect(typeof content === "object" && content.drafts.map(({ issuer }) => issuer)).toEqual([
      "Example",
      "Bank",
      "Example",
    ]);
  });

  test("is told from other arrays", async () => {
    for (const json of [[], [1, null], [{ kind: "TOTP" }], [{ kind: "note", timer: "30", secret: SECRET }]]) {
      expect(await contentOf(utf8(JSON.stringify(json)))).not.toMatchObject({ format: "raivo" });
    }
  });
});

test.each(["crypt", "aes"] as const)(
  "the archive of Authenticator Plus opens by its password: %s",
  async (encryption) => {
    const bytes = await packed({ "Accounts.txt": `${URI}\n${URI.replace("alice", "bob")}\n` }, encryption);
    expect(await contentOf(bytes)).toBe("passphrase-needed");
    expect(await contentOf(bytes, "wrong")).toBe("wrong-passphrase");
    const drafts = [{ account: "alice" }, { account: "bob" }];
    expect(await contentOf(bytes, PASSWORD)).toMatchObject({ format: "authenticator-plus", drafts });
  },
);

test("an archive that Authenticator Plus wrote opens by its password", async () => {
  const drafts = [{ account: "alice" }, { account: "bob" }];
  expect(await contentOf(fixture("authenticator-plus.zip"), PASSWORD)).toMatchObject({
    format: "authenticator-plus",
    drafts,
  });
});

describe("WinAuth", () => {
  test("exports a list, in an archive or not", async () => {
    const list = { format: "otpauth-list", drafts: [{ issuer: "Example", secret: SECRET }] };
    expect(await contentOf(utf8(`${URI}\r\n`))).toMatchObject(list);
    expect(await contentOf(await packed({ "winauth.txt": URI }, "crypt"), PASSWORD)).toMatchObject(list);
  });

  test("keeps a configuration, of which what is in the clear is read", async () => {
    const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    expect(await contentOf(fixture("winauth.xml"))).toMatchObject({
      format: "winauth",
      drafts: [
        { type: "totp", account: "alice@example.com", secret, digits: 6, period: 30 },
        { type: "totp", issuer: "Battle.net", account: "bob", secret, digits: 8 },
        { type: "steam", issuer: "Steam", secret, digits: 5 },
        { type: "hotp", account: "bank", algorithm: "SHA256", counter: 41 },
      ],
      rejected: [{ label: "Sealed", reason: "secret-hidden" }],
    });
  });

  test("protects the configuration mostly, which is said", async () => {
    const item =
      '<WinAuthAuthenticator><name>a</name><authenticatordata encrypted="u">00</authenticatordata></WinAuthAuthenticator>';
    for (const inner of [item, '<data encrypted="y">00</data>']) {
      expect(await contentOf(utf8(`<WinAuth>${inner}</WinAuth>`))).toBe("protected-key");
    }
    expect(await contentOf(utf8("<WinAuth/>"))).toBe("nothing-found");
  });
});

describe("a database of SQLCipher", () => {
  /** Bytes like random ones, the same each time, of which the first is high: no count of iterations. */
  async function randomLike(length: number): Promise<Bytes> {
    const blocks: Bytes[] = [];
    for (let at = 0; at * 32 < length; at++) blocks.push(await sha256(utf8(`page ${at}`)));
    return Uint8Array.from([0xff, ...concatBytes(...blocks)]).slice(0, length);
  }

  test("is recognised by its pages without any head", async () => {
    const read = await readFile(fixture("sqlcipher-database.bin"), null);
    expect(read).toEqual(err({ reason: "sqlcipher-database", format: "sqlcipher-database" }));
  });

  test("is told from other bytes", async () => {
    expect(await contentOf(await randomLike(8_191))).not.toBe("sqlcipher-database");
    expect(await contentOf(await randomLike(1_024))).not.toBe("sqlcipher-database");
    const clear = Uint8Array.from([
      ...utf8("SQLite format 3\0"),
      ...new Uint8Array(4_080),
      ...(await randomLike(4_096)),
    ]);
    expect(await contentOf(clear)).not.toBe("sqlcipher-database");
    // As many iterations as andOTP asks for.
    const counted = Uint8Array.from([0, 2, 0x39, 0x70, ...(await randomLike(8_188))]);
    expect(await contentOf(counted)).not.toBe("sqlcipher-database");
  });
});

test.each(["raivo.json", "winauth.xml"])("broken files never make the reader throw: %s", async (name) => {
  await fc.assert(
    fc.asyncProperty(mutatedBytes(fixture(name)), async (bytes) => {
      const read = await readFile(bytes, PASSWORD);
      if (read.ok) for (const { draft } of read.value.entries) expect(draft.secret).toMatch(/^[A-Z2-7]+$/);
    }),
    { numRuns: 500 },
  );
});

test("a broken archive never makes the reader throw", async () => {
  const bytes = await packed({ "raivo.json": raivoText }, "crypt");
  await fc.assert(
    fc.asyncProperty(mutatedBytes(bytes), async (mutated) => {
      await readFile(mutated, PASSWORD);
    }),
    { numRuns: 300 },
  );
});
