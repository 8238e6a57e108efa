import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { giveToRate, takeFromRate } from "../../../server/limits/rate-limit.ts";
import { onBothDatabases } from "../databases.ts";

const NOW = 1_000_000_000;

onBothDatabases(({ open }) => {
  let db: Database;

  beforeEach(async () => {
    db = await open();
  });

  describe("a rate", () => {
    const rate = { burst: 3, perMinute: 2 };

    it("gives so many at once, then one more as time goes by, for each name", async () => {
      const take = (name: string, now: number) => takeFromRate(db, name, rate, now);
      for (const expected of [true, true, true, false, false]) expect(await take("a", NOW)).toBe(expected);
      expect(await take("b", NOW)).toBe(true);
      expect(await take("a", NOW + 29_000)).toBe(false);
      expect(await take("a", NOW + 31_000)).toBe(true);
      expect(await take("a", NOW + 31_000)).toBe(false);
      // A clock that was set back gives nothing away.
      expect(await take("a", NOW)).toBe(false);
    });

    it("takes back what needed no limit, and never holds more than at first", async () => {
      const take = () => takeFromRate(db, "back", rate, NOW);
      await giveToRate(db, "nobody", rate);
      for (const expected of [true, true, true, false]) expect(await take()).toBe(expected);
      await giveToRate(db, "back", rate);
      for (const expected of [true, false]) expect(await take()).toBe(expected);
      for (let time = 0; time < 5; time++) await giveToRate(db, "back", rate);
      for (const expected of [true, true, true, false]) expect(await take()).toBe(expected);
    });

    it("gives no more to many who ask at once", async () => {
      const taken = await Promise.all(Array.from({ length: 12 }, () => takeFromRate(db, "many", rate, NOW)));
      expect(taken.filter(Boolean)).toHaveLength(3);
    });

    it("gives no less to many who ask at once", async () => {
      const many = { burst: 50, perMinute: 1 };
      const take = (name: string) =>
        Promise.all(Array.from({ length: 50 }, () => takeFromRate(db, name, many, NOW)));
      // The first of all of a name, and once more after its time: then the row is there already.
      for (const name of ["a", "b"]) expect((await take(name)).filter(Boolean)).toHaveLength(50);
      expect(await takeFromRate(db, "a", many, NOW)).toBe(false);
      await takeFromRate(db, "c", many, NOW);
      expect((await take("c")).filter(Boolean)).toHaveLength(49);
    });
  });
});
