import { apiOf } from "../../../extension/servers/api.ts";
import { spreadOf } from "../statistics.ts";
import { newDevice } from "./device.ts";
import { putGroup } from "./group.ts";
import { timed } from "./timed.ts";
import type { World } from "./world.ts";

const ROUNDS = 3;
const SIZES = [1_000, 5_000] as const;

/**
 * A new device that gets a group of so many records, each of which came by a link of its own, beside asking for the same
 * links and ciphertexts and looking at none.
 */
export async function measureFirstSync(world: World) {
  const measured = [];
  for (const records of SIZES) {
    const user = await world.newUser();
    const group = await putGroup(world, user, { records });
    const api = apiOf(world.server.origin, user.token);
    const { g } = group;
    const hashes = [...group.log.known.heads.values()].flatMap(({ h }) => h ?? []);
    const [bare, synced]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const askForAll = async () => {
        for (let from = 0; from <= records; ) from += (await api.group.log.query({ g, from })).length;
        for (let at = 0; at < hashes.length; at += 50)
          await api.group.records.query({ g, hashes: hashes.slice(at, at + 50) });
      };
      bare.push(await timed(askForAll));
      const device = await newDevice(world, user, [group]);
      synced.push(await device.ask({ kind: "sync" }));
      if ((await device.ask({ kind: "count" })) !== records) throw Error("not all of it came");
      await device.close();
    }
    measured.push({ records, bare: spreadOf(bare), synced: spreadOf(synced) });
  }
  return measured;
}
