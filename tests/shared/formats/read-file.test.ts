import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { expect, test } from "vitest";
import type { Bytes } from "../../../shared/bytes.ts";
import { utf8 } from "../../../shared/bytes.ts";
import { readFile } from "../../../shared/formats/read-file.ts";

const uriOfAlice = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";

async function packed(files: Readonly<Record<string, string>>): Promise<Bytes> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, text] of Object.entries(files)) await zip.add(name, new TextReader(text));
  return new Uint8Array(await zip.close());
}

test("what holds no codes takes nothing away from the files that it was packed with", async () => {
  const pdf = "%PDF-1.7\n";
  const read = await readFile(await packed({ "codes.txt": uriOfAlice, "attachments/paper.pdf": pdf }), null);
  expect(read.ok && read.value.entries.map(({ draft }) => draft.account)).toEqual(["alice"]);
  const alone = await readFile(await packed({ "paper.pdf": pdf }), null);
  expect(alone).toMatchObject({ ok: false, error: { reason: "pdf" } });
});

test("a file that would need its password is not passed over in silence beside one that is read", async () => {
  const sealed = '{"version":1,"salt":"AAAAAAAAAAAAAAAAAAAAAA==","content":"AAAA"}';
  const read = await readFile(await packed({ "codes.txt": uriOfAlice, "sealed.json": sealed }), null);
  expect(read).toMatchObject({ ok: false, error: { reason: "passphrase-needed" } });
});

test("the PIN of Yandex Key is read as digits and as base32 of them, and nothing else is taken for one", async () => {
  const pins = ["7586", "G42TQNQ", "G42TQNQ%3D", "none"];
  const lines = pins.map((pin) => `otpauth://yaotp/u?secret=LA2V6KMCGYMWWVEW64RNP3JA3I&pin=${pin}`);
  const read = await readFile(utf8(lines.join("\n")), null);
  expect(read.ok && read.value.entries.map(({ draft }) => draft.pin)).toEqual(["7586", "7586", "7586", null]);
});

test("a counted account that FreeOTP never used begins at its first code", async () => {
  const token = {
    type: "HOTP",
    label: "alice",
    issuerExt: "Example",
    secret: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  };
  const json = JSON.stringify({
    tokenOrder: ["Example:alice"],
    tokens: [{ ...token, counter: -1, digits: 6 }],
  });
  const read = await readFile(utf8(json), null);
  expect(read.ok && read.value.entries.map(({ draft }) => draft.counter)).toEqual([0]);
});

test("andOTP's accounts without a label, and a vault of nothing but notes, are told by what they are", async () => {
  const account = { secret: "JBSWY3DPEHPK3PXP", issuer: "Example", label: null, digits: 6, type: "TOTP" };
  const read = await readFile(utf8(JSON.stringify([account])), null);
  expect(read).toMatchObject({
    ok: true,
    value: { format: "andotp", entries: [{ draft: { issuer: "Example" } }] },
  });
  const vault = {
    folders: [],
    items: [{ id: "1", organizationId: null, type: 2, name: "A note", secureNote: {} }],
  };
  expect(await readFile(utf8(JSON.stringify(vault)), null)).toMatchObject({
    error: { reason: "nothing-found", format: "bitwarden" },
  });
});
