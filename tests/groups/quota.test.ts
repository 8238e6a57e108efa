import { expect, it } from "vitest";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

it("what a server has no room for waits on the device, which says why, and goes there once there is room", async () => {
  const { db, alice, bob, g, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const bytes = 200_000_000;
  await db.insertInto("staged").values({ g, h: "anything", user_id: bob.userId, bytes }).execute();
  await share(bob, [await bob.add({ account: "waits" })]);
  const refused = await bob.sync();
  expect(refused.ok && [...refused.value.troubles.values()]).toEqual(["staged-too-much"]);
  expect(await bob.shown()).toEqual(["AWS waits"]);
  await db.deleteFrom("staged").where("h", "=", "anything").execute();
  await db.updateTable("group_size").set({ bytes: 1_000_000_000 }).where("g", "=", g).execute();
  const full = await bob.sync();
  expect(full.ok && [...full.value.troubles.values()]).toEqual(["group-full"]);
  await db.updateTable("group_size").set({ bytes }).where("g", "=", g).execute();
  await inStep(bob, alice);
  expect(await alice.shown()).toEqual(["AWS waits"]);
});
