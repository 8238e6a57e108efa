import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { ready } from "../../../server/db/ready.ts";
import { onBothDatabases } from "../databases.ts";

type Sizes = readonly { readonly g: string; readonly bytes: number }[];

onBothDatabases(({ open }) => {
  let db: Database;
  beforeEach(async () => {
    db = await open();
  });

  describe("a statement that is kept ready", () => {
    it("is put together once for each shape of its values, and says of each what was asked of it", async () => {
      let built = 0;
      const adding = ready((on, rows: Sizes) => {
        built++;
        return on.insertInto("group_size").values(rows);
      });
      const finding = ready(
        (on, { gs, least }: { readonly gs: readonly string[]; readonly least: number }) => {
          built++;
          const found = on.selectFrom("group_size").select("g").where("g", "in", gs);
          return found.where("bytes", ">=", least).orderBy("g");
        },
      );
      const find = async (gs: readonly string[], least: number) =>
        (await db.executeQuery(finding(db, { gs, least }))).rows.map(({ g }) => g);
      for (const g of ["a", "b", "c"]) await db.executeQuery(adding(db, [{ g, bytes: g.charCodeAt(0) }]));
      expect(built).toBe(1);
      expect(await find(["a", "b"], 0)).toEqual(["a", "b"]);
      expect(await find(["b", "c"], 99)).toEqual(["c"]);
      expect(built).toBe(2);
      expect(await find(["c", "x", "a"], 0)).toEqual(["a", "c"]);
      expect(built).toBe(3);
    });

    it("tells an empty list from one with something in it", async () => {
      const counting = ready((on, { gs }: { readonly gs: readonly string[] }) =>
        on.selectNoFrom(({ lit }) => lit(gs.length).as("length")),
      );
      const count = async (gs: readonly string[]) => (await db.executeQuery(counting(db, { gs }))).rows[0];
      for (const gs of [[], ["a"], ["a", "b"], []]) expect(await count(gs)).toEqual({ length: gs.length });
    });

    it("is put together each time where it has very many values", async () => {
      let built = 0;
      const adding = ready((on, rows: Sizes) => {
        built++;
        return on.insertInto("group_size").values(rows);
      });
      for (const of of ["a", "b"]) {
        const rows = Array.from({ length: 30 }, (_, at) => ({ g: `${of} ${at}`, bytes: at }));
        expect((await db.executeQuery(adding(db, rows))).numAffectedRows).toBe(30n);
      }
      expect(built).toBe(2);
    });

    it("keeps bytes and nothing as they are", async () => {
      const adding = ready((on, row: { readonly g: string; readonly ciphertext: Uint8Array }) =>
        on.insertInto("blob").values({ ...row, h: "h", staged_at: 0 }),
      );
      for (const byte of [1, 2])
        await db.executeQuery(adding(db, { g: `${byte}`, ciphertext: new Uint8Array([byte]) }));
      const rows = await db.selectFrom("blob").select("ciphertext").orderBy("g").execute();
      expect(rows.map(({ ciphertext }) => [...ciphertext])).toEqual([[1], [2]]);

      const ending = ready((on, { left }: { readonly left: number | null }) =>
        on.updateTable("group_member").set({ left_n: left }),
      );
      expect(ending(db, { left: null }).compile().parameters).toEqual([null]);
      expect(ending(db, { left: 3 }).compile().parameters).toEqual([3]);
    });
  });
});
