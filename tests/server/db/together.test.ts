import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { together } from "../../../server/db/together.ts";
import { onBothDatabases } from "../databases.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  beforeEach(async () => {
    db = await open();
  });

  const adding = (on: Database, g: string, bytes: number) => on.insertInto("group_size").values({ g, bytes });
  const sizes = (on: Database) => on.selectFrom("group_size").select(["g", "bytes"]).orderBy("g");

  describe("statements that are sent together", () => {
    it("run in their sequence, each on what those before it left", async () => {
      const [added, first, changed, then] = await together(db, [
        adding(db, "a", 1),
        sizes(db),
        db.updateTable("group_size").set({ bytes: 2 }),
        sizes(db),
      ]);
      expect([added.numAffectedRows, changed.numAffectedRows]).toEqual([1n, 1n]);
      expect([...first.rows, ...then.rows]).toEqual([
        { g: "a", bytes: 1 },
        { g: "a", bytes: 2 },
      ]);
    });

    it("leave nothing behind in a transaction where one of them fails, and its error is told", async () => {
      await adding(db, "a", 1).execute();
      const transaction = db.transaction().execute(async (trx) => {
        await together(trx, [adding(trx, "b", 1), adding(trx, "a", 2), adding(trx, "c", 3)]);
      });
      await expect(transaction).rejects.toThrow(/unique|duplicate/i);
      expect(await sizes(db).execute()).toEqual([{ g: "a", bytes: 1 }]);
    });
  });
});
