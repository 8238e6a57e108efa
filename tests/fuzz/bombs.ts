import { crc32, deflateRawSync } from "node:zlib";
import { type Bytes, concatBytes, utf8 } from "../../shared/bytes.ts";
import { zip } from "../support/zip.ts";

const MEGABYTE = 1_000_000;
const HUGE = 50 * MEGABYTE;

/** Files that were made to fill the memory or to take hours, each made when it is asked for. */
export const BOMBS: Readonly<Record<string, () => Bytes>> = {
  "zip: a file of eighty megabytes": () =>
    archive([{ name: "a.json", bytes: Buffer.alloc(80 * MEGABYTE, " ") }]),
  "zip: three files of thirty megabytes": () =>
    archive(names(3).map((name) => ({ name, bytes: Buffer.alloc(30 * MEGABYTE, " ") }))),
  "zip: archives in archives": () => {
    let bytes: Buffer = Buffer.alloc(20 * MEGABYTE);
    for (let level = 0; level < 5; level++) {
      const inner = bytes;
      bytes = zip(names(8).map((name) => ({ name: `${name}.zip`, bytes: inner })));
    }
    return new Uint8Array(bytes);
  },
  "zip: ten thousand names for one file": () => overlapping(9_999, 10 * MEGABYTE),
  "zip: sizes that lie": () => lying(),
  "xml: a billion laughs": () => laughs("map"),
  "xml: a billion laughs for KeePass": () => laughs("KeePassFile"),
  "xml: one long entity, many times": () =>
    utf8(
      `<!DOCTYPE map [<!ENTITY a "${"a".repeat(100_000)}">]><map><string name="b">${"&a;".repeat(100_000)}</string></map>`,
    ),
  "xml: deep": () => utf8(`<map>${"<map>".repeat(500_000)}`),
  "xml: deep and closed": () =>
    utf8(`<KeePassFile>${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}</KeePassFile>`),
  "xml: a prologue without end": () => utf8(`${"<!-- -->".repeat(MEGABYTE)}<map/>`),
  "xml: wide": () => utf8(`<map>${"<a/>".repeat(3 * MEGABYTE)}</map>`),
  "json: deep lists": () => utf8("[".repeat(5 * MEGABYTE)),
  "json: deep and closed": () => utf8(`${'{"items":'.repeat(200_000)}[]${"}".repeat(30_000)}`),
  "json: deep below what is looked at": () =>
    utf8(`{"version":1,"db":{"entries":[${"[".repeat(500_000)}${"]".repeat(500_000)}]},"header":{}}`),
  "json: a million empty entries": () =>
    utf8(`{"encrypted":false,"items":[${"{},".repeat(MEGABYTE)}{}],"services":[],"schemaVersion":4}`),
  "json: a list of twenty megabytes": () => utf8(`[${"0,".repeat(10 * MEGABYTE)}0]`),
  "json: entries of nothing, thirty megabytes": () => utf8(`{"services":[${"{},".repeat(10 * MEGABYTE)}{}]}`),
  "csv: fifty megabytes of rows": () =>
    utf8(
      `url,username,password,totp,extra,name,grouping,fav\n${"a,b,c,JBSWY3DPEHPK3PXP,,n,,0\n".repeat(HUGE / 28)}`,
    ),
  "csv: one row of nineteen megabytes": () => utf8(`name,totp\n${",".repeat(19 * MEGABYTE)}`),
  "csv: a quote that never ends": () => utf8(`name,totp\n"${"a,b\n".repeat(4 * MEGABYTE)}`),
  "csv: two hundred thousand rows": () => utf8(`name,totp\n${"a,JBSWY3DPEHPK3PXP\n".repeat(200_001)}`),
  "csv: thirty thousand rows": () => utf8(`name,totp\n${"a,JBSWY3DPEHPK3PXP\n".repeat(30_000)}`),
  "csv: nothing but quotes": () => utf8(`name,totp\n${'"'.repeat(19 * MEGABYTE)}`),
  "csv: quotes in the wrong places": () => utf8(`name,totp\n${'"a"b,'.repeat(190_000)}`),
  "csv: a header without end": () => utf8(`totp,${"a,".repeat(9 * MEGABYTE)}`),
  "list: fifty megabytes of lines": () => utf8("otpauth://totp/a?secret=A\n".repeat(HUGE / 26)),
  "list: ninety thousand lines": () => utf8("otpauth://totp/a?secret=AA\n".repeat(90_000)),
  "list: one line of fifty megabytes": () => utf8(`otpauth://totp/${"a".repeat(HUGE)}`),
  "list: commas": () => utf8(`otpauth://totp/a?secret=A${",".repeat(200_000)}x`),
  "text: fifty megabytes of base64": () => utf8("QUJD".repeat(HUGE / 4)),
  "text: fifty megabytes of blanks": () => utf8(" ".repeat(HUGE)),
  "bytes: fifty megabytes of noise": () => noise(HUGE),
  "bytes: a picture of nothing": () => concatBytes(new Uint8Array([0x89, 0x50, 0x4e, 0x47]), noise(MEGABYTE)),
  "sqlite: a head and nothing": () =>
    concatBytes(
      utf8("SQLite format 3\0accounts email secret counter provider oath_secret_key"),
      noise(MEGABYTE),
    ),
  "java: a map of four billion": () =>
    concatBytes(
      new Uint8Array([0xac, 0xed, 0, 5]),
      utf8("sr\0\x11java.util.HashMap"),
      new Uint8Array(40).fill(0xff),
    ),
};

function names(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `file${at}.json`);
}

function archive(files: Parameters<typeof zip>[0]): Bytes {
  return new Uint8Array(zip(files));
}

function laughs(root: string): Bytes {
  const entities = Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`);
  return utf8(
    `<?xml version="1.0"?><!DOCTYPE ${root} [<!ENTITY e0 "ha">${entities.join("")}]><${root}><string name="a">&e30;</string></${root}>`,
  );
}

/** A list of contents in which every name leads to the same packed bytes. */
function overlapping(count: number, size: number): Bytes {
  const one = zip([{ name: "a.json", bytes: Buffer.alloc(size, " ") }]);
  const end = one.length - 22;
  const directory = one.subarray(one.readUInt32LE(end + 16), end);
  const local = one.subarray(0, one.readUInt32LE(end + 16));
  const entries = Array.from({ length: count }, (_, at) => {
    const name = Buffer.from(`${at}`.padStart(6, "0"));
    const entry = Buffer.from(directory);
    name.copy(entry, 46);
    return entry;
  });
  const last = Buffer.from(one.subarray(end));
  const list = Buffer.concat(entries);
  last.writeUInt16LE(count, 8);
  last.writeUInt16LE(count, 10);
  last.writeUInt32LE(list.length, 12);
  return new Uint8Array(Buffer.concat([local, list, last]));
}

/** Eighty megabytes in a file that says it has ten bytes, in both places where it can say so. */
function lying(): Bytes {
  const content = Buffer.alloc(80 * MEGABYTE, "{");
  const bytes = zip([{ name: "a.json", bytes: Buffer.alloc(10, "{") }]);
  const packed = deflateRawSync(content);
  const small = deflateRawSync(Buffer.alloc(10, "{"), { level: 9 });
  const head = Buffer.from(bytes.subarray(0, 30 + 6));
  const tail = Buffer.from(bytes.subarray(30 + 6 + small.length));
  head.writeUInt32LE(crc32(content), 14);
  head.writeUInt32LE(packed.length, 18);
  tail.writeUInt32LE(crc32(content), 16);
  tail.writeUInt32LE(packed.length, 20);
  tail.writeUInt32LE(head.length + packed.length, tail.length - 6);
  return new Uint8Array(Buffer.concat([head, packed, tail]));
}

function noise(length: number): Bytes {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}
