import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { formatBitwardenJson } from "../../../shared/formats/bitwarden-json.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { draftToEntry, type Entry, type EntryDraft } from "../../../shared/otp/entry.ts";

const alice: EntryDraft = {
  type: "totp",
  issuer: "Example",
  account: "alice:work@example.com",
  secret: "JBSWY3DPEHPK3PXP",
  algorithm: "SHA512",
  digits: 8,
  period: 60,
  counter: null,
  pin: null,
  note: "kept by alice\nfor long",
  tags: ["Work"],
  sites: ["login.example.com", "example.org:8443"],
};
const entryOf = (change: Partial<Entry>) => ({ ...draftToEntry(alice, 0), ...change });

const said: Entry[] = [
  entryOf({}),
  entryOf({
    issuer: "Steam",
    type: "steam",
    account: "bob",
    algorithm: "SHA1",
    digits: 5,
    period: 30,
    tags: [],
  }),
  entryOf({ issuer: "Steam", account: "not Steam Guard", algorithm: "SHA1", digits: 6, period: 30 }),
  entryOf({ issuer: "", account: "bob", note: "", sites: [] }),
  entryOf({ issuer: "Nobody", account: "" }),
];

describe("JSON for Bitwarden", () => {
  test("comes back as it went out", async () => {
    const { text, leftOut, losses } = formatBitwardenJson(said);
    expect({ leftOut, losses }).toEqual({ leftOut: [], losses: [] });
    const read = await readFile(utf8(text), null);
    const entries = read.ok ? read.value.entries.map(({ draft }) => draftToEntry(draft, 0)) : [];
    expect(read).toMatchObject({ ok: true, value: { format: "bitwarden", rejected: [] } });
    expect(entries).toEqual(said);
  });

  test("has the shape that Bitwarden asks for, each item with an identifier of its own", () => {
    const { folders, items, encrypted } = JSON.parse(formatBitwardenJson(said).text);
    expect({ encrypted, folders }).toEqual({
      encrypted: false,
      folders: [{ id: items[0].folderId, name: "Work" }],
    });
    expect(new Set(items.map(({ id }: { id: string }) => id)).size).toBe(said.length);
    expect(items[1]).toMatchObject({
      type: 1,
      name: "Steam",
      folderId: null,
      login: { username: "bob", totp: "steam://JBSWY3DPEHPK3PXP" },
    });
    expect(items[3]).toMatchObject({ name: "--", notes: null, login: { username: "bob", uris: [] } });
  });

  test("names what it can't say, entry by entry", () => {
    const counter = entryOf({ type: "hotp", period: null, counter: 7 });
    const motp = entryOf({ type: "motp", algorithm: "MD5" });
    const yandex = entryOf({ type: "yandex" });
    const rich = entryOf({ tags: ["Work", "Money"], icon: "data:image/png;base64,AA==" });
    const { leftOut, losses } = formatBitwardenJson([counter, rich, motp, yandex]);
    expect(leftOut).toEqual([counter, motp, yandex].map((entry) => ({ entry, reason: "type" })));
    expect(losses).toEqual([{ entry: rich, fields: ["further-tags", "icon"] }]);
  });
});
