import { armor, generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ageOpenerOf,
  openAgeFile,
  parseRecipient,
  sealAgeFile,
  sealAgeFileTo,
} from "../../../extension/backup/age-file.ts";
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

  it("for a key is opened by its identity, alone or in the file that age-keygen writes, and by nothing else", async () => {
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    const file = await sealAgeFileTo(utf8("hello"), recipient);
    const armoured = utf8(armor.encode(file));
    const keygen = `# created: 2026-11-28T12:00:00Z\r\n# public key: ${recipient}\r\n${identity}\r\n`;
    const other = await generateX25519Identity();
    for (const each of [file, armoured]) {
      expect(ageOpenerOf(each)).toBe("identity");
      for (const secret of [identity, ` ${identity.toLowerCase()} `, keygen, `${other}\n${identity}`])
        expect(await openAgeFile(each, secret)).toEqual({ ok: true, value: utf8("hello") });
      for (const secret of ["", PASSPHRASE, other, recipient, "AGE-SECRET-KEY-1NONE"])
        expect(await openAgeFile(each, secret)).toEqual({ ok: false, error: "wrong-identity" });
    }
    expect(ageOpenerOf(await sealAgeFile(utf8("x"), PASSPHRASE, FAST))).toBe("passphrase");
    expect(ageOpenerOf(utf8("something else"))).toBeNull();
  });

  it("takes public halves for recipients, and warns of a secret one", async () => {
    const identity = await generateX25519Identity();
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    const recipient = await identityToRecipient(identity);
    expect(await parseRecipient(` ${recipient}\n`)).toEqual({ ok: true, value: recipient });
    expect(await parseRecipient(hybrid)).toEqual({ ok: true, value: hybrid });
    expect(await parseRecipient(identity)).toEqual({ ok: false, error: "secret-half" });
    for (const typed of ["", "age1", `${recipient}q`, recipient.replace("age1", "age2"), "ssh-ed25519 AAAA"])
      expect(await parseRecipient(typed)).toEqual({ ok: false, error: "no-recipient" });
  });

  it("of anything else is no backup", async () => {
    const others = [utf8(""), utf8("{}"), utf8("age-encryption.org/v2\n-> scrypt ")];
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
