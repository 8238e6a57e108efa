import { beforeEach, expect, test } from "vitest";
import { thoroughTest } from "../support/thorough.ts";
import { type Device, newDevice, newUser, value } from "./device.ts";
import { type Line, onLine } from "./network.ts";
import { eachWithTeam, inStep } from "./team.ts";

/** An entry that counts its codes, in a personal group that is put together with another one. */
const team = eachWithTeam();
let user: Device;
let other: Device;
let spare = "";
let id = "";
let pressed = 0;

beforeEach(async () => {
  const { served } = team();
  const { serverId } = served.secret;
  const eve = await newUser(served, "eve@example.com");
  const first = await newDevice(served, eve);
  const second = await newDevice(served, eve, first);
  const make = async (device: Device) =>
    value(await device.run(({ personal }) => personal.makePersonalGroup(serverId, "Only me")));
  const made = await Promise.all([make(first), make(second)]);
  // The device whose group is not the one that is used.
  [user, other] = made[0] > made[1] ? [first, second] : [second, first];
  spare = made.toSorted()[1] ?? "";
  id = await user.add({ issuer: "Bank", type: "hotp", period: null, counter: 5 });
  await user.run(async ({ place }) => value(await place.placeEntries([id], spare, "move", Date.now())));
  // So that it is in the spare group on both, before anything is put together.
  const keepApart = (url: string): Line => (url.includes("moveCounter") ? "down" : "up");
  await onLine.run(keepApart, async () => {
    await inStep(user);
    await inStep(other);
    await inStep(user);
    await inStep(other);
  });
});

/** Presses whatever this device shows of the account. @returns the counter of the code, and whether others may have it too */
async function press(device: Device) {
  return device.run(async ({ entries, reserve, hotp }) => {
    const [row] = (await entries.readIndex()).filter(({ issuer }) => issuer === "Bank");
    if (row?.group === undefined) throw Error("it is in no group");
    const pressId = `press ${pressed++}`;
    const { kind } = await reserve.reserveCounter({ id: row.id, g: row.group }, pressId);
    const code = value(await hotp.advanceHotp(row.id, pressId));
    return { kind, counter: code.counter };
  });
}

const placeOn = (device: Device) =>
  device.run(async ({ entries }) => (await entries.readIndex()).map(({ group }) => group === spare));

test("it stays where it is while the server does not count both as one", async () => {
  expect([await placeOn(user), await placeOn(other)]).toEqual([[true], [true]]);
});

test("no code is given twice by devices that put it together at different times, and none from behind", async () => {
  const counters: number[] = [];
  const use = async (device: Device) => {
    const { kind, counter } = await press(device);
    expect(kind).toBe("reserved");
    counters.push(counter);
  };
  for (let at = 0; at < 3; at++) await use(user);
  // This device has seen none of the three.
  await inStep(other);
  expect(await placeOn(other)).toEqual([false]);
  await use(other);
  // And this one does not know yet that it has moved.
  expect(await placeOn(user)).toEqual([true]);
  await use(user);
  await use(other);
  await inStep(user, other, user);
  expect([await placeOn(user), await placeOn(other)]).toEqual([[false], [false]]);
  for (const device of [user, other, user]) await use(device);
  expect(counters).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test("what a device has used without the server is not used again after it was put together", async () => {
  const down = (): Line => "down";
  const used = [];
  for (let at = 0; at < 3; at++) used.push((await onLine.run(down, () => press(user))).counter);
  expect(used).toEqual([5, 6, 7]);
  await inStep(other, user);
  expect(await placeOn(user)).toEqual([false]);
  expect(await press(user)).toEqual({ kind: "reserved", counter: 8 });
  expect((await press(other)).counter).toBe(9);
});

test("nor where the server could not be asked to count both as one when this device heard that they are one", async () => {
  for (let at = 0; at < 3; at++)
    await onLine.run(
      (): Line => "down",
      () => press(user),
    );
  await inStep(other);
  const unheard = (url: string): Line => (url.includes("moveCounter") ? "down" : "up");
  for (let at = 0; at < 2; at++) {
    const synced = value(await onLine.run(unheard, () => user.sync()));
    expect(synced.troubles).toEqual(new Map([[spare, "failed"]]));
    expect(await placeOn(user)).toContain(true);
  }
  await inStep(user);
  expect(await placeOn(user)).toEqual([false]);
  expect(await press(user)).toEqual({ kind: "reserved", counter: 8 });
});

thoroughTest("cut short at any request, both go on counting as one", async () => {
  const counters: number[] = [];
  for (let after = 1; after < 14; after++) {
    let asked = 0;
    const breaks = (): Line => (++asked > after ? "down" : "up");
    const device = after % 2 ? user : other;
    await onLine.run(breaks, () => device.sync()).catch(() => {});
    for (const each of [user, other]) {
      const { kind, counter } = await press(each);
      // A copy that is not with the server yet is said to be counted here alone.
      if (kind === "reserved") counters.push(counter);
    }
  }
  await inStep(user, other, user, other);
  for (const each of [user, other]) counters.push((await press(each)).counter);
  expect(new Set(counters).size).toBe(counters.length);
  expect([await placeOn(user), await placeOn(other)]).toEqual([[false], [false]]);
});
