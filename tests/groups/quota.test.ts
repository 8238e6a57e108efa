import { expect, test } from "vitest";
import { configWith } from "../server/served.ts";
import { beforeRequests } from "./network.ts";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

test("what a server has no room for waits on the device, which says why, and goes there once there is room", async () => {
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

test("a log that is full takes no more from an editor, whose changes stay here, and still something from an owner", async () => {
  const { db, alice, bob, g, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const bytes = configWith().quota.logBytes;
  await db.updateTable("log_size").set({ bytes }).where("g", "=", g).execute();
  await share(bob, [await bob.add({ account: "stays" })]);
  const refused = await bob.sync();
  expect(refused.ok && [...refused.value.troubles.values()]).toEqual(["log-full"]);
  expect(await bob.shown()).toEqual(["AWS stays"]);
  await share(alice, [await alice.add({ account: "goes" })]);
  await inStep(alice);
  // What was sent for nothing takes no room.
  expect(await db.selectFrom("staged").selectAll().execute()).toEqual([]);
});

test("who has begun as many groups as the server keeps of one person is told so, and nothing is left here", async () => {
  const { db, alice, served } = team();
  const begun = Array.from({ length: configWith().quota.groups }, (_, at) => ({ g: `begun ${at}` }));
  const stay = { user_id: alice.userId, joined: 0, sig: "", enc: "", role: "owner" as const, left_n: 1 };
  const state = {
    n: 1,
    head: "",
    epoch: 1,
    commitment: "",
    rotation_due: 0,
    closed: 1,
    members: 0,
    owners: 0,
  };
  await db
    .insertInto("group_state")
    .values(begun.map(({ g }) => ({ g, ...state, records: 0 })))
    .execute();
  await db
    .insertInto("group_member")
    .values(begun.map(({ g }) => ({ g, ...stay })))
    .execute();
  const { serverId } = served.secret;
  const made = await alice.run(({ create }) => create.createGroup(serverId, "One more"));
  expect(made).toEqual({ ok: false, error: "too-many-groups" });
  expect(await alice.run(({ view }) => view.readGroups())).toHaveLength(1);
});

test("what the server has dropped before the link came is sent again, and the link follows", async () => {
  const { db, alice, share } = team();
  await share(alice, [await alice.add({ account: "sent" })]);
  let isDropped = false;
  const drop = async (url: string) => {
    if (!url.includes("group.append") || isDropped) return;
    isDropped = true;
    await db.deleteFrom("blob").where("h", "in", db.selectFrom("staged").select("h")).execute();
    await db.deleteFrom("staged").execute();
  };
  await beforeRequests.run(drop, () => inStep(alice));
  expect(isDropped).toBe(true);
  const head = await db.selectFrom("record_head").select("h").where("ver", "=", 1).execute();
  const blobs = new Set((await db.selectFrom("blob").select("h").execute()).map(({ h }) => h));
  expect(head.every(({ h }) => h !== null && blobs.has(h))).toBe(true);
});
