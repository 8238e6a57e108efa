import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  base32Decode,
  base32Encode,
  base64ToBytes,
  base64urlToBytes,
  bytesToBase64,
  bytesToBase64url,
  bytesToHex,
  cleanBase32,
  concatBytes,
  equalBytes,
  exactBase64urlToBytes,
  hexToBytes,
  utf8,
  utf8Decode,
} from "../../shared/bytes.ts";
import { err, ok } from "../../shared/result.ts";

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes));

describe("base32", () => {
  // RFC 4648 section 10.
  test.each([
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("writes %s as the RFC does, without padding", (text, base32) => {
    expect(base32Encode(utf8(text))).toBe(base32);
    expect(base32Decode(base32)).toEqual(ok(utf8(text)));
  });

  test("gives any bytes back", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        fc.pre(bytes.length > 0);
        expect(base32Decode(base32Encode(bytes))).toEqual(ok(bytes));
      }),
    );
  });

  test.each([
    ["lower case", "mzxw6ytboi"],
    ["groups of four", "mzxw 6ytb oi"],
    ["dashes", "MZXW-6YTB-OI"],
    ["long dashes and no-break blanks", "MZXW\u20136YTB\u00a0OI"],
    ["zero-width blanks", "MZXW\u200b6YTBOI\ufeff"],
    ["padding", "MZXW6YTBOI======"],
    ["padding and blanks", " MZXW 6YTB OI== ====\n"],
  ])("reads %s", (_, text) => {
    expect(base32Decode(text)).toEqual(ok(utf8("foobar")));
    expect(cleanBase32(text)).toEqual(ok("MZXW6YTBOI"));
  });

  test("drops bits left over at every odd length, whatever they are", () => {
    expect(base32Decode("ABCDEFG")).toEqual(ok(new Uint8Array([0x00, 0x44, 0x32, 0x14])));
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z2-7]{2,60}$/), (text) => {
        const bytes = base32Decode(text);
        expect(bytes.ok && bytes.value.length).toBe(Math.floor((text.length * 5) / 8));
      }),
    );
  });

  test("keeps the characters of left-over bits when cleaning", () => {
    expect(cleanBase32("abcdefg")).toEqual(ok("ABCDEFG"));
  });

  test.each([["0"], ["1"], ["8"], ["9"], ["MZ=XW6"], ["ſſſſſſſſ"], ["ıııı"], ["A!B"], ["MZXW6+YTB"]])(
    "refuses %s",
    (text) => {
      expect(base32Decode(text)).toEqual(err("not-base32"));
      expect(cleanBase32(text)).toEqual(err("not-base32"));
    },
  );

  test.each([[""], [" "], ["=="], ["- -"]])("finds nothing in %j", (text) => {
    expect(base32Decode(text)).toEqual(err("empty"));
    expect(cleanBase32(text)).toEqual(err("empty"));
  });

  test("finds nothing in one character, which is less than a byte", () => {
    expect(base32Decode("A")).toEqual(err("empty"));
  });
});

describe("base64", () => {
  test("gives any bytes back and agrees with an independent encoder", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(bytesToBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(base64ToBytes(bytesToBase64(bytes))).toEqual(ok(bytes));
        expect(bytesToBase64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
        expect(base64urlToBytes(bytesToBase64url(bytes))).toEqual(ok(bytes));
      }),
    );
  });

  test("encodes more bytes than a call takes arguments", () => {
    const bytes = new Uint8Array(1_000_003).map((_, at) => at);
    const back = base64ToBytes(bytesToBase64(bytes));
    expect(back.ok && equalBytes(back.value, bytes)).toBe(true);
  });

  test("reads line breaks, blanks and missing padding", () => {
    expect(base64ToBytes("Zm9v\r\nYg ==")).toEqual(ok(utf8("foob")));
    expect(base64ToBytes("Zm9vYg")).toEqual(ok(utf8("foob")));
    expect(base64urlToBytes("_-8=")).toEqual(ok(new Uint8Array([0xff, 0xef])));
  });

  test("refuses what is not of the alphabet", () => {
    for (const text of ["Zm9v!", "A", "Zm=v", "é"]) expect(base64ToBytes(text)).toEqual(err("not-base64"));
    expect(base64ToBytes("_-8=")).toEqual(err("not-base64"));
    expect(base64urlToBytes("/+8=")).toEqual(err("not-base64"));
  });

  test("of one spelling are read exactly where they are what would be written", () => {
    const letters = fc.constantFrom(..."ABYZabyz0189-_+/= \n\u00e9\u0141\ud83d");
    const texts = fc.oneof(
      anyBytes.map(bytesToBase64url),
      fc.array(letters, { maxLength: 9 }).map((all) => all.join("")),
      fc.tuple(anyBytes, fc.nat(), letters).map(([bytes, at, letter]) => {
        const text = bytesToBase64url(bytes);
        const place = at % (text.length + 1);
        return text.slice(0, place) + letter + text.slice(place + 1);
      }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = base64urlToBytes(text);
        const isExact = bytes.ok && bytesToBase64url(bytes.value) === text;
        expect(exactBase64urlToBytes(text)).toEqual(isExact ? bytes : err("not-base64"));
      }),
      { numRuns: 2_000 },
    );
    // Another last letter has the same bytes, and bits that are nobody's.
    expect(base64urlToBytes("_-9")).toEqual(base64urlToBytes("_-8"));
    expect(exactBase64urlToBytes("_-8")).toEqual(ok(new Uint8Array([0xff, 0xef])));
    expect(exactBase64urlToBytes("_-9")).toEqual(err("not-base64"));
  });
});

describe("hexadecimal", () => {
  test("gives any bytes back", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(bytesToHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
        expect(hexToBytes(bytesToHex(bytes))).toEqual(ok(bytes));
        expect(hexToBytes(bytesToHex(bytes).toUpperCase())).toEqual(ok(bytes));
      }),
    );
  });

  test.each([["abc"], ["0x12"], ["zz"], ["1 "], ["+1"]])("refuses %j", (text) => {
    expect(hexToBytes(text)).toEqual(err("not-hex"));
  });
});

describe("UTF-8", () => {
  test("gives any well-formed text back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8Decode(utf8(text))).toEqual(ok(text.toWellFormed()));
      }),
    );
  });

  test("keeps a byte order mark and refuses bytes that are not UTF-8", () => {
    expect(utf8Decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toEqual(ok("\ufeffa"));
    expect(utf8Decode(new Uint8Array([0xe9, 0x61]))).toEqual(err("not-utf8"));
  });

  test("reads on as if nothing had been, after bytes that end within a letter", () => {
    expect(utf8Decode(new Uint8Array([0x61, 0xe2, 0x82]))).toEqual(err("not-utf8"));
    expect(utf8Decode(new Uint8Array([0xac]))).toEqual(err("not-utf8"));
    expect(utf8Decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toEqual(ok("\ufeffa"));
  });
});

describe("bytes", () => {
  test("are put one after the other", () => {
    expect(concatBytes()).toEqual(new Uint8Array());
    expect(concatBytes(utf8("al"), utf8(""), utf8("ice"))).toEqual(utf8("alice"));
  });

  test("are equal only if every one is", () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, flip) => {
        fc.pre(bytes.length > 0);
        const other = bytes.slice();
        expect(equalBytes(bytes, other)).toBe(true);
        other[at % other.length]! ^= flip;
        expect(equalBytes(bytes, other)).toBe(false);
        expect(equalBytes(bytes, bytes.slice(1))).toBe(false);
      }),
    );
  });
});
