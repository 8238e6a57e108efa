import { err, type Result } from "../../shared/result.ts";
import { readIndex } from "../vault/entries.ts";
import type { ActRefusal } from "./act.ts";
import { makePersonalGroup } from "./make-personal.ts";
import { type Placed, type PlaceRefusal, placeEntries } from "./place-entries.ts";
import { syncServer } from "./sync.ts";

/**
 * Puts every entry that is on this device alone, the trash aside, where all devices of this person have it. They are there
 * once it is written here; what the server is not told now goes with the next sync.
 *
 * @param name as for makePersonalGroup
 */
export async function keepEverything(
  serverId: string,
  name: string,
  now: number,
): Promise<Result<Placed, ActRefusal | PlaceRefusal | "conflict">> {
  const g = await makePersonalGroup(serverId, name);
  if (!g.ok) return err(g.error);
  const own = (await readIndex()).filter((row) => row.group === undefined && row.deletedAt === null);
  const placed = await placeEntries(
    own.map(({ id }) => id),
    g.value,
    "move",
    now,
  );
  // Each group says by itself what came of it.
  if (placed.ok) await syncServer(serverId);
  return placed;
}
