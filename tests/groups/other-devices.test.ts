import { expect, test } from "vitest";
import { type Device, newDevice, newUser, type User, value } from "./device.ts";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

/** Eve, with two devices; the first of them makes a group. */
async function withTwo(): Promise<{ eve: User; first: Device; second: Device; own: string }> {
  const { served } = team();
  const eve = await newUser(served, "eve@example.com");
  const first = await newDevice(served, eve);
  const own = value(await first.run(({ create }) => create.createGroup(served.secret.serverId, "Own")));
  await inStep(first);
  return { eve, first, second: await newDevice(served, eve, first), own };
}

test("a further device of somebody has their groups, and what is in them", async () => {
  const { first, second, own } = await withTwo();
  const id = await first.add({ issuer: "AWS" });
  value(await first.run(({ place }) => place.placeEntries([id], own, "move", 0)));
  await inStep(first, second);
  expect(await second.shown()).toEqual(["AWS root"]);
  const [group] = await second.run(({ view }) => view.readGroups());
  expect(group).toMatchObject({ g: own, name: "Own", state: "in", role: "owner" });
});

test("a group that one device makes later comes to the other one too", async () => {
  const { first, second } = await withTwo();
  await inStep(second);
  const serverId = team().served.secret.serverId;
  value(await second.run(({ create }) => create.createGroup(serverId, "Later")));
  await inStep(second, first);
  const names = (await first.run(({ view }) => view.readGroups())).map(({ name }) => name);
  expect(names).toEqual(["Later", "Own"]);
});

test("a group that the server names and no device of theirs knows is not taken in", async () => {
  const { alice, db, g, served } = team();
  const { second, eve } = await withTwo();
  const row = await db.selectFrom("group_member").selectAll().where("g", "=", g).executeTakeFirstOrThrow();
  await db
    .insertInto("group_member")
    .values({ ...row, user_id: eve.userId, joined: 99 })
    .execute();
  await inStep(second);
  expect((await second.run(({ view }) => view.readGroups())).map(({ name }) => name)).toEqual(["Own"]);
  await db.deleteFrom("group_member").where("user_id", "=", eve.userId).where("joined", "=", 99).execute();
  await inStep(alice);
  expect(served.logged.join()).not.toContain("failed");
});

test("another group under the name of one of theirs is refused", async () => {
  const { first, second, own } = await withTwo();
  const serverId = team().served.secret.serverId;
  await second.run(async ({ db, keys, servers }) => {
    const [row] = await db.servers.toArray();
    if (!row) throw Error("not connected");
    const key = await keys.requireVaultKey();
    const secrets = value(await servers.openServer(key, row));
    const groups = { [own]: { n: 0, head: "A".repeat(43) } };
    await db.servers.put(
      await servers.sealServer(key, row, { ...secrets, bundle: { ...secrets.bundle, groups } }),
    );
  });
  const synced = value(await second.run(({ sync }) => sync.syncServer(serverId)));
  expect(synced.troubles.get(own)).toBe("promise");
  expect(await second.shown()).toEqual([]);
  await inStep(first);
});

test("a device that is disconnected loses what is with the group, and keeps what was not sent", async () => {
  const { first, second, own } = await withTwo();
  const ids = [await first.add({ issuer: "Sent" }), await first.add({ issuer: "Changed" })];
  value(await first.run(({ place }) => place.placeEntries(ids, own, "move", 0)));
  await inStep(first, second);
  await second.run(({ entries }) => entries.changeEntry(ids[1] ?? "", { note: "not sent" }));
  await second.add({ issuer: "Mine" });
  await second.run(({ forget }) => forget.forgetGroupsOf(team().served.secret.serverId));
  expect(await second.shown()).toEqual(["Changed root not sent", "Mine root"]);
  expect(await second.run(({ view }) => view.readGroups())).toEqual([]);
  expect(await first.shown()).toEqual(["Changed root", "Sent root"]);
});
