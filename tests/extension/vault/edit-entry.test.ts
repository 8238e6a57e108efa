import { describe, expect, it } from "vitest";
import { editEntry } from "../../../extension/vault/edit-entry.ts";
import { addEntries, readEntry, readIndex, recordUse, setPinned } from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const inTrash = async () => (await readIndex()).filter(({ deletedAt }) => deletedAt !== null);

describe("editing an entry", () => {
  it("changes names and notes in place, and puts nothing into the trash", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const edited = await editEntry(
      id,
      { issuer: "Renamed", note: "noted", secret: `${draft(1).secret}A` },
      5,
    );
    expect(edited).toEqual({ ok: true, value: "saved" });
    expect(await inTrash()).toEqual([]);
    expect(await readEntry(id)).toMatchObject({
      value: { issuer: "Renamed", note: "noted", secretSetAt: 1 },
    });
  });

  it.each([
    ["another key", { secret: draft(2).secret }],
    ["other digits", { digits: 8 }],
    ["another period", { period: 60 }],
    ["another algorithm", { algorithm: "SHA256" }],
    ["another type", { type: "steam", digits: 5 }],
  ] as const)("to %s keeps what gave the codes until then, in the trash", async (_, patch) => {
    await createVault();
    const [id = ""] = await addEntries([{ ...draft(1), note: "noted", tags: ["work"] }], { now: 1 });
    await setPinned(id, true);
    await recordUse(id, 2);
    const before = await readEntry(id);
    expect(await editEntry(id, patch, 5)).toEqual({ ok: true, value: "old-in-trash" });
    expect(await readEntry(id)).toMatchObject({ value: { ...patch, note: "noted", deletedAt: null } });
    const [old] = await inTrash();
    expect(before.ok && (await readEntry(old?.id ?? ""))).toEqual({
      ok: true,
      value: { ...(before.ok && before.value), deletedAt: 5 },
    });
    expect((await readIndex()).find((row) => row.id === id)).toMatchObject({ pinned: true, uses: 1 });
  });

  it("of one that is gone changes nothing", async () => {
    await createVault();
    expect(await editEntry("nowhere", { issuer: "x" }, 5)).toEqual({ ok: false, error: "not-found" });
    expect(await readIndex()).toEqual([]);
  });
});
