import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { expect, test } from "vitest";
import { type Bytes, concatBytes, utf8 } from "../../../../shared/bytes.ts";
import { decodeText } from "../../../../shared/formats/parts/file-text.ts";
import { readFile } from "../../../../shared/formats/read-file.ts";

/** Bytes written by hand: a text of one byte for a letter, "\xfc" for the byte 0xfc. */
const raw = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0));
const wide = (text: string, isLittle: boolean): Bytes => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return bytes;
};
const table = (name: string) => `issuer,account,secret\n${name},alice,JBSWY3DPEHPK3PXP\n`;
const issuersOf = async (bytes: Bytes) => {
  const read = await readFile(bytes, null);
  return read.ok ? [read.value.entries.map(({ draft }) => draft.issuer), read.value.notices] : read.error;
};

test.each<[string, Bytes, string, string | null]>([
  ["UTF-8", utf8(table("Zürich 苏黎世")), "Zürich 苏黎世", null],
  ["UTF-8 with a mark", utf8(`\ufeff${table("Zürich")}`), "Zürich", null],
  ["UTF-16 LE with a mark", wide(`\ufeff${table("Zürich")}`, true), "Zürich", null],
  ["UTF-16 LE without one", wide(table("苏黎世一"), true), "苏黎世一", null],
  ["UTF-16 BE without one", wide(table("Zürich 一"), false), "Zürich 一", null],
  ["Windows-1252", raw(table("Z\xfcrich Caf\xe9 \x80")), "Zürich Café €", "read-as-windows-1252"],
  ["Windows-1251", raw(table("\xdf\xed\xe4\xe5\xea\xf1")), "Яндекс", "read-as-windows-1251"],
  ["GBK", raw(table("\xd6\xd0\xb9\xfa\xd2\xf8\xd0\xd0")), "中国银行", "read-as-gb18030"],
])("a table in %s is read with its names", async (_, bytes, issuer, notice) => {
  expect(await issuersOf(bytes)).toEqual([[issuer], notice === null ? [] : [notice]]);
});

test("an XML document is read in the encoding that it names", () => {
  const xml = raw('<?xml version="1.0" encoding="ISO-8859-15"?><a>\xa4</a>');
  expect(decodeText(xml)).toEqual({ text: expect.stringContaining("<a>€</a>"), codePage: null });
});

test("an XML document that is not in the encoding that it names is guessed like any other", () => {
  const xml = raw('<?xml version="1.0" encoding="utf-8"?><a>Z\xfcrich</a>');
  expect(decodeText(xml)).toEqual({ text: expect.stringContaining("Zürich"), codePage: "windows-1252" });
});

test("what was packed says its code page, too", async () => {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  await zip.add("codes.csv", new Uint8ArrayReader(raw(table("Z\xfcrich"))));
  expect(await issuersOf(new Uint8Array(await zip.close()))).toEqual([["Zürich"], ["read-as-windows-1252"]]);
});

test("data is no text, however much of it looks like one", () => {
  const noise = Uint8Array.from({ length: 64 }, (_, at) => (at * 151 + 7) % 256);
  const dense = Uint8Array.from({ length: 64 }, (_, at) => 0x80 + ((at * 37) % 128));
  for (const bytes of [
    noise,
    dense,
    concatBytes(utf8("otpauth://totp/a?secret=A"), noise),
    raw("\0\x01\0\x02"),
  ])
    expect(decodeText(bytes)).toBeNull();
  // UTF-16 by its zeros, but no text.
  expect(decodeText(wide("\x01\x02otpauth\x03", true))).toBeNull();
});
