import { base64urlToBytes } from "../../../shared/bytes.ts";
import { readLink } from "../../../shared/group/link.ts";
import { spreadOf } from "../statistics.ts";
import { newDevice } from "./device.ts";
import { putGroup } from "./group.ts";
import { timed } from "./timed.ts";
import type { World } from "./world.ts";

const ROUNDS = 9;
const LINKS = 1_000;

/** Verifying a log of so many links on a device, beside as many bare verifications one after the other, as it makes them. */
export async function measureVerification(world: World) {
  const user = await world.newUser();
  const group = await putGroup(world, user, { records: LINKS - 1 });
  const device = await newDevice(world, user, []);
  const { links, known } = group.log;
  const key = base64urlToBytes(user.sig);
  const read = await Promise.all(links.map(readLink));
  const [bare, verified]: [number[], number[]] = [[], []];
  for (let round = -2; round < ROUNDS; round++) {
    const bareMs = await timed(async () => {
      for (const link of read) {
        if (!link.ok || !key.ok) throw Error("not read");
        const imported = await crypto.subtle.importKey("raw", key.value, "Ed25519", false, ["verify"]);
        const { signed, signature } = link.value;
        if (!(await crypto.subtle.verify("Ed25519", imported, signature, signed))) throw Error("not signed");
      }
    });
    const ms = await device.ask({ kind: "verify", g: group.g, links, head: known.core?.head ?? "" });
    if (round < 0) continue;
    bare.push(bareMs);
    verified.push(ms);
  }
  await device.close();
  return { bare: spreadOf(bare), verified: spreadOf(verified) };
}
