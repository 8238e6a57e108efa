import { describe, expect, it } from "vitest";
import { addEntries, readEntry, readIndex, recordUse, setPinned } from "../../../extension/vault/entries.ts";
import { findExisting } from "../../../extension/vault/find-existing.ts";
import { replaceEntry } from "../../../extension/vault/replace-entry.ts";
import { moveToTrash, restoreFromTrash } from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const named = { issuer: "Harbour", account: "alice@example.com" };
const old = { ...draft(1), ...named, sites: ["harbour.example"], tags: ["work"], note: "the old phone" };
const fresh = { ...draft(2), ...named, sites: ["login.harbour.example"] };

async function findNamesake(wanted: EntryDraft): Promise<string | null> {
  const [found] = await findExisting([wanted]);
  return found?.kind === "other-key" ? found.row.id : null;
}

describe("the namesake of an account that was set up anew", () => {
  it("is the one with the same names, whatever their case and width", async () => {
    await createVault();
    const [id] = await addEntries([old, draft(3)], { now: 1 });
    expect(await findNamesake({ ...fresh, issuer: "ＨＡＲＢＯＵＲ " })).toBe(id);
    expect(await findNamesake({ ...fresh, account: "bob@example.com" })).toBeNull();
  });

  it("is nobody where there are two of that name, where it is in the trash, or where there is no name", async () => {
    await createVault();
    const [id = ""] = await addEntries([old, { ...draft(3), issuer: "", account: "" }], { now: 1 });
    expect(await findNamesake({ ...fresh, issuer: "", account: "" })).toBeNull();
    await moveToTrash([id], 2);
    expect(await findNamesake(fresh)).toBeNull();
    await restoreFromTrash([id]);
    await addEntries([fresh], { now: 3 });
    expect(await findNamesake({ ...draft(4), ...named })).toBeNull();
  });
});

describe("an account that takes another's place", () => {
  it("takes over pin, place, uses, sites, tags and note; the old one is in the trash with its secret", async () => {
    await createVault();
    const [id = "", , third] = await addEntries([old, draft(3), draft(4)], { now: 1 });
    await setPinned(id, true);
    await recordUse(id, 5, "harbour.example");
    const replaced = await replaceEntry(id, fresh, 10);
    if (!replaced.ok) throw Error(replaced.error);
    expect(await readEntry(replaced.value)).toMatchObject({
      value: {
        ...named,
        secret: fresh.secret,
        sites: ["harbour.example", "login.harbour.example"],
        tags: ["work"],
        note: "the old phone",
        secretSetAt: 10,
        deletedAt: null,
      },
    });
    expect(await readEntry(id)).toMatchObject({ value: { secret: old.secret, deletedAt: 10 } });
    const rows = await readIndex();
    const row = rows.find((each) => each.id === replaced.value);
    expect(row).toMatchObject({
      pinned: true,
      uses: 1,
      lastUsedAt: 5,
      usedOn: [{ host: "harbour.example", at: 5 }],
    });
    expect(row?.order).toBeLessThan(rows.find((each) => each.id === third)?.order ?? 0);
  });

  it("changes nothing where the old one is gone", async () => {
    await createVault();
    await addEntries([old], { now: 1 });
    const before = await readIndex();
    expect(await replaceEntry(crypto.randomUUID(), fresh, 10)).toEqual({ ok: false, error: "not-found" });
    expect(await readIndex()).toEqual(before);
  });
});
