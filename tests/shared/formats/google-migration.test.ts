import { BinaryWriter } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToBase64 } from "../../../shared/bytes.ts";
import { type MigrationPart, parseMigrationUri } from "../../../shared/formats/google-migration.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import { draftToEntry, type EntryDraft, parseEntry } from "../../../shared/otp/entry.ts";
import { err } from "../../../shared/result.ts";
import { formatMigrationUris } from "../../support/format-migration-uris.ts";

const alice: EntryDraft = {
  type: "totp",
  issuer: "Example",
  account: "alice@example.com",
  secret: "JBSWY3DPEHPK3PXP",
  algorithm: "SHA1",
  digits: 6,
  period: 30,
  counter: null,
  pin: null,
};

/** A payload written field by field, so that the reader is tried on what its own writer never writes. */
function uriOf(write: (writer: BinaryWriter) => void): string {
  const writer = new BinaryWriter();
  write(writer);
  return `otpauth-migration://offline?data=${encodeURIComponent(bytesToBase64(writer.finish()))}`;
}

type EntryFields = {
  secret?: Uint8Array;
  name?: string;
  issuer?: string;
  algorithm?: number;
  digits?: number;
  type?: number;
  counter?: bigint;
};

const secretOfAlice = new TextEncoder().encode("Hello!\xde\xad").slice(0, 10);

function writeEntry(writer: BinaryWriter, fields: EntryFields): void {
  writer.tag(1, 2).fork();
  writer.tag(1, 2).bytes(fields.secret ?? secretOfAlice);
  if (fields.name !== undefined) writer.tag(2, 2).string(fields.name);
  if (fields.issuer !== undefined) writer.tag(3, 2).string(fields.issuer);
  if (fields.algorithm !== undefined) writer.tag(4, 0).int32(fields.algorithm);
  if (fields.digits !== undefined) writer.tag(5, 0).int32(fields.digits);
  if (fields.type !== undefined) writer.tag(6, 0).int32(fields.type);
  if (fields.counter !== undefined) writer.tag(7, 0).int64(fields.counter);
  writer.join();
}

function read(uri: string): MigrationPart {
  const part = parseMigrationUri(uri);
  if (!part.ok) throw new Error(part.error.reason);
  return part.value;
}

describe("one code of Google Authenticator's export", () => {
  test("is read without algorithm, digits and batch fields, which then have their defaults", () => {
    expect(
      read(
        "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC",
      ),
    ).toEqual({
      version: 0,
      batchSize: 1,
      batchIndex: 0,
      batchId: 0,
      drafts: [{ ...alice, account: "alice@google.com" }],
      rejected: [],
      notices: ["period-assumed-30"],
    });
  });

  test("is read in version 2: an identifier in each entry, none for the batch", () => {
    const uri = uriOf((writer) => {
      writer.tag(1, 2).fork();
      writer.tag(1, 2).bytes(secretOfAlice);
      writer.tag(2, 2).string("bob");
      writer.tag(4, 0).int32(2).tag(5, 0).int32(2).tag(6, 0).int32(2);
      writer.tag(8, 2).string("c9f0f895-fb98-4ab3-8f5b-cbfa1a0d1c3e");
      writer.join();
      writer.tag(2, 0).int32(2).tag(3, 0).int32(1);
    });
    expect(read(uri)).toMatchObject({
      version: 2,
      batchSize: 1,
      batchId: 0,
      drafts: [{ issuer: "", account: "bob", algorithm: "SHA256", digits: 8 }],
      notices: ["period-assumed-30"],
    });
  });

  test("is read past fields of every kind that are unknown, in any order", () => {
    const uri = uriOf((writer) => {
      writer.tag(3, 0).int32(1).tag(90, 1).fixed64(7n).tag(91, 5).fixed32(7).tag(92, 2).string("later");
      writer.tag(2, 2).string("a version that is text");
      writer.tag(1, 2).fork();
      writer.tag(6, 0).int32(2).tag(99, 0).int64(-1n).tag(2, 2).string("bob").tag(4, 2).string("SHA1");
      writer.tag(1, 2).bytes(secretOfAlice);
      writer.join();
    });
    expect(read(uri)).toMatchObject({ version: 0, drafts: [{ account: "bob", algorithm: "SHA1" }] });
  });

  test("says so when a later version wrote it", () => {
    const uri = uriOf((writer) => {
      writeEntry(writer, { name: "bob", type: 1 });
      writer.tag(2, 0).int32(3);
    });
    expect(read(uri).notices).toEqual(["unknown-version"]);
  });

  test.each([
    ["Example:alice", "Example", "Example", "alice"],
    ["example: alice", "Example", "Example", "alice"],
    ["Text: More Text:alice", "Text: More Text", "Text: More Text", "alice"],
    ["alice", "Example", "Example", "alice"],
    ["Other:alice", "Example", "Example", "Other:alice"],
    ["Example:alice", "", "Example", "alice"],
    ["Example:a:b", "", "Example", "a:b"],
    [" alice ", " ", "", "alice"],
    ["a+b%20c", "", "", "a+b%20c"],
  ])("takes the name %j of the issuer %j apart", (name, issuer, wantedIssuer, account) => {
    const [draft] = read(uriOf((writer) => writeEntry(writer, { name, issuer }))).drafts;
    expect(draft).toMatchObject({ issuer: wantedIssuer, account });
  });

  test("keeps the other entries when one can't be read, and names it with the reason", () => {
    const uri = uriOf((writer) => {
      writeEntry(writer, { name: "good", issuer: "Example" });
      writeEntry(writer, { name: "md5", issuer: "Example", algorithm: 4 });
      writeEntry(writer, { name: "sha3", algorithm: 9 });
      writeEntry(writer, { name: "digits", digits: 3 });
      writeEntry(writer, { name: "type", type: 7 });
      writeEntry(writer, { name: "empty", secret: new Uint8Array() });
      writeEntry(writer, { name: "minus", type: 1, counter: -1n });
      writeEntry(writer, { name: "much", type: 1, counter: 2n ** 53n });
      writer.tag(1, 2).bytes(new Uint8Array([0x0a, 0x7f, 0x01]));
      writeEntry(writer, { name: "also good", type: 1, counter: 2n ** 53n - 1n });
    });
    const part = read(uri);
    expect(part.drafts.map((draft) => [draft.account, draft.counter])).toEqual([
      ["good", null],
      ["also good", Number.MAX_SAFE_INTEGER],
    ]);
    expect(part.rejected).toEqual([
      { label: "Example:md5", reason: "unknown-algorithm", detail: "MD5" },
      { label: "sha3", reason: "unknown-algorithm", detail: "9" },
      { label: "digits", reason: "unknown-digits", detail: "3" },
      { label: "type", reason: "unknown-type", detail: "7" },
      { label: "empty", reason: "empty-secret", detail: "" },
      { label: "minus", reason: "counter-negative", detail: "-1" },
      { label: "much", reason: "counter-too-large", detail: "9007199254740992" },
      { label: "", reason: "broken-entry", detail: "" },
    ]);
  });

  test("keeps an account whose name is not UTF-8, and a name of more than 127 bytes", () => {
    const uri = uriOf((writer) => {
      writer.tag(1, 2).fork();
      writer.tag(1, 2).bytes(secretOfAlice);
      writer.tag(2, 2).bytes(new Uint8Array([0x62, 0xff, 0x62]));
      writer.join();
      writeEntry(writer, { name: "long".repeat(100) });
    });
    expect(read(uri).drafts.map((draft) => draft.account)).toEqual(["b\ufffdb", "long".repeat(100)]);
  });

  test("is the same however its base64 was carried", () => {
    // The bytes make both "+" and "/" of base64, and need padding.
    const uri = uriOf((writer) =>
      writeEntry(writer, {
        name: "bob",
        secret: new Uint8Array([0, 0, 0xfb, 0xef, 0xbe, 0xff, 0xff, 0xff]),
      }),
    );
    const data = decodeURIComponent(uri.slice(uri.indexOf("=") + 1));
    expect(data).toMatch(/\+.*\/.*=$/);
    const wanted = read(uri);
    for (const other of [
      data,
      data.replace(/=+$/, ""),
      data.replaceAll("+", "%2B"),
      data.replaceAll("+", "%2b").replaceAll("/", "%2f"),
      data.replaceAll("+", " "),
      data.replaceAll("+", "-").replaceAll("/", "_"),
      `${data.slice(0, 20)}\r\n${data.slice(20)}`,
      `${data}&other=1`,
    ]) {
      expect(read(`otpauth-migration://offline?data=${other}`)).toEqual(wanted);
    }
    expect(read(` OTPAUTH-MIGRATION://OFFLINE?x=1&DATA=${data}\n`)).toEqual(wanted);
  });

  test.each([
    ["otpauth://totp/a?secret=JBSWY3DP", "not-a-migration-uri"],
    ["hello", "not-a-migration-uri"],
    ["otpauth-migration://offline", "no-data"],
    ["otpauth-migration://offline?data=", "no-data"],
    ["otpauth-migration://offline?date=AA", "no-data"],
    ["otpauth-migration://offline?data=A", "not-base64"],
    ["otpauth-migration://offline?data=!!!!", "not-base64"],
    ["otpauth-migration://offline?data=EAE", "no-entries"],
    ["otpauth-migration://offline?data=Cv8BCg", "corrupt"],
    ["otpauth-migration://offline?data=////", "corrupt"],
    [`otpauth-migration://offline?data=${"A".repeat(65_536)}`, "too-long"],
  ])("is refused: %.60s", (uri, reason) => {
    expect(parseMigrationUri(uri)).toEqual(err({ reason }));
  });

  test.each([
    ["more parts than any export has", 2_000_000_000, 0],
    ["an index below the first", 2, -1],
  ])("is refused with %s", (_, size, index) => {
    const uri = uriOf((writer) => {
      writeEntry(writer, { name: "bob" });
      writer.tag(3, 0).int32(size).tag(4, 0).int32(index);
    });
    expect(parseMigrationUri(uri)).toEqual(err({ reason: "corrupt" }));
  });

  test("never makes the reader throw, and what is read is always an entry with a code", () => {
    const whole = formatMigrationUris([alice, { ...alice, type: "hotp", counter: 3 }], 5).uris[0] ?? "";
    const bytes = [...atob(decodeURIComponent(whole.split("=", 2)[1] ?? ""))].map((c) => c.charCodeAt(0));
    const broken = fc
      .array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => changes.reduce((all, [at, byte]) => all.with(at, byte), bytes));
    const anyPayload = fc.oneof(broken, fc.array(fc.nat(255)));
    fc.assert(
      fc.property(anyPayload, fc.nat(), (payload, length) => {
        const part = parseMigrationUri(
          `otpauth-migration://offline?data=${bytesToBase64(new Uint8Array(payload.slice(0, length || undefined)))}`,
        );
        for (const draft of part.ok ? part.value.drafts : []) {
          expect(parseEntry(draftToEntry(draft, 0)).ok).toBe(true);
          expect(codeAt(draft, 0).ok).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.string(), (text) => void parseMigrationUri(`otpauth-migration://${text}`)));
  });
});
