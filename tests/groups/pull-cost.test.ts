import { expect, it } from "vitest";
import { ROWS_IN_A_PART } from "../../extension/vault/index-parts.ts";
import { type Device, DRAFT, value } from "./device.ts";
import { beforeRequests, onLine } from "./network.ts";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

/** How many rows a device reads while it is brought in step. */
async function readDuring(device: Device, work: () => Promise<void>) {
  const read = { records: 0, index: 0 };
  await device.run(async ({ db }) => {
    const countRecord = <T>(row: T): T => {
      read.records++;
      return row;
    };
    const countIndex = <T>(row: T): T => {
      read.index++;
      return row;
    };
    db.sharedRecords.hook("reading", countRecord);
    db.index.hook("reading", countIndex);
    await work();
    db.sharedRecords.hook("reading").unsubscribe(countRecord);
    db.index.hook("reading").unsubscribe(countIndex);
  });
  return read;
}

it("a device reads what has changed, not what there is, and nothing at all where nothing has", async () => {
  const { served, alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const ids: string[] = [];
  for (let one = 0; one < 20; one++) ids.push(await alice.add({ account: `account ${one}` }));
  await share(alice, ids);
  value(await bob.run(({ create }) => create.createGroup(served.secret.serverId, "Another")));
  await inStep(alice, bob, bob);
  expect(await bob.shown()).toHaveLength(20);
  expect(await readDuring(bob, () => inStep(bob))).toEqual({ records: 0, index: 0 });

  await share(alice, [await alice.add({ account: "one more" })]);
  await inStep(alice);
  const { records } = await readDuring(bob, () => inStep(bob));
  expect(await bob.shown()).toContain("AWS one more");
  // Those that have changed, and no others.
  expect(records).toBeLessThan(3);
  expect(await readDuring(bob, () => inStep(bob))).toEqual({ records: 0, index: 0 });
});

/**
 * What bringing a device in step asks of the server, how often it looks into its database (most of what a look takes in a
 * browser is its transaction), and which rows of the index it reads and writes.
 */
async function costOf(device: Device) {
  const calls: string[] = [];
  const looks: string[] = [];
  const cost = { calls, looks, read: 0, written: [] as unknown[] };
  await device.run(async ({ db }) => {
    const begin = db.core.transaction;
    db.core.transaction = (stores, mode, options) => {
      looks.push(`${mode}: ${stores.join(" ")}`);
      return begin(stores, mode, options);
    };
    const countRead = <T>(row: T): T => {
      cost.read++;
      return row;
    };
    const countWritten = (_: unknown, id: unknown) => void cost.written.push(id);
    db.index.hook("reading", countRead);
    db.index.hook("updating", countWritten);
    const line = (url: string) => {
      calls.push(new URL(url).pathname);
      return "up" as const;
    };
    await onLine.run(line, () => inStep(device));
    db.core.transaction = begin;
    db.index.hook("reading").unsubscribe(countRead);
    db.index.hook("updating").unsubscribe(countWritten);
  });
  return cost;
}

it("one changed record is one call and two parts of the index, whatever else there is", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "viewer");
  // Of his own, between that which is shared before and that which is shared after.
  const drafts = Array.from({ length: 3 * ROWS_IN_A_PART }, (_, at) => ({ ...DRAFT, account: `own ${at}` }));
  const ids = [await alice.add({ account: "first" }), await alice.add({ account: "last" })];
  await share(alice, ids.slice(0, 1));
  await inStep(alice, bob);
  await bob.run(({ entries }) => entries.addEntries(drafts, { now: 1 }));
  await share(alice, ids);
  await inStep(alice, bob);
  for (const id of ids) {
    await alice.run(({ entries }) => entries.changeEntry(id, { note: "new" }));
    await inStep(alice);
    const { calls, read, written } = await costOf(bob);
    expect(calls).toEqual(["/trpc/group.news"]);
    // The first part alone, to see that it is the one that this device wrote.
    expect(read).toBeLessThanOrEqual(3);
    expect(written).toHaveLength(id === ids[0] ? 1 : 2);
  }
  expect((await bob.shown()).filter((shown) => shown.endsWith("new"))).toEqual([
    "AWS first new",
    "AWS last new",
  ]);
});

/** Key, person and groups, before the server is asked; and what is noted of those in step, in the write that looks which are. */
const NOTHING_NEW = ["readonly: vault slots servers groups", "readwrite: vault groups"];

it("a device in step looks once before it asks, and once afterwards", async () => {
  const { served, alice, share } = team();
  await share(alice, [await alice.add({})]);
  value(await alice.run(({ create }) => create.createGroup(served.secret.serverId, "Another")));
  await inStep(alice, alice);
  const { calls, looks } = await costOf(alice);
  expect(calls).toEqual(["/trpc/group.news"]);
  expect(looks).toEqual(NOTHING_NEW);
});

it("one changed record is three looks more, the last of which writes all of it, and nobody looks again", async () => {
  const { served, alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const id = await alice.add({});
  await share(alice, [id]);
  value(await bob.run(({ create }) => create.createGroup(served.secret.serverId, "Another")));
  await inStep(alice, bob, bob);
  const change = async (note: string) => {
    await alice.run(({ entries }) => entries.changeEntry(id, { note }));
    await inStep(alice);
  };
  // From then on this page knows the index as it wrote it.
  await change("new");
  await inStep(bob);

  await change("newer");
  const { calls, looks } = await costOf(bob);
  expect(calls).toEqual(["/trpc/group.news"]);
  expect(looks).toEqual([
    ...NOTHING_NEW,
    "readonly: recordHeads groupMembers",
    "readonly: vault slots index entries sharedRecords recordHeads",
    expect.stringMatching(/^readwrite: vault entries index .* groups$/),
  ]);
  expect(await bob.shown()).toEqual(["AWS root newer"]);
  const rows = await bob.run(({ db }) => db.groups.toArray());
  expect(rows.map(({ trouble }) => trouble)).toEqual([null, null]);
  // The other group has nothing to send by it either.
  expect(new Set(rows.map(({ sentRev }) => sentRev)).size).toBe(1);
  expect((await costOf(bob)).looks).toEqual(NOTHING_NEW);
});

it("what is typed while the server is asked is found by the next sync, and sent", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const ids = [await alice.add({ account: "one" }), await alice.add({ account: "two" })];
  await share(alice, ids);
  await inStep(alice, bob);
  const change = (device: Device, id: string | undefined, note: string) =>
    device.run(({ entries }) => entries.changeEntry(id ?? "", { note }));
  await change(alice, ids[0], "hers");
  await inStep(alice);
  let typed = false;
  const type = async () => {
    if (!typed) await change(bob, ids[1], "his");
    typed = true;
  };
  await beforeRequests.run(type, () => inStep(bob));
  await inStep(bob, alice);
  expect(await alice.shown()).toEqual(["AWS one hers", "AWS two his"]);
  expect(await bob.shown()).toEqual(["AWS one hers", "AWS two his"]);
});
