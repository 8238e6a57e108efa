import { afterEach, beforeEach, expect, test } from "vitest";
import type { SyncProgress } from "../../extension/groups/sync-progress.ts";
import { refold } from "../../server/groups/refold.ts";
import { type Device, value } from "./device.ts";
import { eachWithServer } from "./each-with-server.ts";
import { beforeRequests } from "./network.ts";
import { registerDevice, takeNewKeys } from "./registered.ts";
import { inStep, newTeam, type Team } from "./team.ts";

const server = eachWithServer();
let team: Team;

beforeEach(async () => {
  const { db, served } = server();
  team = await newTeam(db, served, await registerDevice(db, served, "alice@example.com"));
});
afterEach(async () => {
  expect(await refold(team.db, team.g)).toBe("sound");
});

/** More than is done in a moment. The name of the group is a record, too. */
const MANY = 230;
const ALL = MANY + 1;

const STEPS = ["encrypting", "sending"].flatMap((what) =>
  [0, 50, 100, 150, 200, ALL].map((done) => `${what} ${done} of ${ALL}`),
);

/** Bob is in the group, with many accounts. */
async function fill({ alice, bob, letIn, share }: Team): Promise<void> {
  await letIn(bob, "bob@example.com", "editor");
  const ids: string[] = [];
  for (let at = 0; at < MANY; at++) ids.push(await alice.add({ issuer: `E${at}` }));
  await share(alice, ids);
  await inStep(alice, bob);
}

const named = (at: SyncProgress | null) => at && `${at.what} ${at.done} of ${at.total}`;

/** Presses "Stop" when a step is said. @returns ends that */
function stopsAt(device: Device, g: string, step: string): Promise<() => void> {
  return device.run(async ({ progress }) =>
    progress.watchSyncProgress(() => {
      if (named(progress.syncProgressOf(g)) === step) progress.stopNewKey(g);
    }),
  );
}

const stateOf = ({ db, g }: Team) =>
  db
    .selectFrom("group_state")
    .select(["n", "epoch", "members", "head"])
    .where("g", "=", g)
    .executeTakeFirstOrThrow();

const lists = (device: Device) => device.run(({ reenrolments }) => reenrolments.readReenrolments());

test("a new key for many accounts is counted, each encrypted and then each sent; for few it is not", async () => {
  const { alice, g, share } = team;
  const seen: (string | null)[] = [];
  await alice.run(async ({ progress }) => {
    progress.watchSyncProgress(() => seen.push(named(progress.syncProgressOf(g))));
  });
  await share(alice, [await alice.add({ issuer: "One" })]);
  await inStep(alice);
  value(await alice.run(({ rotate }) => rotate.rotateKey(g)));
  expect(seen).toEqual([]);
  await fill(team);
  seen.length = 0;
  value(await alice.run(({ rotate }) => rotate.rotateKey(g)));
  const total = ALL + 1;
  const steps = ["encrypting", "sending"].flatMap((what) =>
    [0, 50, 100, 150, 200, total].map((done) => `${what} ${done} of ${total}`),
  );
  expect(seen).toEqual([...steps, null]);
});

test("a removal that is stopped at any step has removed nobody and noted nothing, and the next one works", async () => {
  const { alice, bob, g, share, viewOf } = team;
  await fill(team);
  const before = await stateOf(team);
  const shown = await alice.shown();
  for (const step of STEPS) {
    const unwatch = await stopsAt(alice, g, step);
    const removed = await alice.run(({ members }) => members.removeMember(g, bob.userId));
    expect(removed, step).toEqual({ ok: false, error: "key-stopped" });
    unwatch();
    expect(await alice.run(async ({ progress }) => progress.syncProgressOf(g)), step).toBeNull();
    expect(await stateOf(team), step).toEqual(before);
    expect(await lists(alice), step).toEqual([]);
    // Another key that is due one day is not stopped by that.
    expect(await alice.run(async ({ progress }) => progress.isNewKeyStopped(g)), step).toBe(false);
    await inStep(alice, bob);
  }
  // It is no trouble, and keeps nothing else back.
  expect(await viewOf(alice)).toMatchObject({ trouble: null, rotationDue: false, entries: MANY });
  await share(bob, [await bob.add({ issuer: "Bob" })]);
  await inStep(bob, alice);
  value(await alice.run(({ members }) => members.removeMember(g, bob.userId)));
  expect(await lists(alice)).toMatchObject([{ member: { email: "bob@example.com" } }]);
  expect(value(await bob.sync()).troubles.get(g)).toBe("no-access");
  expect(await alice.shown()).toEqual([...shown, "Bob root"].sort());
  expect(await stateOf(team)).toMatchObject({ members: 1, epoch: before.epoch + 1 });
});

test("a key that is due and was stopped stays due, until somebody goes on with it", async () => {
  const { alice, bob, g, viewOf } = team;
  await fill(team);
  value(await bob.run(({ members }) => members.leaveGroup(g)));
  await inStep(alice);
  const unwatch = await stopsAt(alice, g, `sending 100 of ${ALL}`);
  const made = await alice.run(({ rotate }) => rotate.rotateIfDue(g));
  expect(made).toEqual({ ok: false, error: "key-stopped" });
  unwatch();
  await inStep(alice);
  expect(await viewOf(alice)).toMatchObject({ rotationDue: true, trouble: null });
  value(await alice.run(({ rotate }) => rotate.rotateIfDue(g)));
  expect(await viewOf(alice)).toMatchObject({ rotationDue: false, entries: MANY });
});

test("what is stopped when its link is on the way already counts; where somebody else was quicker it does not", async () => {
  const { alice, bob, g, share } = team;
  await fill(team);
  const before = await stateOf(team);
  let isFirst = true;
  const quicker = async (url: string) => {
    if (!url.includes("group.append") || !isFirst) return;
    isFirst = false;
    await beforeRequests.exit(async () => {
      await share(bob, [await bob.add({ issuer: "Bob" })]);
      await bob.sync();
    });
    await alice.run(async ({ progress }) => progress.stopNewKey(g));
  };
  const first = await beforeRequests.run(quicker, () => alice.run(({ rotate }) => rotate.rotateKey(g)));
  expect(first).toEqual({ ok: false, error: "key-stopped" });
  expect((await stateOf(team)).epoch).toBe(before.epoch);

  const late = async (url: string) => {
    if (url.includes("group.append")) await alice.run(async ({ progress }) => progress.stopNewKey(g));
  };
  value(await beforeRequests.run(late, () => alice.run(({ rotate }) => rotate.rotateKey(g))));
  expect((await stateOf(team)).epoch).toBe(before.epoch + 1);
  expect(await alice.run(async ({ progress }) => progress.isNewKeyStopped(g))).toBe(false);
  await inStep(bob);
  expect(await bob.shown()).toHaveLength(MANY + 1);
});

test("the group's key after new keys of one's own can be stopped: it is due, nothing else waits, and it goes on", async () => {
  const { served, alice, bob, g, viewOf } = team;
  await fill(team);
  const unwatch = await stopsAt(alice, g, `sending 50 of ${ALL}`);
  expect(await takeNewKeys(served, alice)).toEqual({ ok: true, value: { isFinished: false } });
  unwatch();
  expect(await viewOf(alice)).toMatchObject({ rotationDue: true, trouble: null });
  // This page leaves it, and goes on with alicerything else.
  await alice.run(async ({ entries }) => {
    const [one] = await entries.readIndex();
    await entries.changeEntry(one?.id ?? "", { note: "changed meanwhile" });
  });
  await inStep(alice, bob);
  expect((await bob.shown()).filter((each) => each.includes("changed meanwhile"))).toHaveLength(1);
  expect(await viewOf(alice)).toMatchObject({ rotationDue: true });
  // Another page, or this one opened anew, has not been told to stop.
  await alice.run(async ({ progress }) => progress.allowNewKey(g));
  await inStep(alice, bob);
  expect(await viewOf(alice)).toMatchObject({ rotationDue: false, entries: MANY });
  expect(await bob.shown()).toHaveLength(MANY);
});
