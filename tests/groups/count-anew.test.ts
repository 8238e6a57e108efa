import { expect, test } from "vitest";
import { type Device, value } from "./device.ts";
import { eachWithTeam, inStep } from "./team.ts";

/** An entry that counts its codes gets another secret: its count begins anew, and nobody's is cut short. */
const team = eachWithTeam();
const NEW_SECRET = "GEZDGNBVGY3TQOJQ";

async function shareCounted(role: "viewer" | "editor"): Promise<string> {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", role);
  const id = await alice.add({ issuer: "Bank", type: "hotp", period: null, counter: 1_000 });
  await share(alice, [id]);
  await inStep(alice, bob);
  return id;
}

/** The account's one entry outside the trash. */
const idOf = (device: Device) =>
  device.run(async ({ entries }) => {
    const live = (await entries.readIndex()).filter(({ deletedAt }) => deletedAt === null);
    expect(live).toHaveLength(1);
    return live[0]?.id ?? "";
  });

const press = async (device: Device, press: string) => {
  const id = await idOf(device);
  return device.run(async ({ reserve, hotp }) => {
    const outcome = await reserve.reserveCounter({ id, g: team().g }, press);
    return { kind: outcome.kind, counter: value(await hotp.advanceHotp(id, press)).counter };
  });
};

test("a new secret starts where it says, and two who ask at once get different counters of it", async () => {
  const id = await shareCounted("viewer");
  const { alice, bob } = team();
  expect(await press(bob, "before")).toEqual({ kind: "reserved", counter: 1_000 });
  value(await alice.run(({ edit }) => edit.editEntry(id, { secret: NEW_SECRET, counter: 0 }, Date.now())));
  await inStep(alice, bob);
  const pressed = await Promise.all([press(alice, "a"), press(bob, "b"), press(alice, "c")]);
  expect(pressed.map(({ kind }) => kind)).toEqual(["reserved", "reserved", "reserved"]);
  expect(pressed.map(({ counter }) => counter).sort()).toEqual([0, 1, 2]);
});

test("the former secret is in everybody’s trash once, and goes on where it was when it comes back", async () => {
  const id = await shareCounted("editor");
  const { alice, bob } = team();
  for (const at of ["one", "two"]) await press(bob, at);
  value(await alice.run(({ edit }) => edit.editEntry(id, { secret: NEW_SECRET, counter: 0 }, Date.now())));
  await inStep(alice, bob);
  for (const device of [alice, bob]) {
    const index = await device.run(({ entries }) => entries.readIndex());
    expect(index.filter(({ deletedAt }) => deletedAt !== null).map((row) => row.id)).toEqual([id]);
  }
  const now = await idOf(alice);
  await alice.run(({ trash }) => trash.moveToTrash([now], Date.now()));
  await alice.run(({ trash }) => trash.restoreFromTrash([id]));
  await inStep(alice, bob);
  expect(await press(alice, "again")).toEqual({ kind: "reserved", counter: 1_002 });
});

test("a secret that comes in by any other way than typing counts anew too", async () => {
  const id = await shareCounted("viewer");
  const { alice, bob } = team();
  await press(bob, "before");
  await alice.run(({ entries }) => entries.changeEntry(id, { secret: NEW_SECRET, counter: 5 }));
  await inStep(alice, bob);
  expect(await idOf(bob)).not.toBe(id);
  expect(await press(bob, "after")).toEqual({ kind: "reserved", counter: 5 });
  expect(await press(alice, "mine")).toEqual({ kind: "reserved", counter: 6 });
});

test("another number of digits is the same count, and so is another name", async () => {
  const id = await shareCounted("viewer");
  const { alice, bob } = team();
  await press(bob, "before");
  value(await alice.run(({ edit }) => edit.editEntry(id, { digits: 8, issuer: "Bank A" }, Date.now())));
  await inStep(alice, bob);
  expect(await idOf(bob)).toBe(id);
  expect(await press(alice, "after")).toEqual({ kind: "reserved", counter: 1_001 });
});

test("two who give it new secrets at once have both, each with a count of its own", async () => {
  const id = await shareCounted("editor");
  const { alice, bob } = team();
  value(await alice.run(({ edit }) => edit.editEntry(id, { secret: NEW_SECRET, counter: 0 }, Date.now())));
  value(
    await bob.run(({ edit }) => edit.editEntry(id, { secret: "MFRGGZDFMZTWQ2LK", counter: 0 }, Date.now())),
  );
  await inStep(alice, bob, alice);
  expect(await alice.shown()).toEqual(["Bank root", "Bank root"]);
  expect(await bob.shown()).toEqual(["Bank root", "Bank root"]);
});

test("a list of secrets to be replaced ticks the one whose entry went to the trash for another", async () => {
  const id = await shareCounted("viewer");
  const { alice, bob, g } = team();
  value(await alice.run(({ members }) => members.removeMember(g, bob.userId)));
  const later = Date.now() + 1_000;
  value(await alice.run(({ edit }) => edit.editEntry(id, { secret: NEW_SECRET, counter: 0 }, later)));
  const [list] = await alice.run(({ reenrolments }) => reenrolments.readReenrolments());
  expect(list?.entries).toMatchObject([{ id, isDone: true }]);
});
