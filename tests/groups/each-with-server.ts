import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type Database, openDatabase } from "../../server/db/open.ts";
import { localBus } from "../../server/events/bus.ts";
import { type Served, serve } from "../server/served.ts";

/**
 * Every test of a file that calls this has a server of its own, with a new and empty database.
 *
 * @param factors what its mfa.json says; null: there is none
 */
export function eachWithServer(
  factors: string | null = null,
): () => { readonly db: Database; readonly served: Served } {
  let folder = "";
  let db: Database;
  let served: Served;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-groups-"));
    db = await openDatabase(join(folder, "test.sqlite"));
    served = await serve(db, localBus(), null, factors);
  });
  afterEach(async () => {
    await served.close();
    await db.destroy();
    await rm(folder, { recursive: true });
  });
  return () => ({ db, served });
}
