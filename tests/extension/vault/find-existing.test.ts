import { describe, expect, it } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { findExisting } from "../../../extension/vault/find-existing.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

describe("what is here already of many", () => {
  it("is found in one reading of the index, and without opening an entry", async () => {
    await createVault();
    const drafts = Array.from({ length: 300 }, (_, at) => draft(at + 1, { account: `account ${at}` }));
    await addEntries(drafts.slice(0, 200), { now: 1 });
    let reads = 0;
    const count = () => {
      reads += 1;
    };
    db.index.hook("reading", (row) => {
      count();
      return row;
    });
    db.entries.hook("reading", (row) => {
      count();
      return row;
    });
    const found = await findExisting(drafts);
    expect(found.map((one) => one?.kind ?? null)).toEqual([
      ...Array.from({ length: 200 }, () => "same"),
      ...Array.from({ length: 100 }, () => null),
    ]);
    expect(reads).toBe(await db.index.count());
  });
});
