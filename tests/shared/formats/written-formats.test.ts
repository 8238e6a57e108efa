import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { aegisFormat } from "../../../shared/formats/aegis.ts";
import { otpauthListFormat } from "../../../shared/formats/otpauth-list.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { twoFasFormat } from "../../../shared/formats/two-fas.ts";
import { twoFauthFormat } from "../../../shared/formats/two-fauth.ts";
import type { Entry } from "../../../shared/otp/entry.ts";
import { alice, anyEntry, bob } from "./written-entries.ts";

/** What the file says of an entry, given what is lost of it. */
function expectedDraft(entry: Entry, lost: readonly string[], tags: readonly string[] = entry.tags) {
  const { version: _, secretSetAt: __, deletedAt: ___, sites: ____, ...draft } = entry;
  return {
    ...draft,
    tags: lost.includes("tags") || lost.includes("further-tags") ? [...tags] : entry.tags,
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
        const leftOut = new Set(file.leftOut.map(({ entry }) => entry));
        const written = entries.filter((entry) => !leftOut.has(entry));
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
    expect(file.leftOut).toEqual([
      { entry: md5, reason: "algorithm" },
      ...(format.id === "aegis" ? [] : [{ entry: motp, reason: "type" }]),
    ]);
  });
});

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
    ["sites", "further-tags", "note", "icon"],
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
