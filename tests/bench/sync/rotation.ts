import { spreadOf } from "../statistics.ts";
import { newDevice } from "./device.ts";
import { putGroup } from "./group.ts";
import type { BenchUser, World } from "./world.ts";

const ROUNDS = 3;
const PEOPLE = 50;
const RECORDS = 1_000;

/** A new key for a group of so many people and records, by one of its devices, beside sealing as much and nothing else. */
export async function measureRotation(world: World) {
  const owner = await world.newUser();
  const people: BenchUser[] = [];
  for (let one = 1; one < PEOPLE; one++) people.push(await world.newUser());
  const group = await putGroup(world, owner, { records: RECORDS, perLink: 200, people });
  const recipients = people.map(({ id, enc }) => ({ id, enc }));
  const device = await newDevice(world, owner, [group]);
  await device.ask({ kind: "sync" });
  const [rotated, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await device.ask({ kind: "bare-seal", g: group.g, people: recipients, records: RECORDS }));
    rotated.push(await device.ask({ kind: "rotate", g: group.g }));
  }
  await device.close();
  return { rotated: spreadOf(rotated), bare: spreadOf(bare) };
}
