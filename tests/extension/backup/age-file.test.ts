import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openAgeFile, sealAgeFile } from "../../../extension/backup/age-file.ts";
import { type Bytes, utf8 } from "../../../shared/bytes.ts";

/** Cheap to derive: what scrypt costs is not what is tested here. */
const FAST = 4;
const PASSPHRASE = "correct horse battery staple";

describe("an age file", () => {
  it("opens with the passphrase it was made with, whatever it holds", async () => {
    const anyBytes = fc.uint8Array({ maxLength: 200_000 }).map((bytes): Bytes => new Uint8Array(bytes));
    const passphrase = fc.string({ minLength: 1, unit: "grapheme" });
    await fc.assert(
      fc.asyncProperty(anyBytes, passphrase, async (bytes, typed) => {
        expect(await openAgeFile(await sealAgeFile(bytes, typed, FAST), typed)).toEqual({
          ok: true,
          value: bytes,
        });
      }),
      { numRuns: 30 },
    );
  });

  it("is at the cost of the age command: scrypt with 2^18", async () => {
    const file = await sealAgeFile(utf8("x"), PASSPHRASE);
    const [version, stanza] = new TextDecoder("latin1").decode(file).split("\n");
    expect(version).toBe("age-encryption.org/v1");
    expect(stanza).toMatch(/^-> scrypt [A-Za-z0-9+/]{22} 18$/);
    expect((await openAgeFile(file, PASSPHRASE)).ok).toBe(true);
  });

  it("with a passphrase in other characters of the same keys opens too", async () => {
    const file = await sealAgeFile(utf8("x"), "ＡＢＣ", FAST);
    expect((await openAgeFile(file, "ABC")).ok).toBe(true);
  });

  it("of another program opens with the passphrase as it was typed, armoured or not", async () => {
    const { armor, Encrypter } = await import("age-encryption");
    const encrypter = new Encrypter();
    encrypter.setPassphrase("ＡＢＣ");
    encrypter.setScryptWorkFactor(FAST);
    const file = await encrypter.encrypt("hello");
    for (const each of [file, utf8(armor.encode(file)), utf8(`\r\n${armor.encode(file)}`)]) {
      expect(await openAgeFile(each, "ＡＢＣ")).toEqual({ ok: true, value: utf8("hello") });
    }
    expect(await openAgeFile(file, "ABC")).toEqual({ ok: false, error: "wrong-passphrase" });
  });

  it("tells a wrong passphrase from a broken file, cut or changed anywhere", async () => {
    const file = await sealAgeFile(utf8("some text"), PASSPHRASE, FAST);
    expect(await openAgeFile(file, "wrong")).toEqual({ ok: false, error: "wrong-passphrase" });
    expect(await openAgeFile(file, "")).toEqual({ ok: false, error: "wrong-passphrase" });
    const headerEnd = new TextDecoder("latin1").decode(file).indexOf("\n--- ");
    for (let length = 1; length < file.length; length++) {
      expect(await openAgeFile(file.slice(0, length), PASSPHRASE)).toEqual({ ok: false, error: "corrupt" });
    }
    for (let at = headerEnd + 5; at < file.length; at++) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await openAgeFile(changed, PASSPHRASE)).toEqual({ ok: false, error: "corrupt" });
    }
  });

  it("with a cost that would hang the browser is refused", async () => {
    const file = new TextDecoder("latin1").decode(await sealAgeFile(utf8("x"), PASSPHRASE, FAST));
    const costly = Uint8Array.from(file.replace(/ 4\n/, " 63\n"), (each) => each.charCodeAt(0));
    expect(await openAgeFile(costly, PASSPHRASE)).toEqual({ ok: false, error: "corrupt" });
  });

  it("for a key instead of a passphrase, and anything else, is no backup", async () => {
    const { Encrypter, generateX25519Identity, identityToRecipient } = await import("age-encryption");
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()));
    const others = [
      await encrypter.encrypt("x"),
      utf8(""),
      utf8("{}"),
      utf8("age-encryption.org/v2\n-> scrypt "),
    ];
    for (const other of others) {
      expect(await openAgeFile(other, PASSPHRASE)).toEqual({ ok: false, error: "not-a-backup" });
    }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await openAgeFile(bytes, PASSPHRASE)).ok).toBe(false);
      }),
    );
  });
});
