import type { QRCode } from "jsqr";
import { expect, test } from "vitest";
import { qrText } from "../../../extension/scan/qr-text.ts";
import { readElement } from "../../../extension/scan/read-element.ts";
import { qrPixels } from "./qr-picture.ts";

/** jsQR's type of a chunk is an enum that exists only in its declarations. */
function chunks(...all: object[]): QRCode["chunks"] {
  return all as QRCode["chunks"];
}

test("bytes are UTF-8, also where a character is split over two segments", () => {
  const [first, ...rest] = new TextEncoder().encode("莎");
  expect(
    qrText(
      chunks(
        { type: "byte", bytes: [first] },
        { type: "byte", bytes: rest },
        { type: "numeric", text: "12" },
      ),
    ),
  ).toBe("莎12");
});

test("bytes that are not UTF-8 are read as Latin-1, not lost", () => {
  expect(qrText(chunks({ type: "byte", bytes: [0x63, 0x61, 0x66, 0xe9], text: "" }))).toBe("café");
});

test.each([
  ["half-width katakana of Japanese generators", [0xc3, 0xde, 0xbb, 0xde, 0xb2, 0xdd, 0x51, 0x52], "ﾃﾞｻﾞｲﾝQR"],
  ["Shift JIS", [0x93, 0xfa, 0x96, 0x7b, 0x3a, 0x61], "日本:a"],
  ["GB 2312", [0xd6, 0xa7, 0xb8, 0xb6, 0x3a, 0x61], "支付:a"],
  ["Latin-1 with accents", [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72], "Müller"],
  ["Latin-1 with a single accented capital", [0xc9, 0x74, 0xe9], "Été"],
] as const)("bytes without a named character set are read as %s", (_, bytes, text) => {
  expect(qrText(chunks({ type: "byte", bytes: [...bytes] }))).toBe(text);
});

test("bytes are read in the character set that the code names", () => {
  expect(
    qrText(chunks({ type: "eci", assignmentNumber: 20 }, { type: "byte", bytes: [0x93, 0xfa, 0x96, 0x7b] })),
  ).toBe("日本");
  expect(
    qrText(chunks({ type: "eci", assignmentNumber: 29 }, { type: "byte", bytes: [0xd6, 0xd0, 0xb9, 0xfa] })),
  ).toBe("中国");
});

test("an unknown character set falls back to UTF-8", () => {
  expect(qrText(chunks({ type: "eci", assignmentNumber: 170 }, { type: "byte", bytes: [0xc3, 0xa9] }))).toBe(
    "é",
  );
});

test("a real code with an issuer in Chinese and an emoji is read letter by letter", () => {
  const text = "otpauth://totp/支付 🔐:alice?secret=JBSWY3DPEHPK3PXP";
  const read: string[] = [];
  readElement(qrPixels(text), (code) => read.push(code.text));
  expect(read).toEqual([text]);
});
