import { commitGroupKey, newGroupKey, recordsKeyOf, sealGroupKey } from "../../../shared/group/group-key.ts";
import { type RecordContent, resealRecord, sealRecord } from "../../../shared/group/record.ts";
import { spreadOf } from "../statistics.ts";
import { newDevice } from "./device.ts";
import { putGroup } from "./group.ts";
import { timed } from "./timed.ts";
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
  const device = await newDevice(world, owner, [group]);
  await device.ask({ kind: "sync" });
  const [rotated, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await timed(() => sealBare(group.g, people)));
    rotated.push(await device.ask({ kind: "rotate", g: group.g }));
  }
  await device.close();
  return { rotated: spreadOf(rotated), bare: spreadOf(bare) };
}

/** What no new key can do without: the key sealed to each person, each record opened and encrypted again. */
async function sealBare(
  g: string,
  people: readonly { id: string; opening: { publicKey: Uint8Array<ArrayBuffer> } }[],
) {
  const key = newGroupKey(g, 2);
  await commitGroupKey(key);
  for (const { id, opening } of people) await sealGroupKey(key, { id, enc: opening.publicKey });
  const recordsKey = await recordsKeyOf(key);
  const place = { g, id: crypto.randomUUID(), ver: 1, epoch: 2, by: "anybody" };
  const content: RecordContent = {
    kind: "group",
    name: "x".repeat(150),
    people: {},
    isPersonal: false,
    others: {},
  };
  const sealed = await sealRecord(recordsKey, place, content);
  if (!sealed.ok) throw Error(sealed.error);
  const from = { key: recordsKey, place, sealed: sealed.value };
  for (let one = 0; one < RECORDS; one++) await resealRecord(from, { key: recordsKey, place });
}
