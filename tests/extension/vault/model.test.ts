import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import {
  addEntries,
  changeEntry,
  moveEntry,
  readIndex,
  recordUse,
  setPinned,
} from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import type { IndexRow } from "../../../extension/vault/index-row.ts";
import { rebuildIndex } from "../../../extension/vault/stored-index.ts";
import { deleteForever, moveToTrash, purgeTrash, restoreFromTrash } from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { draft, hotpDraft } from "./drafts.ts";
import { findSame, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const DAY = 24 * 60 * 60 * 1000;

/** Operations name entries by a number that is taken modulo how many there are at that moment. */
type Operation =
  | { readonly kind: "add"; readonly numbers: readonly number[] }
  | { readonly kind: "purge"; readonly day: number }
  | { readonly kind: "move"; readonly at: number; readonly before: number | null }
  | {
      readonly kind: "rename" | "pin" | "unpin" | "use" | "press" | "trash" | "restore" | "delete";
      readonly at: number;
    };

const at = fc.nat({ max: 20 });
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant("add"), numbers: fc.array(fc.nat({ max: 2000 }), { maxLength: 4 }) }),
  fc.record({ kind: fc.constant("purge"), day: fc.nat({ max: 60 }) }),
  fc.record({ kind: fc.constant("move"), at, before: fc.option(at) }),
  fc.record({
    kind: fc.constantFrom("rename", "pin", "unpin", "use", "press", "trash", "restore", "delete"),
    at,
  }),
);

async function run(operation: Operation, ids: readonly string[], number: number): Promise<unknown> {
  const idAt = (position: number) => ids[position % Math.max(ids.length, 1)] ?? "nowhere";
  switch (operation.kind) {
    case "add":
      return addEntries(
        operation.numbers.map((each) => (each % 3 === 0 ? hotpDraft(each) : draft(each))),
        { now: number },
      );
    case "purge":
      return purgeTrash(operation.day * DAY);
    case "move":
      return moveEntry(idAt(operation.at), {
        before: operation.before === null ? null : idAt(operation.before),
      });
    case "rename":
      return changeEntry(idAt(operation.at), { issuer: `Renamed ${number}`, sites: [`${number}.example`] });
    case "pin":
      return setPinned(idAt(operation.at), true);
    case "unpin":
      return setPinned(idAt(operation.at), false);
    case "use":
      return recordUse(idAt(operation.at), number);
    case "press":
      return advanceHotp(idAt(operation.at), `press ${number % 3}`);
    case "trash":
      return moveToTrash([idAt(operation.at), idAt(operation.at + 1)], number);
    case "restore":
      return restoreFromTrash([idAt(operation.at)]);
    case "delete":
      return deleteForever([idAt(operation.at)]);
  }
}

describe("any operations, in batches at the same time", () => {
  it("leave an index that says exactly what the entries say", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyOperation, { maxLength: 5 }), { maxLength: 8 }),
        async (batches) => {
          await Promise.all(db.tables.map((table) => table.clear()));
          await createVault();
          let number = 0;
          for (const batch of batches) {
            const ids = (await readIndex()).map(({ id }) => id);
            await Promise.all(batch.map((operation) => run(operation, ids, ++number)));
            const index = await readIndex();
            const fromEntries = await rebuildIndex(
              await requireVaultKey(),
              await db.entries.toArray(),
              index,
            );
            expect(byId(index)).toEqual(byId(fromEntries));
            for (const row of index) expect(row.problem).toBeNull();
          }
          expect(await findSame(draft(4000))).toBeNull();
        },
      ),
      { numRuns: 40 },
    );
  });
});

function byId(rows: readonly IndexRow[]): IndexRow[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
}
