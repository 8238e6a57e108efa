import { createDecipheriv, scryptSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { aegisFormat } from "../../../shared/formats/aegis.ts";
import { otpauthListFormat } from "../../../shared/formats/otpauth-list.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { twoFasFormat } from "../../../shared/formats/two-fas.ts";
import { twoFauthFormat } from "../../../shared/formats/two-fauth.ts";
import { draftToEntry, type Entry, type EntryDraft } from "../../../shared/otp/entry.ts";

const PNG =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";

const anyName = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }).map((name) => name.toWellFormed().trim()),
  fc.constantFrom("", "Steam", "Text: More Text", ":", "a:b"),
);
/** Whole bytes, so that the text comes back as it was. */
const anySecret = fc.stringMatching(/^[A-Z2-7]{8}([A-Z2-7]{8}){0,3}$/);

const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    type: fc.constantFrom("totp", "hotp", "steam", "motp", "yandex"),
    issuer: anyName,
    account: anyName,
    secret: anySecret,
    algorithm: fc.constantFrom("SHA1", "SHA256", "SHA512"),
    digits: fc.integer({ min: 5, max: 10 }),
    period: fc.constantFrom(30, 60, 1, 86_400),
    counter: fc.nat(),
    pin: fc.constantFrom(null, "1234", "0007"),
    sites: fc.constantFrom<string[][]>([], ["example.com"]),
    tags: fc.uniqueArray(fc.constantFrom("Work", "Home", "工作")),
    note: fc.constantFrom("", "for the shop"),
    icon: fc.constantFrom(null, PNG, GIF),
  })
  .map(({ type, algorithm, digits, period, counter, pin, secret, ...named }) => {
    const byType = {
      totp: { algorithm, digits, period, counter: null, pin: null, secret },
      hotp: { algorithm, digits, period: null, counter, pin: null, secret },
      steam: { algorithm: "SHA1", digits: 5, period: 30, counter: null, pin: null, secret },
      motp: { algorithm: "MD5", digits: 6, period: 10, counter: null, pin, secret },
      yandex: {
        algorithm: "SHA256",
        digits: 8,
        period: 30,
        counter: null,
        pin,
        secret: "ORSXG5DJNZTXIZLTORUW4ZZRGI",
      },
    } as const;
    return draftToEntry(
      { type, ...named, ...byType[type as keyof typeof byType] } as EntryDraft,
      1_700_000_000_000,
    );
  });

/** What the file says of an entry, given what is lost of it. */
function expectedDraft(entry: Entry, lost: readonly string[], tags: readonly string[] = entry.tags) {
  const { version: _, secretSetAt: __, deletedAt: ___, sites: ____, ...draft } = entry;
  return {
    ...draft,
    tags: lost.includes("tags") ? [...tags] : entry.tags,
    note: lost.includes("note") ? "" : entry.note,
    icon: lost.includes("icon") ? null : entry.icon,
  };
}

const formats = [
  { format: aegisFormat, password: null, keptTags: (tags: readonly string[]) => tags, types: 5 },
  { format: twoFasFormat, password: null, keptTags: (tags: readonly string[]) => tags.slice(0, 1), types: 3 },
  { format: twoFauthFormat, password: null, keptTags: () => [], types: 3 },
];

describe.each(formats)("a file written as $format.id", ({ format, password, keptTags }) => {
  test("reads back as it was, but for what it says is lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { minLength: 1, maxLength: 6 }), async (entries) => {
        const file = await format.write(entries, password);
        const written = entries.filter((entry) => !file.leftOut.includes(entry));
        const read = await readFile(utf8(file.text), password);
        if (written.length === 0) {
          expect(read).toMatchObject({ error: { reason: "nothing-found" } });
          return;
        }
        const lostOf = (entry: Entry) => file.losses.find((loss) => loss.entry === entry)?.fields ?? [];
        expect(read).toMatchObject({ ok: true, value: { format: format.id, rejected: [] } });
        const drafts = read.ok
          ? read.value.entries.map(({ draft }) => ({ tags: [], note: "", icon: null, ...draft }))
          : [];
        expect(drafts).toEqual(
          written.map((entry) => expectedDraft(entry, lostOf(entry), keptTags(entry.tags))),
        );
        // Sites are of this extension alone.
        for (const entry of written) expect(lostOf(entry).includes("sites")).toBe(entry.sites.length > 0);
      }),
      { numRuns: 200 },
    );
  });

  test("leaves out what its program would make other codes of", async () => {
    const [base] = fc.sample(anyEntry, 1);
    const md5: Entry = { ...base!, type: "totp", algorithm: "MD5", period: 30, counter: null, pin: null };
    const motp: Entry = {
      ...base!,
      type: "motp",
      algorithm: "MD5",
      digits: 6,
      period: 10,
      counter: null,
      pin: "1",
      secret: "GDW4ZDW24UFGA",
    };
    const file = await format.write([md5, motp], null);
    expect(file.leftOut).toEqual(format.id === "aegis" ? [md5] : [md5, motp]);
  });
});

const alice = draftToEntry(
  {
    type: "totp",
    issuer: "Example",
    account: "alice",
    secret: "JBSWY3DPEHPK3PXP",
    algorithm: "SHA256",
    digits: 8,
    period: 60,
    counter: null,
    pin: null,
    tags: ["Work", "Home"],
    note: "for the shop",
    sites: ["example.com"],
    icon: GIF,
  },
  1_700_000_000_000,
);
const bob: Entry = {
  ...alice,
  type: "hotp",
  account: "bob",
  period: null,
  counter: 41,
  icon: PNG,
  tags: ["Work"],
};

describe("an encrypted vault of Aegis", () => {
  test("opens for whoever follows its description, and for nobody else", async () => {
    const { text } = await aegisFormat.write([alice, bob], "pässwörd 密码");
    expect(text).not.toMatch(/JBSWY3DP|alice|Example/);
    const vault = JSON.parse(text);
    const [slot] = vault.header.slots;
    expect(vault).toMatchObject({ version: 1, header: { slots: [{ type: 1, n: 32768, r: 8, p: 1 }] } });
    const cost = { N: slot.n, r: slot.r, p: slot.p, maxmem: 64 * 1024 * 1024 };
    const key = scryptSync("pässwörd 密码", Buffer.from(slot.salt, "hex"), 32, cost);
    const master = openedByNode(key, Buffer.from(slot.key, "hex"), slot.key_params);
    const database = JSON.parse(
      openedByNode(master, Buffer.from(vault.db, "base64"), vault.header.params).toString(),
    );
    expect(database).toMatchObject({
      version: 3,
      entries: [
        { type: "totp", name: "alice", issuer: "Example", note: "for the shop", favorite: false, icon: null },
        {
          type: "hotp",
          name: "bob",
          icon_mime: "image/png",
          info: { secret: "JBSWY3DPEHPK3PXP", counter: 41 },
        },
      ],
    });
    expect(database.entries[0].info).toEqual({
      secret: "JBSWY3DPEHPK3PXP",
      algo: "SHA256",
      digits: 8,
      period: 60,
    });
    const names = new Map(
      database.groups.map(({ uuid, name }: { uuid: string; name: string }) => [uuid, name]),
    );
    expect(database.entries[0].groups.map((id: string) => names.get(id))).toEqual(["Work", "Home"]);
    expect(await readFile(utf8(text), "pässwörd 密码")).toMatchObject({ value: { entries: [{}, {}] } });
    expect(await readFile(utf8(text), "password")).toMatchObject({ error: { reason: "wrong-passphrase" } });
  });

  test("shares no key, salt or nonce with another", async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(async () => (await aegisFormat.write([alice], "x")).text),
    );
    const hexOf = (text = ""): string[] => text.match(/[0-9a-f]{24,}/g) ?? [];
    expect(hexOf(first)).toHaveLength(6);
    expect(hexOf(first).filter((part) => hexOf(second).includes(part))).toEqual([]);
  });
});

function openedByNode(
  key: Uint8Array,
  ciphertext: Uint8Array,
  params: { nonce: string; tag: string },
): Buffer {
  const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(params.nonce, "hex"));
  cipher.setAuthTag(Buffer.from(params.tag, "hex"));
  return Buffer.concat([cipher.update(ciphertext), cipher.final()]);
}

test("a backup of 2FAS has the fields that its app reads", async () => {
  const { text, losses } = await twoFasFormat.write([alice, bob]);
  const backup = JSON.parse(text);
  expect(backup).toMatchObject({ schemaVersion: 4, appOrigin: "android", groups: [{ name: "Work" }] });
  expect(backup.services).toMatchObject([
    {
      name: "Example",
      secret: "JBSWY3DPEHPK3PXP",
      groupId: backup.groups[0].id,
      otp: {
        account: "alice",
        issuer: "Example",
        tokenType: "TOTP",
        algorithm: "SHA256",
        digits: 8,
        period: 60,
      },
      order: { position: 0 },
    },
    { otp: { tokenType: "HOTP", counter: 41 }, order: { position: 1 } },
  ]);
  expect(losses.map(({ fields }) => fields)).toEqual([
    ["sites", "tags", "note", "icon"],
    ["sites", "note", "icon"],
  ]);
});

test("an export of 2FAuth has the fields that it reads", async () => {
  const { text, losses } = await twoFauthFormat.write([alice, bob]);
  expect(JSON.parse(text)).toMatchObject({
    app: expect.stringMatching(/^2fauth_v/),
    schema: 1,
    datetime: "2023-11-14T22:13:20.000Z",
    data: [
      {
        otp_type: "totp",
        service: "Example",
        account: "alice",
        algorithm: "sha256",
        digits: 8,
        period: 60,
        counter: null,
      },
      { otp_type: "hotp", icon_mime: "image/png", period: null, counter: 41, secret: "JBSWY3DPEHPK3PXP" },
    ],
  });
  expect(losses.map(({ fields }) => fields)).toEqual([
    ["sites", "tags", "note", "icon"],
    ["sites", "tags", "note"],
  ]);
});

test("a list of URIs says what it has no place for", async () => {
  const file = await otpauthListFormat.write([alice, { ...alice, type: "motp", algorithm: "MD5" }]);
  expect(file.leftOut).toHaveLength(1);
  expect(file.losses).toEqual([{ entry: alice, fields: ["sites", "tags", "note", "icon"] }]);
});
