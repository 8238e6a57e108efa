import { spreadOf } from "../statistics.ts";
import { newDevice } from "./device.ts";
import { putGroup } from "./group.ts";
import type { World } from "./world.ts";

const ROUNDS = 3;
const SIZES = [1_000, 5_000] as const;

/**
 * A new device that gets a group of so many records, each of which came by a link of its own, beside asking for the same
 * links and ciphertexts and looking at none; and how many times it says meanwhile how far it is.
 */
export async function measureFirstSync(world: World) {
  const measured = [];
  for (const records of SIZES) {
    const user = await world.newUser();
    const group = await putGroup(world, user, { records });
    const { g } = group;
    const hashes = [...group.log.known.heads.values()].flatMap(({ h }) => h ?? []);
    const [bare, synced]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const device = await newDevice(world, user, [group]);
      bare.push(await device.ask({ kind: "bare-ask", g, hashes }));
      synced.push(await device.ask({ kind: "sync" }));
      if ((await device.ask({ kind: "count" })) !== records) throw Error("not all of it came");
      await device.close();
    }
    const watched = await newDevice(world, user, [group]);
    const said = await watched.ask({ kind: "progress", g });
    await watched.close();
    measured.push({ records, bare: spreadOf(bare), synced: spreadOf(synced), said });
  }
  return measured;
}
