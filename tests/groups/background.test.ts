import { expect, test, vi } from "vitest";
import type { Device } from "./device.ts";
import { eachWithTeam, inStep, type Team } from "./team.ts";

const team = eachWithTeam();

/** The worker's alarm goes off. */
const onTime = (device: Device) => device.run(({ alarm }) => alarm.syncOnTime());
const keepAlarm = (device: Device) => device.run(({ alarm }) => alarm.keepSyncAlarm());
const alarmsOf = (device: Device) => device.run(async ({ fakeApi }) => fakeApi.alarms());

/** Bob is in the group, and Alice has changed something since his device looked last. */
async function withNews({ alice, bob, letIn, share }: Team): Promise<void> {
  await letIn(bob, "bob@example.com", "viewer");
  await share(alice, [await alice.add({ issuer: "AWS" })]);
  await inStep(alice);
  expect(await bob.shown()).toEqual([]);
}

/** As it is after the time that was set: the key is nowhere. */
const lockVault = ({ run }: Device) => run(({ db }) => db.slots.put({ id: "passphrase" }));

test("what others changed arrives by the alarm, with no page open", async () => {
  const { bob } = team();
  await withNews(team());
  await onTime(bob);
  expect(await bob.shown()).toEqual(["AWS root"]);
  expect(await alarmsOf(bob)).toMatchObject([{ name: "sync-groups", periodInMinutes: 15 }]);
});

test("what was changed here and not sent goes by it, too", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  await alice.run(({ entries }) => entries.changeEntry(id, { note: "by the alarm" }, Date.now()));
  await onTime(alice);
  await inStep(bob);
  expect(await bob.shown()).toEqual(["AWS root by the alarm"]);
});

test("nothing is asked of a server while the vault is locked, and the alarm is taken back", async () => {
  const { bob } = team();
  await withNews(team());
  await keepAlarm(bob);
  expect(await alarmsOf(bob)).toHaveLength(1);
  await lockVault(bob);
  const fetched = vi.spyOn(globalThis, "fetch");
  await onTime(bob);
  expect(fetched).not.toHaveBeenCalled();
  fetched.mockRestore();
  expect(await alarmsOf(bob)).toEqual([]);
});

test("there is no alarm without a server that this device is signed in at", async () => {
  const { bob, served } = team();
  await keepAlarm(bob);
  expect(await alarmsOf(bob)).toHaveLength(1);
  await bob.run(({ keep }) => keep.changeServer(served.secret.serverId, (all) => ({ ...all, token: null })));
  await keepAlarm(bob);
  expect(await alarmsOf(bob)).toEqual([]);
  await bob.run(({ db }) => db.servers.clear());
  await keepAlarm(bob);
  expect(await alarmsOf(bob)).toEqual([]);
});

test("an alarm that is set is not begun anew by each start of the worker", async () => {
  const { bob } = team();
  await keepAlarm(bob);
  const [first] = await alarmsOf(bob);
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan((first?.scheduledTime ?? 0) - 15 * 60_000 + 5));
  await keepAlarm(bob);
  expect(await alarmsOf(bob)).toEqual([first]);
});

test("nothing is done twice while a page in view keeps the groups in step", async () => {
  const { bob } = team();
  await withNews(team());
  const seen = Promise.withResolvers<void>();
  const inView = bob.run(() =>
    navigator.locks.request("countersign-in-view", { mode: "shared" }, () => seen.promise),
  );
  await onTime(bob);
  expect(await bob.shown()).toEqual([]);
  seen.resolve();
  await inView;
  await onTime(bob);
  expect(await bob.shown()).toEqual(["AWS root"]);
});
