import { spreadOf } from "../statistics.ts";
import { newDevice } from "./device.ts";
import { putGroup } from "./group.ts";
import type { World } from "./world.ts";

const ROUNDS = 9;
const LINKS = 1_000;

/** Verifying a log of so many links on a device, beside as many bare verifications one after the other, as it makes them. */
export async function measureVerification(world: World) {
  const user = await world.newUser();
  const group = await putGroup(world, user, { records: LINKS - 1 });
  const device = await newDevice(world, user, []);
  const { links, known } = group.log;
  const [bare, verified]: [number[], number[]] = [[], []];
  for (let round = -2; round < ROUNDS; round++) {
    const bareMs = await device.ask({ kind: "bare-verify", links });
    const ms = await device.ask({ kind: "verify", g: group.g, links, head: known.core?.head ?? "" });
    if (round < 0) continue;
    bare.push(bareMs);
    verified.push(ms);
  }
  await device.close();
  return { bare: spreadOf(bare), verified: spreadOf(verified) };
}
