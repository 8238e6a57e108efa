import { createCipheriv, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { authenticatorExtensionFormat } from "../../../shared/formats/authenticator-extension.ts";
import { formatAuthenticatorExtension } from "../../../shared/formats/authenticator-extension-write.ts";
import { recogniseFormat } from "../../../shared/formats/index.ts";
import { openFile } from "../../../shared/formats/parts/file-content.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { draftToEntry, type Entry } from "../../../shared/otp/entry.ts";
import { err } from "../../../shared/result.ts";

const PASSWORD = "alice’s password";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** CryptoJS.AES.encrypt, written again from the documentation of OpenSSL's enc. */
function sealed(text: string, passphrase: string): string {
  const salt = createHash("md5").update(text).digest().subarray(0, 8);
  let drawn = Buffer.alloc(0);
  let block = Buffer.alloc(0);
  while (drawn.length < 48) {
    block = createHash("md5")
      .update(Buffer.concat([block, Buffer.from(passphrase), salt]))
      .digest();
    drawn = Buffer.concat([drawn, block]);
  }
  const cipher = createCipheriv("aes-256-cbc", drawn.subarray(0, 32), drawn.subarray(32));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from("Salted__"), salt, body]).toString("base64");
}

function fileOf(json: unknown) {
  return utf8(JSON.stringify(json));
}

async function readJson(json: unknown, passphrase: string | null = null) {
  return readFile(fileOf(json), passphrase);
}

async function draftsOf(json: unknown, passphrase: string | null = null) {
  const read = await readJson(json, passphrase);
  return read.ok ? read.value.entries.map(({ draft }) => draft) : read.error.reason;
}

const alice = { hash: "a", index: 0, encrypted: false, type: "totp", secret: SECRET, dataType: "OTPStorage" };

describe("a backup of Authenticator-Extension", () => {
  test("is read whole from the fixture, in the order that the person chose", async () => {
    const path = new URL("../../fixtures/formats/authenticator-extension.json", import.meta.url);
    const read = await readFile(new Uint8Array(readFileSync(path)), PASSWORD);
    expect(read).toMatchObject({ ok: true, value: { format: "authenticator-extension" } });
    const { entries = [], rejected = [] } = read.ok ? read.value : {};
    expect(
      entries.map(({ draft, pinned = false }) => [draft.type, draft.issuer, draft.digits, pinned]),
    ).toEqual([
      ["totp", "Example", 6, false],
      ["hotp", "Bank", 6, true],
      ["totp", "Battle.net", 8, false],
      ["steam", "Steam", 5, false],
      ["totp", "Hex", 6, false],
    ]);
    expect(entries[0]?.draft.sites).toEqual(["login.example.com"]);
    expect(entries[1]?.draft.counter).toBe(7);
    for (const wrong of ["wrong", "Alice’s password"]) {
      const refused = await readFile(new Uint8Array(readFileSync(path)), wrong);
      expect(refused).toEqual(err({ reason: "wrong-passphrase", format: "authenticator-extension" }));
    }
    expect(rejected).toEqual([expect.objectContaining({ label: "Gost: eve", reason: "unknown-algorithm" })]);
  });

  test("of its first encryption opens by the passphrase itself", async () => {
    const file = { a: { ...alice, dataType: undefined, encrypted: true, secret: sealed(SECRET, PASSWORD) } };
    expect(await draftsOf(file, PASSWORD)).toMatchObject([{ secret: SECRET }]);
    expect(await draftsOf(file)).toBe("passphrase-needed");
    expect(await draftsOf(file, "")).toBe("passphrase-needed");
    for (let at = 0; at < 60; at++) expect(await draftsOf(file, `wrong ${at}`)).toBe("wrong-passphrase");
  });

  test.each(["under a name of its own", "at the top"])("of its second keeps its key %s", async (where) => {
    // The key is used as the hexadecimal text of its bytes.
    const key = { enc: sealed("a key that was drawn", PASSWORD), hash: "$argon2id$…" };
    const secret = sealed(SECRET, Buffer.from("a key that was drawn").toString("hex"));
    const entries = { a: { ...alice, dataType: undefined, encrypted: true, secret } };
    const file = where === "at the top" ? { ...entries, ...key } : { ...entries, key };
    expect(await draftsOf(file, PASSWORD)).toMatchObject([{ secret: SECRET }]);
    expect(await draftsOf(file, "wrong")).toBe("wrong-passphrase");
  });

  test("may hold entries in the clear beside encrypted ones, and one that does not open", async () => {
    const file = {
      a: { ...alice, issuer: "Plain" },
      b: { ...alice, index: 1, encrypted: true, secret: sealed(SECRET, PASSWORD), issuer: "Sealed" },
      c: { ...alice, index: 2, encrypted: true, secret: sealed(SECRET, "another"), issuer: "Lost" },
      UserSettings: { items: {} },
    };
    const read = await readJson(file, PASSWORD);
    const { entries = [], rejected = [] } = read.ok ? read.value : {};
    expect(entries.map(({ draft }) => draft.issuer)).toEqual(["Plain", "Sealed"]);
    expect(rejected).toMatchObject([{ label: "Lost", reason: "entry-not-opened" }]);
  });

  test.each([
    ["a mark of early versions for Battle.net", { secret: `bliz-${SECRET}` }, { type: "totp", digits: 8 }],
    ["another for Steam", { secret: `stm-${SECRET}` }, { type: "steam", digits: 5 }],
    [
      "numbers in place of names",
      { type: 2, algorithm: "3", counter: "4" },
      { type: "hotp", algorithm: "SHA512", counter: 4 },
    ],
    [
      "hexadecimal with half a byte",
      { type: "hex", secret: "3031323334353637383930310" },
      { secret: "GAYTEMZUGU3DOOBZGAYQ" },
    ],
    ["hexadecimal that is not called so", { secret: "3031323334353637383930318f" }, { type: "totp" }],
    ["a hint that is no host", { issuer: "Example::exam" }, { issuer: "Example" }],
    ["no type", { type: undefined }, { type: "totp" }],
  ])("may have %s", async (_, fields, expected) => {
    expect(await draftsOf({ a: { ...alice, ...fields } })).toMatchObject([expected]);
  });

  test("that is broken in one entry gives the others", async () => {
    const read = await readJson({
      a: alice,
      b: { ...alice, secret: "§", issuer: "Broken" },
      c: { ...alice, secret: null },
    });
    const { entries = [], rejected = [] } = read.ok ? read.value : {};
    expect(entries).toHaveLength(1);
    expect(rejected.map(({ reason }) => reason).sort()).toEqual(["no-secret", "secret-not-base32"]);
  });

  test("is told from other objects", async () => {
    for (const json of [{}, [], { a: 1 }, { a: null }, { a: { secret: SECRET } }, { items: [alice] }]) {
      expect(authenticatorExtensionFormat.recognise(await openFile(utf8(JSON.stringify(json))))).toBe(false);
    }
    expect(await readJson({ a: { dataType: "Key", id: "x", salt: "s" } })).toEqual(
      err({ reason: "nothing-found", format: "authenticator-extension" }),
    );
  });

  test("never makes the reader throw, and what is read is whole", async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(SECRET, "hex", "OTPStorage", "EncOTPStorage", sealed("{}", "p")),
    );
    const names = [
      "secret",
      "hash",
      "index",
      "type",
      "data",
      "dataType",
      "encrypted",
      "keyId",
      "issuer",
      "digits",
      "counter",
    ];
    const entry = fc.dictionary(fc.constantFrom(...names), value, { minKeys: 2 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom("a", "b", "key", "enc"), entry), async (json) => {
        const text = JSON.stringify(json);
        const file = await openFile(utf8(text));
        authenticatorExtensionFormat.recognise(file);
        const read = await authenticatorExtensionFormat.read(file, "p");
        if (read.ok) for (const { draft } of read.value.entries) expect(draft.secret).toMatch(/^[A-Z2-7]+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a backup written for Authenticator-Extension", () => {
  const bob: Entry = draftToEntry(
    {
      type: "totp",
      issuer: "Example",
      account: "bob",
      secret: SECRET,
      algorithm: "SHA256",
      digits: 8,
      period: 60,
      counter: null,
      pin: null,
      sites: ["example.com", "www.example.com"],
      note: "spare codes in the drawer",
      tags: ["work"],
    },
    0,
  );
  const plain: Entry = {
    ...bob,
    algorithm: "SHA1",
    digits: 6,
    period: 30,
    sites: ["example.org"],
    note: "",
    tags: [],
  };

  test("reads back as it was", async () => {
    const hotp: Entry = { ...plain, type: "hotp", period: null, counter: 3, sites: [] };
    const steam: Entry = { ...plain, type: "steam", digits: 5, issuer: "Steam", sites: [] };
    const { text, leftOut, losses } = formatAuthenticatorExtension([plain, hotp, steam]);
    expect([leftOut, losses]).toEqual([[], []]);
    const read = await readFile(utf8(text), null);
    const drafts = read.ok ? read.value.entries.map(({ draft }) => draft) : [];
    for (const [at, entry] of [plain, hotp, steam].entries()) {
      const { type, issuer, account, secret, algorithm, digits, period, counter, sites } = entry;
      const said = { type, issuer, account, secret, algorithm, digits, period, counter };
      expect(drafts[at]).toMatchObject(sites.length > 0 ? { ...said, sites } : said);
    }
  });

  test("is told as its program writes it: defaults left out, each by a hash of its own", () => {
    const { text } = formatAuthenticatorExtension([plain, plain]);
    const stored: { hash: string }[] = Object.values(JSON.parse(text));
    expect(text).toContain("\r\n  ");
    expect(new Set(stored.map(({ hash }) => hash)).size).toBe(2);
    expect(stored[0]).toEqual({
      encrypted: false,
      hash: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      index: 0,
      type: "totp",
      secret: SECRET,
      issuer: "Example::example.org",
      account: "bob",
      dataType: "OTPStorage",
    });
  });

  test("names what it can't say", async () => {
    const motp: Entry = { ...plain, type: "motp", algorithm: "MD5", pin: "1234" };
    const { text, leftOut, losses } = formatAuthenticatorExtension([bob, plain, motp]);
    expect(leftOut).toEqual([{ entry: motp, reason: "type" }]);
    expect(losses).toEqual([{ entry: bob, fields: ["further-sites", "tags", "note", "algorithm"] }]);
    const read = await readFile(utf8(text), null);
    expect(read.ok && read.value.entries).toHaveLength(2);
    expect(recogniseFormat(await openFile(utf8(text)))?.id).toBe("authenticator-extension");
  });
});
