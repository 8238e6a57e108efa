import { expect, test } from "vitest";
import {
  forgetAllBatches,
  forgetBatch,
  keepMigrationParts,
  pendingBatches,
} from "../../../extension/scan/pending-batch.ts";
import { draftToEntry } from "../../../shared/otp/entry.ts";
import { formatMigrationUris } from "../../support/format-migration-uris.ts";

const HOUR = 60 * 60 * 1000;

function exportOf(count: number, batchId: number, name = "user"): string[] {
  const entries = Array.from({ length: count }, (_, i) =>
    draftToEntry(
      {
        type: "totp",
        issuer: "Example",
        account: `${name}${i}`,
        secret: "JBSWY3DPEHPK3PXP",
        algorithm: "SHA1",
        digits: 6,
        period: 30,
        counter: null,
        pin: null,
      },
      0,
    ),
  );
  return [...formatMigrationUris(entries, batchId).uris];
}

const accountsOf = (batch: { collected: { drafts: readonly { account: string }[] } } | undefined) =>
  batch?.collected.drafts.map(({ account }) => account);

test("an export of three codes is complete when the last of them was scanned, in any order", async () => {
  const [first = "", second = "", third = ""] = exportOf(25, 1);
  const [begun] = await keepMigrationParts([second], 1000);
  expect(begun).toMatchObject({ batchSize: 3, collected: { complete: false, have: [1], missing: [0, 2] } });
  await keepMigrationParts([third], 2000);
  await keepMigrationParts([second], 2500);
  const [done] = await keepMigrationParts([first], 3000);
  expect(done?.collected).toMatchObject({ complete: true, missing: [] });
  expect(accountsOf(done)).toEqual(Array.from({ length: 25 }, (_, i) => `user${i}`));
});

test("two codes of one page are kept in one go, and two exports are not mixed up", async () => {
  const mine = exportOf(12, 1, "alice");
  const [theirs = ""] = exportOf(12, 2, "bob");
  await keepMigrationParts([theirs], 1000);
  const batches = await keepMigrationParts(mine, 2000);
  expect(batches).toHaveLength(1);
  expect(batches[0]?.collected.complete).toBe(true);
  const all = await pendingBatches(2000);
  expect(all.map((batch) => [batch.scannedAt, batch.collected.complete])).toEqual([
    [2000, true],
    [1000, false],
  ]);
});

test("an export is forgotten when it was kept, and the others stay", async () => {
  const [one = ""] = exportOf(12, 1);
  const [other = ""] = exportOf(12, 2);
  const [batch] = await keepMigrationParts([one], 1000);
  await keepMigrationParts([other], 1000);
  if (batch === undefined) throw new Error("no batch");
  await forgetBatch(batch, 1000);
  expect((await pendingBatches(1000)).map(({ uris }) => uris)).toEqual([[other]]);
  await forgetAllBatches();
  expect(await pendingBatches(1000)).toEqual([]);
});

test("a part is forgotten after an hour, but not because the clock jumped back", async () => {
  const [part = ""] = exportOf(12, 1);
  await keepMigrationParts([part], 10 * HOUR);
  expect(await pendingBatches(11 * HOUR)).toHaveLength(1);
  expect(await pendingBatches(2 * HOUR)).toHaveLength(1);
  expect(await pendingBatches(11 * HOUR + 1)).toEqual([]);
});

test("parts that arrive at the same moment are all kept", async () => {
  const parts = exportOf(45, 1);
  await Promise.all(parts.map((part) => keepMigrationParts([part], 1000)));
  expect((await pendingBatches(1000))[0]?.collected.complete).toBe(true);
});

test("what is no part is a bug of the caller's", async () => {
  await expect(keepMigrationParts(["https://example.com"], 0)).rejects.toThrow("not a migration part");
});
