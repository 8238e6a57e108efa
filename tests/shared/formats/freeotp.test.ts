import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, utf8 } from "../../../shared/bytes.ts";
import { readJavaMap } from "../../../shared/formats/parts/java-map.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { err } from "../../../shared/result.ts";
import { mutatedBytes } from "../../support/mutated-bytes.ts";

const PASSWORD = "alice’s password";
const TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

function fixture(name: string): Bytes {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/formats/${name}`, import.meta.url)));
}

async function contentOf(bytes: Bytes, passphrase: string | null = null) {
  const read = await readFile(bytes, passphrase);
  return read.ok
    ? {
        format: read.value.format,
        drafts: read.value.entries.map(({ draft }) => draft),
        rejected: read.value.rejected,
      }
    : read.error.reason;
}

const alice = {
  type: "totp",
  issuer: "Example",
  account: "alice@example.com",
  secret: TOTP_SECRET,
  digits: 6,
  period: 30,
};
const bob = {
  type: "hotp",
  issuer: "Bank",
  algorithm: "SHA256",
  digits: 8,
  counter: 41,
  secret: "77XAAEJCGNCFKZTXRCMQ",
};

describe("FreeOTP", () => {
  test("plus gives its tokens, by the names that the person chose", async () => {
    expect(await contentOf(fixture("freeotp-plus.json"))).toMatchObject({
      format: "freeotp-plus",
      drafts: [alice, { ...bob, account: "Bob’s savings" }],
      rejected: [{ label: "Broken: eve", reason: "unknown-algorithm", detail: "MD5" }],
    });
  });

  test("1 gives its tokens in the order that it shows them in", async () => {
    expect(await contentOf(fixture("freeotp-1.xml"))).toMatchObject({
      format: "freeotp-1",
      drafts: [alice, { ...bob, account: "Bob’s savings" }],
      rejected: [{ label: "Broken: eve", reason: "unknown-algorithm" }],
    });
  });

  test("1 may keep other things beside its tokens, and a broken one", async () => {
    const xml = `<map><boolean name="first" value="true"/><string name="theme">dark</string>
      <string name="A:b">{"issuerExt":"A",</string><string name="tokenOrder">["gone"]</string></map>`;
    expect(await contentOf(utf8(xml))).toMatchObject({
      drafts: [],
      rejected: [{ label: "A:b", reason: "broken-entry" }],
    });
  });

  test.each(["freeotp-2.bin", "freeotp-2.xml"])("2 opens by its password: %s", async (name) => {
    const bytes = fixture(name);
    expect(await contentOf(bytes)).toBe("passphrase-needed");
    expect(await contentOf(bytes, "wrong")).toBe("wrong-passphrase");
    const content = await contentOf(bytes, PASSWORD);
    expect(content).toMatchObject({
      format: "freeotp-2",
      // The first says no algorithm; the kind of its key does.
      drafts: [
        { ...alice, algorithm: "SHA1" },
        { ...bob, account: "bob", issuer: expect.stringMatching(/^Bank 😀/) },
      ],
      rejected: [{ label: "Without key: eve", reason: "no-secret" }],
    });
  });

  test("2 that asks for hours of work is refused", async () => {
    const text = new TextDecoder().decode(fixture("freeotp-2.xml"));
    const heavy = (iterations: string) => utf8(text.replace(/(mIterations&quot;:)1000/, `$1${iterations}`));
    expect(await contentOf(heavy("2000000000"), PASSWORD)).toBe("too-large");
    for (const broken of ["0", "-1", "1.5", "null", "[]"])
      expect(await contentOf(heavy(broken), PASSWORD)).toBe("corrupt");
  });

  test("2 that is broken before it is opened says so", async () => {
    const bytes = fixture("freeotp-2.bin");
    expect(await contentOf(bytes.slice(0, -1), PASSWORD)).toBe("corrupt");
    expect(await readFile(bytes.slice(0, 60), PASSWORD)).toEqual(
      err({ reason: "corrupt", format: "freeotp-2" }),
    );
  });

  test.each(["freeotp-2.bin", "freeotp-2.xml", "freeotp-1.xml", "freeotp-plus.json"])(
    "never makes the reader throw: %s",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(mutatedBytes(fixture(name)), async (bytes) => {
          const read = await readFile(bytes, PASSWORD);
          if (read.ok)
            for (const { draft } of read.value.entries) expect(draft.secret).toMatch(/^[A-Z2-7]+$/);
        }),
        { numRuns: 500 },
      );
    },
  );
});

describe("a map that Java wrote", () => {
  test("gives its texts, whatever their characters, and nothing else", () => {
    const map = readJavaMap(fixture("freeotp-2.bin"));
    expect([...(map?.keys() ?? [])]).toEqual(["masterKey", "a", "a-token", "b", "b-token", "c-token"]);
    expect(map?.get("b-token")).toContain("Bank 😀");
  });

  test("may name one text twice by a reference, and never one that isn't there", () => {
    const head = fixture("freeotp-2.bin");
    const at = new TextDecoder("latin1").decode(head).indexOf("t\0\tmasterKey");
    const withContents = (...contents: number[]) => Uint8Array.from([...head.subarray(0, at), ...contents]);
    expect(readJavaMap(withContents(0x74, 0, 1, 0x61, 0x71, 0, 0x7e, 0, 2, 0x78))).toEqual(
      new Map([["a", "a"]]),
    );
    expect(readJavaMap(withContents(0x74, 0, 1, 0x61, 0x71, 0, 0x7e, 0, 9, 0x78))).toBeNull();
    expect(readJavaMap(withContents(0x74, 0, 1, 0x61, 0x70, 0x78))).toEqual(new Map());
    expect(readJavaMap(withContents(0x7c, 0, 0, 0, 1, 0, 0, 0, 0))).toBeNull();
  });

  test("is never read past its end, and never makes the reader throw", () => {
    fc.assert(
      fc.property(mutatedBytes(fixture("freeotp-2.bin")), (bytes) => {
        readJavaMap(bytes);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        readJavaMap(Uint8Array.from([0xac, 0xed, 0, 5, 0x73, 0x72, ...bytes]));
      }),
      { numRuns: 500 },
    );
  });
});
