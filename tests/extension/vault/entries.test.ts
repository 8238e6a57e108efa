import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import {
  addEntries,
  changeEntry,
  moveEntry,
  readEntries,
  readEntry,
  readIndex,
  recordUse,
  setPinned,
} from "../../../extension/vault/entries.ts";
import { sealRow } from "../../../extension/vault/stored-row.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { ALGORITHMS, draftToEntry, type EntryDraft } from "../../../shared/otp/entry.ts";
import { draft } from "./drafts.ts";
import { dumpDatabase, findSame, readRows, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const anyDraft = fc.record({
  type: fc.constantFrom("totp" as const, "steam" as const, "motp" as const, "yandex" as const),
  issuer: fc.string({ unit: "grapheme" }),
  account: fc.string(),
  secret: fc.stringMatching(/^[A-Z2-7]{1,64}$/),
  algorithm: fc.constantFrom(...ALGORITHMS),
  digits: fc.integer({ min: 5, max: 10 }),
  period: fc.integer({ min: 1, max: 2 ** 31 }),
  counter: fc.constant(null),
  pin: fc.option(fc.string()),
  sites: fc.array(fc.domain()),
  tags: fc.array(fc.string()),
  note: fc.string({ unit: "binary" }),
  icon: fc.option(fc.constant("data:image/png;base64,AAAA")),
});

describe("entries", () => {
  it("read back as they were written, whatever they are", async () => {
    await createVault();
    await fc.assert(
      fc.asyncProperty(fc.array(anyDraft, { maxLength: 6 }), fc.nat(), async (drafts: EntryDraft[], now) => {
        const ids = await addEntries(drafts, { now });
        const entries = await readEntries(ids);
        // What is stored passes through JSON and UTF-8, which make a lone surrogate U+FFFD.
        const expected = drafts.map((each) => JSON.parse(JSON.stringify(draftToEntry(each, now))));
        expect(ids.map((id) => entries.get(id))).toEqual(expected.map((value) => ({ ok: true, value })));
      }),
      { numRuns: 40 },
    );
  });

  it("stand in the database as ciphertext only", async () => {
    await createVault();
    await addEntries([draft(1, { issuer: "Canary", account: "canary@example.com", note: "canary" })], {
      now: 1,
    });
    const stored = (await db.entries.toArray()).concat(await db.index.toArray());
    for (const row of stored) {
      const text = new TextDecoder("latin1").decode(row.sealed);
      expect(text).not.toMatch(/canary|issuer|GEZDGNBV/i);
      expect(Object.keys(row).sort()).toEqual(["id", "rev", "sealed"]);
    }
  });

  it("remember the hosts they were used on last, encrypted, through every other change", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    for (let at = 1; at <= 10; at++) await recordUse(id, at, `host-${at % 9}.example`);
    await recordUse(id, 11);
    await setPinned(id, true);
    await changeEntry(id, { issuer: "Other" });
    const [row] = await readIndex();
    expect(row).toMatchObject({ uses: 11, lastUsedAt: 11 });
    // Eight at most, each once, the latest first; a use on no known site adds none.
    expect(row?.usedOn).toEqual(
      [10, 9, 8, 7, 6, 5, 4, 3].map((at) => ({ host: `host-${at % 9}.example`, at })),
    );
    const stored = await db.index.toArray();
    for (const { sealed } of stored) expect(new TextDecoder("latin1").decode(sealed)).not.toContain("host-");
  });

  it("are missing by a reason, never by a thrown error", async () => {
    expect(await readEntry("nowhere")).toEqual({ ok: false, error: "not-found" });
    await createVault();
    expect(await readEntry("nowhere")).toEqual({ ok: false, error: "not-found" });
    expect(await changeEntry("nowhere", { issuer: "x" })).toEqual({ ok: false, error: "not-found" });
    expect(await setPinned("nowhere", true)).toEqual({ ok: false, error: "not-found" });
    expect(await moveEntry("nowhere", { before: null })).toEqual({ ok: false, error: "not-found" });
    await recordUse("nowhere", 1);
    expect(await readIndex()).toEqual([]);
  });

  it("refuse to be written where they make no entry, and nothing is written then", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const before = await dumpDatabase();
    await expect(addEntries([draft(2), draft(3, { secret: "0189" })], { now: 1 })).rejects.toThrow();
    await expect(changeEntry(id, { digits: 4 })).rejects.toThrow();
    expect(await dumpDatabase()).toBe(before);
  });

  it("keep the fields of a newer version through every change", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await changeEntry(id, { version: 7, colour: "teal", nested: { kept: [1, 2] } });
    await changeEntry(id, { issuer: "Other" });
    await setPinned(id, true);
    await moveToTrash([id], 9);
    expect(await readEntry(id)).toMatchObject({
      ok: true,
      value: { version: 7, colour: "teal", nested: { kept: [1, 2] }, issuer: "Other", deletedAt: 9 },
    });
  });

  it("of a newer version that can't be read are shown, and never rewritten", async () => {
    await createVault();
    const [id = "", other = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    await storeNewerEntry(id);
    const before = await db.entries.get(id);
    expect(await readEntry(id)).toEqual({ ok: false, error: "newer-version" });
    expect(await changeEntry(id, { issuer: "x" })).toEqual({ ok: false, error: "newer-version" });
    expect((await moveToTrash([id], 1)).refused).toEqual([{ id, reason: "newer-version" }]);
    await setPinned(other, true);
    expect(await db.entries.get(id)).toEqual(before);
    expect((await readIndex()).map((row) => [row.id, row.issuer, row.problem])).toEqual([
      [id, "Issuer 1", "newer-version"],
      [other, "Issuer 2", null],
    ]);
  });

  it("move secretSetAt when the secret changes, and only then", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const setAt = async () => (await readIndex()).find((row) => row.id === id)?.secretSetAt;
    await changeEntry(id, { issuer: "x" }, 5);
    expect(await setAt()).toBe(1);
    await changeEntry(id, { secret: `${draft(1).secret}A` }, 5);
    expect(await setAt()).toBe(1);
    await changeEntry(id, { secret: draft(2).secret }, 5);
    expect(await setAt()).toBe(5);
  });

  it("are found again by secret, type, digits, period and algorithm, not by name", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    expect(await findSame(draft(1, { issuer: "Renamed", note: "n" }))).toBe(id);
    expect(await findSame(draft(1, { secret: `${draft(1).secret}A` }))).toBe(id);
    expect(await findSame(draft(1, { digits: 8 }))).toBeNull();
    expect(await findSame(draft(2))).toBeNull();
    await moveToTrash([id], 1);
    expect(await findSame(draft(1))).toBe(id);
    const [live] = await addEntries([draft(1)], { now: 1 });
    expect(await findSame(draft(1))).toBe(live);
  });
});

describe("the order", () => {
  it("is that of adding, until an entry is moved", async () => {
    await createVault();
    const [a = "", b = "", c = ""] = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    expect(await idsInOrder()).toEqual([a, b, c]);
    await moveEntry(c, { before: a });
    expect(await idsInOrder()).toEqual([c, a, b]);
    await moveEntry(c, { before: null });
    expect(await idsInOrder()).toEqual([a, b, c]);
    await moveEntry(a, { before: c });
    expect(await idsInOrder()).toEqual([b, a, c]);
    await moveEntry(a, { before: a });
    expect(await idsInOrder()).toEqual([b, c, a]);
  });

  it("still holds when no number fits between two neighbours any more", async () => {
    await createVault();
    const [a = "", b = "", c = ""] = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    // Each pair of moves halves the gap in front of c; sixty are more than a number has bits.
    for (let move = 0; move < 60; move++) {
      const last = move % 2 === 0 ? a : b;
      await moveEntry(last, { before: c });
      expect((await idsInOrder()).slice(1)).toEqual([last, c]);
    }
  });
});

async function idsInOrder(): Promise<string[]> {
  return (await readIndex()).map(({ id }) => id);
}

/** As a later version of the extension would leave it behind. */
async function storeNewerEntry(id: string): Promise<void> {
  const row = (await readRows()).get(id);
  const sealed = await db.entries.get(id);
  if (!row || !sealed) throw Error("the entry is there");
  const entry = { version: 99, type: "passkey-otp", issuer: "Issuer 1", account: "alice" };
  await db.entries.put(await sealRow(await requireVaultKey(), id, sealed.rev, { ...row, entry }));
  await db.index.clear();
}
