import { expect, test } from "vitest";
import { newDevice, newUser, value } from "./device.ts";
import { beforeRequests } from "./network.ts";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

test("whoever is taken out gets nothing that comes later, and their device says that they are out", async () => {
  const { alice, bob, g, letIn, share, viewOf } = team();
  await letIn(bob, "bob@example.com", "editor");
  await share(alice, [await alice.add({ issuer: "Before" })]);
  await inStep(alice, bob);
  value(await alice.run(({ members }) => members.removeMember(g, bob.userId)));
  await share(alice, [await alice.add({ issuer: "After" })]);
  await inStep(alice);
  expect(value(await bob.sync()).troubles.get(g)).toBe("no-access");
  expect((await viewOf(bob))?.state).toBe("out");
  expect(await bob.shown()).toEqual(["Before root"]);
  const [list] = await alice.run(({ reenrolments }) => reenrolments.readReenrolments());
  expect(list).toMatchObject({ member: { email: "bob@example.com" }, entries: [{ isDone: false }] });
});

test("a secret that was replaced after a removal is ticked off by itself", async () => {
  const { alice, bob, g, letIn, share } = team();
  await letIn(bob, "bob@example.com", "viewer");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  value(await alice.run(({ members }) => members.removeMember(g, bob.userId)));
  await alice.run(({ entries }) =>
    entries.changeEntry(id, { secret: "GEZDGNBVGY3TQOJQ" }, Date.now() + 1000),
  );
  const [list] = await alice.run(({ reenrolments }) => reenrolments.readReenrolments());
  expect(list?.entries).toMatchObject([{ id, isDone: true }]);
});

test("after a removal those who stay go on with the new key, with everything that was there", async () => {
  const { alice, bob, served, g, letIn, share } = team();
  const eve = await newDevice(served, await newUser(served, "eve@example.com"));
  await letIn(bob, "bob@example.com", "editor");
  await letIn(eve, "eve@example.com", "viewer");
  await share(alice, [await alice.add({ issuer: "One" }), await alice.add({ issuer: "Two" })]);
  await inStep(alice, bob, eve);
  value(await alice.run(({ members }) => members.removeMember(g, eve.userId)));
  await inStep(bob);
  await share(bob, [await bob.add({ issuer: "Three" })]);
  await inStep(bob, alice);
  expect(await alice.shown()).toEqual(["One root", "Three root", "Two root"]);
});

test("whoever was out can be invited again, and sees what came meanwhile", async () => {
  const { alice, bob, g, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  await share(alice, [await alice.add({ issuer: "One" })]);
  await inStep(alice, bob);
  value(await alice.run(({ members }) => members.removeMember(g, bob.userId)));
  await share(alice, [await alice.add({ issuer: "Two" })]);
  await inStep(alice);
  await bob.sync();
  await letIn(bob, "bob@example.com", "viewer");
  expect(await bob.shown()).toEqual(["One root", "Two root"]);
});

test("somebody who writes without a pause is taken out all the same, and who stays goes on writing", async () => {
  const { alice, bob, served, g, letIn, share, viewOf } = team();
  const eve = await newDevice(served, await newUser(served, "eve@example.com"));
  await letIn(bob, "bob@example.com", "editor");
  await letIn(eve, "eve@example.com", "editor");
  await share(alice, [await alice.add({ issuer: "AWS" })]);
  await inStep(alice, bob, eve);
  let crossed = 0;
  const writeFirst = async (url: string) => {
    if (!url.includes("group.append")) return;
    await beforeRequests.exit(async () => {
      await share(eve, [await eve.add({ issuer: "Again", account: `${++crossed}` })]);
      await eve.sync();
    });
  };
  value(
    await beforeRequests.run(writeFirst, () =>
      alice.run(({ members }) => members.removeMember(g, eve.userId)),
    ),
  );
  expect(crossed).toBe(2);
  await share(bob, [await bob.add({ issuer: "Bob" })]);
  await inStep(alice, bob, alice);
  expect(await alice.shown()).toEqual(["AWS root", "Again 1", "Bob root"]);
  expect(value(await eve.sync()).troubles.get(g)).toBe("no-access");
  expect((await viewOf(eve))?.state).toBe("out");
});
