import { beforeEach, expect, test } from "vitest";
import { type Device, newDevice, newUser, type User, value } from "./device.ts";
import { diesAfter, diesBefore, onLine } from "./network.ts";
import { eachWithTeam, inStep } from "./team.ts";

/** Groups whose making was cut short. */
const team = eachWithTeam();
let eve: User;
let first: Device;
let second: Device;
let serverId = "";
beforeEach(async () => {
  const { served } = team();
  serverId = served.secret.serverId;
  eve = await newUser(served, "eve@example.com");
  first = await newDevice(served, eve);
  second = await newDevice(served, eve, first);
});

const make = (device: Device) =>
  device.run(({ personal }) => personal.makePersonalGroup(serverId, "Only me"));
const groupsOf = async (device: Device) =>
  (await device.run(({ view }) => view.readGroups())).map(({ g, name, isPersonal, state }) => ({
    ...{ g, name, isPersonal, state },
  }));

const CUTS = {
  "before its first link is sent": (work: () => Promise<unknown>) => diesBefore("group.append", work),
  "before the answer to its first link": (work: () => Promise<unknown>) => diesAfter("group.append", work),
  "before its name is sent": (work: () => Promise<unknown>) => diesBefore("group.stageRecords", work),
  "before its name is in the log": (work: () => Promise<unknown>) => diesAfter("group.stageRecords", work),
};

test.each(Object.entries(CUTS))(
  "a group of one’s own that was cut short %s is one’s own on all devices after the next sync",
  async (_, cut) => {
    expect(await cut(() => make(first))).toMatchObject({ ok: false });
    await inStep(second);
    for (const { isPersonal } of await groupsOf(second)) expect(isPersonal).toBe(true);
    await inStep(first, second);
    const g = value(await make(first));
    expect(value(await make(second))).toBe(g);
    await inStep(first, second);
    const shown = [{ g, name: "Only me", isPersonal: true, state: "in" }];
    expect([await groupsOf(first), await groupsOf(second)]).toEqual([shown, shown]);
    const { db } = team();
    const begun = await db.selectFrom("group_member").selectAll().where("user_id", "=", eve.userId).execute();
    expect(begun).toHaveLength(1);
  },
);

test("what was put into a group that never came to be stays, as one’s own", async () => {
  const { alice } = team();
  const down = () => "down" as const;
  const before = await alice.run(({ db }) => db.groups.toCollection().primaryKeys());
  const made = await onLine.run(down, () => alice.run(({ create }) => create.createGroup(serverId, "Never")));
  expect(made.ok).toBe(false);
  const after = await alice.run(({ db }) => db.groups.toCollection().primaryKeys());
  const [g = ""] = after.filter((each) => !before.includes(each));
  const id = await alice.add({ issuer: "Kept" });
  await alice.run(async ({ place }) => value(await place.placeEntries([id], g, "move", Date.now())));
  expect(await groupsOf(alice)).toHaveLength(1);
  await inStep(alice);
  expect(await alice.shown()).toEqual(["Kept root"]);
  const [row] = await alice.run(({ entries }) => entries.readIndex());
  expect(row?.group).toBeUndefined();
});

/** Whoever may delete the record of a group's name does so, with an extension of their own making. */
async function deleteName(device: Device, g: string) {
  const deleted = await device.run(({ act, db, keys, secrets }) =>
    act.actInGroup(g, async ({ core, connection, row }) => {
      const { nameRecord } = await secrets.openGroupSecrets(await keys.requireVaultKey(), row);
      const head = await db.recordHeads.get([g, nameRecord ?? ""]);
      if (!head) throw Error("it has no name");
      const heads = [{ id: head.id, ver: head.ver + 1, h: null }];
      const next = { v: 1, g, n: core.n + 1, p: core.head, by: connection.userId, at: Date.now() } as const;
      return { ok: true, value: { action: { t: "records", ...next, epoch: core.epoch, heads } } };
    }),
  );
  value(deleted);
}

test("somebody who deletes what a group is called takes its name from nobody, and it can be called otherwise", async () => {
  const { alice, bob, g, letIn, viewOf } = team();
  await letIn(bob, "bob@example.com", "admin");
  await deleteName(bob, g);
  await inStep(bob, alice, bob);
  expect([(await viewOf(alice))?.name, (await viewOf(bob))?.name]).toEqual(["Cloud", "Cloud"]);
  value(await bob.run(({ rename }) => rename.renameGroup(g, "Other")));
  await inStep(alice);
  expect((await viewOf(alice))?.name).toBe("Other");
});

test.each(["editor", "viewer"] as const)(
  "a name that was deleted is said again by whoever may, also while those who made the group are away: %s",
  async (role) => {
    const { alice, bob, g, served, letIn, viewOf } = team();
    await letIn(bob, "bob@example.com", "admin");
    await letIn(first, "eve@example.com", role);
    await inStep(first, alice, bob);
    await deleteName(bob, g);
    await inStep(first);
    // It comes without having known it.
    await inStep(second);
    const isSaid = role === "editor";
    expect((await viewOf(second))?.name).toBe(isSaid ? "Cloud" : "");
    await inStep(alice, second);
    expect((await viewOf(second))?.name).toBe("Cloud");
    const shown = (await viewOf(second))?.people.map(({ email }) => email).sort();
    expect(shown).toEqual(["alice@example.com", "bob@example.com", "eve@example.com"]);
    // One record of it, and nobody writes on.
    const before = (await alice.run(({ db }) => db.groups.get(g)))?.core?.n;
    await inStep(first, bob, alice, await newDevice(served, eve, second));
    await inStep(alice);
    expect((await alice.run(({ db }) => db.groups.get(g)))?.core?.n).toBe(before);
  },
);
