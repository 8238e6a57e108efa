import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";

const OPEN = new URL("../../../server/db/open.ts", import.meta.url).href;

onBothDatabases(({ kind, newPlace, open }) => {
  describe("opening a database", () => {
    it("makes its tables once, and finds them again", async () => {
      const place = await newPlace();
      const db = await open(place);
      await db
        .insertInto("blob")
        .values({ g: "g", h: "h", ciphertext: new Uint8Array([1]), staged_at: 1 })
        .execute();
      const again = await open(place);
      const [blob] = await again.selectFrom("blob").selectAll().execute();
      expect(new Uint8Array(blob?.ciphertext ?? [])).toEqual(new Uint8Array([1]));
      expect(blob?.staged_at).toBe(1);
    });

    it("by several servers at once makes them once", async () => {
      const place = await newPlace();
      // Processes, as servers are: two connections of one process would wait for each other without end.
      const code = `import { openDatabase } from ${JSON.stringify(OPEN)};
        const db = await openDatabase(${JSON.stringify(place)});
        console.log((await db.selectFrom("group_state").selectAll().execute()).length);
        await db.destroy();`;
      const run = promisify(execFile);
      const servers = Array.from({ length: 3 }, () =>
        run(process.execPath, ["--input-type=module", "--eval", code]),
      );
      for (const { stdout } of await Promise.all(servers)) expect(stdout.trim()).toBe("0");
    });

    it("refuses one that a later version has used, and changes nothing", async () => {
      const place = await newPlace();
      const db = await open(place);
      await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(
        db,
      );
      await expect(open(place)).rejects.toThrow("used by a later version of this server (9999-later)");
    });

    it("takes nothing back of a transaction that is done, and all of one that fails", async () => {
      const db = await open();
      const write = (h: string, fail: boolean) =>
        db.transaction().execute(async (trx) => {
          await trx
            .insertInto("blob")
            .values({ g: "g", h, ciphertext: new Uint8Array(), staged_at: 1 })
            .execute();
          if (fail) throw Error("on purpose");
        });
      await write("kept", false);
      await expect(write("lost", true)).rejects.toThrow("on purpose");
      const many = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) => write(`many-${at}`, at % 2 === 0)),
      );
      expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
      const rows = await db.selectFrom("blob").select("h").execute();
      expect(rows).toHaveLength(11);
    });
  });

  if (kind !== "sqlite") return;
  it("keeps the file to its owner, and every commit on the disk", async () => {
    const place = await newPlace();
    const db = await open(place);
    expect((await stat(place)).mode & 0o777).toBe(0o600);
    expect((await stat(`${place}-wal`)).mode & 0o777).toBe(0o600);
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(db)).rows[0] ?? {})[0];
    expect(await pragma("journal_mode")).toBe("wal");
    // FULL: what a killed process can't show, since the system writes its pages all the same.
    expect(await pragma("synchronous")).toBe(2);
    expect(await pragma("foreign_keys")).toBe(1);
    expect(await pragma("busy_timeout")).toBe(5_000);
    // Another process may read meanwhile.
    const reader = new DatabaseSync(place, { readOnly: true });
    expect(reader.prepare("select count(*) as n from group_state").get()).toEqual({ n: 0 });
    reader.close();
  });
});
