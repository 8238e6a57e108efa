import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, utf8 } from "../../../shared/bytes.ts";
import { readXml } from "../../../shared/formats/parts/xml.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { err } from "../../../shared/result.ts";
import { mutatedBytes } from "../../support/mutated-bytes.ts";

const SECRET = "JBSWY3DPEHPK3PXP";
const whole: Bytes = new Uint8Array(
  readFileSync(new URL("../../fixtures/formats/keepass-xml.xml", import.meta.url)),
);

async function contentOf(bytes: Bytes) {
  const read = await readFile(bytes, null);
  if (!read.ok) return read.error.reason;
  return { drafts: read.value.entries.map(({ draft }) => draft), rejected: read.value.rejected };
}

/** A file of one entry that holds these strings. */
function fileOf(strings: Readonly<Record<string, string>>): Bytes {
  const body = Object.entries(strings).map(
    ([key, value]) => `<String><Key>${key}</Key><Value>${value.replaceAll("&", "&amp;")}</Value></String>`,
  );
  return utf8(`<KeePassFile><Root><Group><Entry>${body.join("")}</Entry></Group></Root></KeePassFile>`);
}

describe("the XML of KeePass", () => {
  test("gives every code, with what its entry says beside it", async () => {
    expect(await contentOf(whole)).toMatchObject({
      drafts: [
        {
          issuer: "Example & sons",
          account: "alice",
          secret: SECRET,
          period: 60,
          tags: ["mail", "private", "family"],
          sites: ["login.example.com", "mail.example.com"],
          note: "spare codes\nin the drawer",
        },
        {
          type: "totp",
          issuer: "Both kinds",
          secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
          algorithm: "SHA256",
          digits: 8,
          period: 60,
          tags: ["Work"],
        },
        { type: "hotp", issuer: "Both kinds", secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", counter: 41 },
        { issuer: "KeeOtp", secret: SECRET, algorithm: "SHA512", digits: 7, period: 45 },
        { type: "steam", issuer: "Steam", account: "bob", secret: SECRET, digits: 5 },
      ],
      rejected: [{ label: "Sealed", reason: "secret-hidden" }],
    });
  });

  test("gives nothing of the recycle bin or of former states, and tells a file without codes", async () => {
    expect(JSON.stringify(await contentOf(whole))).not.toMatch(/Gone|Old/);
    expect(await contentOf(fileOf({ Title: "No code", Password: "secret" }))).toBe("nothing-found");
    expect(await contentOf(utf8("<KeePassFile><Meta/></KeePassFile>"))).toBe("corrupt");
  });

  test.each([
    [
      "Steam in a URI",
      { otp: `otpauth://totp/Steam:bob?secret=${SECRET}&encoder=steam` },
      [["steam", SECRET]],
    ],
    ["nothing but the secret", { otp: SECRET }, [["totp", SECRET]]],
    ["a counter of KeeOtp", { otp: `key=${SECRET}&type=Hotp&counter=4` }, [["hotp", SECRET]]],
    ["hexadecimal in KeeOtp", { otp: "key=48656c6c6f21deadbeef&encoding=Hex" }, [["totp", SECRET]]],
    ["base64 of KeePass", { "TimeOtp-Secret-Base64": "SGVsbG8h3q2+7w==" }, [["totp", SECRET]]],
    ["a seed without settings", { "TOTP Seed": SECRET }, [["totp", SECRET]]],
    [
      "a URI under a name of the person's",
      { "second code": `otpauth://hotp/a?secret=${SECRET}&counter=1` },
      [["hotp", SECRET]],
    ],
    [
      "an empty URI beside the code",
      { otp: "otpauth://totp/a?secret=", "TimeOtp-Secret-Base32": SECRET },
      [["totp", SECRET]],
    ],
    [
      "two codes",
      { otp: `otpauth://totp/a?secret=${SECRET}`, "TOTP Seed": "GEZDGNBVGY3TQOJQ" },
      [
        ["totp", SECRET],
        ["totp", "GEZDGNBVGY3TQOJQ"],
      ],
    ],
  ])("may hold %s", async (_, strings, expected) => {
    const content = await contentOf(fileOf(strings));
    expect(typeof content === "object" && content.drafts.map(({ type, secret }) => [type, secret])).toEqual(
      expected,
    );
    expect(content).toMatchObject({ rejected: [] });
  });

  test("that is broken in one entry gives the others", async () => {
    const content = await contentOf(
      fileOf({ Title: "Broken", otp: "otpauth://totp/a?secret=§", "HmacOtp-Secret-Base32": SECRET }),
    );
    expect(content).toMatchObject({
      drafts: [{ type: "hotp" }],
      rejected: [{ label: "Broken", reason: "secret-not-base32" }],
    });
  });

  test("never makes the reader throw", async () => {
    await fc.assert(
      fc.asyncProperty(mutatedBytes(whole), async (bytes) => {
        const read = await readFile(bytes, null);
        if (read.ok) for (const { draft } of read.value.entries) expect(draft.secret).toMatch(/^[A-Z2-7]+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("XML that was made to fill the memory", () => {
  test("defines no entities", async () => {
    const laughs = Array.from(
      { length: 9 },
      (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
    ).join("");
    const bomb = `<?xml version="1.0"?><!DOCTYPE KeePassFile [<!ENTITY l0 "lol">${laughs}]><KeePassFile>&l9;</KeePassFile>`;
    expect(await readXml(bomb)).toEqual(err("corrupt"));
    const outside =
      '<!DOCTYPE map SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><map>&x;</map>';
    expect(await readXml(outside)).toEqual(err("corrupt"));
    for (const text of [bomb, outside]) expect((await readFile(utf8(text), null)).ok).toBe(false);
  });

  test("is refused for its length, and for its elements", async () => {
    expect(await readXml(`<map>${" ".repeat(33_000_000)}</map>`)).toEqual(err("too-large"));
    expect(await readXml(`<map>${"<a/>".repeat(300_000)}</map>`)).toEqual(err("too-large"));
  });

  test("may be nested deeper than any stack, or left open everywhere", async () => {
    const deep = 100_000;
    const groups = `<KeePassFile><Root>${"<Group>".repeat(deep)}${"</Group>".repeat(deep)}</Root></KeePassFile>`;
    expect(["corrupt", "nothing-found"]).toContain(await contentOf(utf8(groups)));
    expect(await contentOf(utf8(`<KeePassFile>${"<History>".repeat(deep)}`))).toBe("corrupt");
    const name = `<map><string name="masterKey">${"<a>".repeat(deep)}${"</a>".repeat(deep)}</string></map>`;
    expect(await contentOf(utf8(name))).toBe("corrupt");
  });
});
