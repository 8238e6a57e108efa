import { expect, it } from "vitest";
import { ROWS_IN_A_PART } from "../../extension/vault/index-parts.ts";
import { type Device, DRAFT, value } from "./device.ts";
import { onLine } from "./network.ts";
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

/** What bringing a device in step asks of the server, and which rows of the index it reads and writes. */
async function costOf(device: Device) {
  const calls: string[] = [];
  const cost = { calls, read: 0, written: [] as unknown[] };
  await device.run(async ({ db }) => {
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
