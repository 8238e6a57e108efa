import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "vitest";
import { type Database, openDatabase } from "../../server/db/open.ts";
import { type Served, serve } from "../server/served.ts";
import { playHistory } from "./model.ts";

let folder = "";
let db: Database;
let served: Served;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-model-"));
  db = await openDatabase(join(folder, "test.sqlite"));
  served = await serve(db);
});

afterEach(async () => {
  await served.close();
  await db.destroy();
  await rm(folder, { recursive: true });
});

test.each(Array.from({ length: 60 }, (_, at) => ({ seed: 100 + at, steps: 150 })))(
  "devices over lines that break come to the same, and lose nothing: history $seed",
  async (history) => {
    await playHistory(served, db, history);
  },
);
