import { expect, it } from "vitest";
import { type Device, value } from "./device.ts";
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
