import { beforeEach, expect, test } from "vitest";
import { type Device, newDevice, newUser, type User, value } from "./device.ts";
import { type Line, onLine } from "./network.ts";
import { eachWithTeam, inStep } from "./team.ts";

/** What somebody keeps for themselves, on all their devices. */
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

const make = async (device: Device) =>
  value(await device.run(({ personal }) => personal.makePersonalGroup(serverId, "Only me")));
const put = (device: Device, g: string, ...ids: string[]) =>
  device.run(async ({ place }) => value(await place.placeEntries(ids, g, "move", Date.now())));
const groupsOf = async (device: Device) =>
  (await device.run(({ view }) => view.readGroups())).map(({ g, isPersonal, entries }) => ({
    ...{ g, isPersonal, entries },
  }));
const everywhere = async (shown: readonly string[]) => {
  for (const device of [first, second]) expect(await device.shown()).toEqual(shown);
};

test("what is put there is on the other device too, in a group that has nobody else and can have nobody", async () => {
  const g = await make(first);
  await put(first, g, await first.add({ issuer: "AWS" }));
  await inStep(first, second);
  await everywhere(["AWS root"]);
  for (const device of [first, second])
    expect(await groupsOf(device)).toEqual([{ g, isPersonal: true, entries: 1 }]);
  const [label] = (await second.run(({ labels }) => labels.readGroupLabels())).values();
  expect(label).toEqual({ name: "Only me", isPersonal: true, mayChange: true });
  const invited = await first.run(({ invite }) =>
    invite.invite(g, { email: "bob@example.com", role: "viewer" }),
  );
  expect(invited).toEqual({ ok: false, error: "rank" });
});

test("there is one of it: a device that comes later takes the one that is there", async () => {
  const g = await make(first);
  expect(await make(first)).toBe(g);
  expect(await make(second)).toBe(g);
  expect(await groupsOf(second)).toHaveLength(1);
});

test("two devices that each make one at the same time end with one of them used, and every account once", async () => {
  const made = await Promise.all([make(first), make(second)]);
  expect(new Set(made).size).toBe(2);
  const used = made.toSorted()[0] ?? "";
  await put(first, made[0], await first.add({ issuer: "AWS" }), await first.add({ issuer: "Mail" }));
  const counted = { issuer: "Bank", type: "hotp", period: null, counter: 5 } as const;
  await put(second, made[1], await second.add({ issuer: "VPN" }), await second.add(counted));
  await Promise.all([first.sync(), second.sync()]);
  await Promise.all([first.sync(), second.sync()]);
  await inStep(first, second, first);
  await everywhere(["AWS root", "Bank root", "Mail root", "VPN root"]);
  for (const device of [first, second])
    expect(await groupsOf(device)).toEqual([{ g: used, isPersonal: true, entries: 4 }]);
  expect(await make(first)).toBe(used);
  expect(await make(second)).toBe(used);
});

test("what is changed after it was copied, and before it was taken away, is not lost", async () => {
  const made = await Promise.all([make(first), make(second)]);
  const device = made[0] > made[1] ? first : second;
  const changed = await device.add({ issuer: "AWS" });
  await inStep(first, second);
  await put(device, made.toSorted()[1] ?? "", changed, await device.add({ issuer: "Mail" }));
  const strays = await device.run(({ gather }) => gather.copyStrays(serverId, async () => null));
  value(await device.run(({ entries }) => entries.changeEntry(changed, { note: "changed meanwhile" })));
  await device.run(async ({ gather }) => strays && gather.dropCopied(strays));
  await inStep(first, second, first);
  await everywhere(["AWS root", "AWS root changed meanwhile", "Mail root"]);
  expect(await groupsOf(first)).toHaveLength(1);
});

test("cut short at any request, it loses nothing and ends the same", async () => {
  const made = await Promise.all([make(first), make(second)]);
  await put(first, made[0], await first.add({ issuer: "AWS" }));
  await put(second, made[1], await second.add({ issuer: "VPN" }));
  for (let after = 1; after < 16; after++) {
    let asked = 0;
    const breaks = (): Line => (++asked > after ? "down" : "up");
    const device = after % 2 ? first : second;
    await onLine.run(breaks, () => device.sync()).catch(() => {});
    const all = new Set([...(await first.shown()), ...(await second.shown())]);
    expect([...all].sort()).toEqual(["AWS root", "VPN root"]);
  }
  await inStep(first, second, first, second);
  await everywhere(["AWS root", "VPN root"]);
});

test("nobody else can pass a group off as this person’s own", async () => {
  const { alice, bob, g, letIn, viewOf } = team();
  await letIn(bob, "bob@example.com", "editor");
  // Bob calls the group that he is in with alice personal.
  const relabel = (device: Device) =>
    device.run(async ({ act, create, lock }) =>
      lock.withSyncLock(async () => {
        const { connection, row, core, secrets } = value(await act.stand(g));
        return create.nameGroup(connection, row, core, { ...secrets, isPersonal: true });
      }),
    );
  value(await relabel(bob));
  await inStep(alice, bob);
  expect((await viewOf(alice))?.isPersonal).toBe(false);
  expect((await viewOf(bob))?.isPersonal).toBe(false);
  value(await alice.run(({ members }) => members.removeMember(g, bob.userId)));
  await inStep(alice);
  expect((await viewOf(alice))?.isPersonal).toBe(false);
  // Even where she says so herself, it is not while somebody else is in it.
  await bob.sync();
  await letIn(bob, "bob@example.com", "viewer");
  value(await relabel(alice));
  await inStep(alice, bob);
  expect((await viewOf(alice))?.isPersonal).toBe(false);
  expect((await viewOf(bob))?.isPersonal).toBe(false);
});

test("the server sees nothing by which it could be told from any other group of one", async () => {
  const { db, g } = team();
  const own = await make(first);
  const kindsOf = async (of: string) => ({
    links: (await db.selectFrom("group_link").selectAll().where("g", "=", of).orderBy("n").execute()).map(
      ({ body }) => Object.keys(JSON.parse(Buffer.from(body, "base64url").toString())).join(),
    ),
    sizes: (await db.selectFrom("blob").selectAll().where("g", "=", of).execute()).map(
      ({ ciphertext }) => ciphertext.length,
    ),
  });
  expect(await kindsOf(own)).toEqual(await kindsOf(g));
});
