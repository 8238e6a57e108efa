import { beforeEach, expect, test, vi } from "vitest";
import { parseInvitationCode } from "../../shared/group/invitation-code.ts";
import type { Role } from "../../shared/group/permissions.ts";
import type { Served } from "../server/served.ts";
import { type Device, value } from "./device.ts";
import { eachWithTeam } from "./team.ts";

/** Names, labels, lists and what waits: what a screen needs of a group beside acting in it. */
const team = eachWithTeam();
let alice: Device;
let bob: Device;
let g = "";
let served: Served;
beforeEach(() => {
  ({ alice, bob, g, served } = team());
});

const letBobIn = (role: Role) => team().letIn(bob, "bob@example.com", role);

async function share(id: string): Promise<void> {
  value(await alice.run(({ place }) => place.placeEntries([id], g, "move", Date.now())));
  value(await alice.sync());
  value(await bob.sync());
}

const viewOf = async (device: Device) =>
  (await device.run(({ view }) => view.readGroups())).find((group) => group.g === g);
const labelOf = async (device: Device) => (await device.run(({ labels }) => labels.readGroupLabels())).get(g);

test("a group that is renamed has its new name for everybody in it", async () => {
  await letBobIn("viewer");
  value(await alice.run(({ rename }) => rename.renameGroup(g, "Clouds and mail")));
  value(await bob.sync());
  expect((await viewOf(alice))?.name).toBe("Clouds and mail");
  expect((await viewOf(bob))?.name).toBe("Clouds and mail");
  expect((await viewOf(bob))?.people.map(({ email }) => email).sort()).toEqual([
    "alice@example.com",
    "bob@example.com",
  ]);
});

test("who may only use codes can't rename it, and nothing changes", async () => {
  await letBobIn("viewer");
  expect(await bob.run(({ rename }) => rename.renameGroup(g, "Mine"))).toEqual({ ok: false, error: "rank" });
  expect((await viewOf(bob))?.name).toBe("Cloud");
});

test("a list is told what the group is called, and whether its entries may be changed here", async () => {
  await letBobIn("viewer");
  expect(await labelOf(alice)).toEqual({ name: "Cloud", isPersonal: false, mayChange: true });
  expect(await labelOf(bob)).toEqual({ name: "Cloud", isPersonal: false, mayChange: false });
  value(await alice.run(({ members }) => members.changeRole(g, bob.userId, "editor")));
  value(await bob.sync());
  expect(await labelOf(bob)).toEqual({ name: "Cloud", isPersonal: false, mayChange: true });
});

test("who may only use codes is told so at the moment they would change an account, and nobody else is", async () => {
  vi.stubGlobal("document", { documentElement: { lang: "" } });
  await letBobIn("viewer");
  const id = await alice.add({ issuer: "AWS" });
  await share(id);
  const own = await bob.add({ issuer: "Own" });
  const why = (device: Device, entry: string) => device.run((modules) => modules.why.whyNotChangedNow(entry));
  expect(await why(bob, id)).toContain("Cloud");
  expect(await why(bob, own)).toBeNull();
  value(await alice.run(({ members }) => members.changeRole(g, bob.userId, "editor")));
  value(await bob.sync());
  expect(await why(bob, id)).toBeNull();
});

test("whoever has accepted sees whom they wait for", async () => {
  const { code } = value(
    await alice.run(({ invite }) => invite.invite(g, { email: "bob@example.com", role: "viewer" })),
  );
  const { secret } = value(await parseInvitationCode(code));
  value(await bob.run(({ accept }) => accept.acceptOffer(served.secret.serverId, secret)));
  expect(await viewOf(bob)).toMatchObject({ state: "waiting", inviter: "alice@example.com", name: "Cloud" });
});

test("a change waits until it was sent", async () => {
  const waits = () => alice.run(({ waiting }) => waiting.countWaiting(g));
  const id = await alice.add({ issuer: "AWS" });
  await share(id);
  expect(await waits()).toBe(0);
  await alice.run(({ entries }) => entries.changeEntry(id, { note: "the root" }));
  expect(await waits()).toBe(1);
  value(await alice.sync());
  expect(await waits()).toBe(0);
});

test("a list of secrets says since when they could be read, and is there until it is put away", async () => {
  await letBobIn("viewer");
  const id = await alice.add({ issuer: "AWS" });
  await share(id);
  value(await alice.run(({ members }) => members.removeMember(g, bob.userId)));
  const read = () => alice.run(({ reenrolments }) => reenrolments.readReenrolments());
  const [list] = await read();
  expect(list?.joinedAt).toBeGreaterThan(Date.now() - 60_000);
  expect(list?.joinedAt).toBeLessThanOrEqual(list?.removedAt ?? 0);
  await alice.run(({ reenrolments }) => reenrolments.tickReenrolment(list?.id ?? "", id, true));
  expect((await read())[0]?.entries).toMatchObject([{ id, isDone: true }]);
  await alice.run(({ reenrolments }) => reenrolments.closeReenrolment(list?.id ?? ""));
  expect(await read()).toEqual([]);
});

test("a group that somebody is out of is put away with its accounts, or without them", async () => {
  await letBobIn("editor");
  await share(await alice.add({ issuer: "AWS" }));
  value(await bob.run(({ members }) => members.leaveGroup(g)));
  await bob.run(({ forget }) => forget.forgetGroup(g, "keep"));
  expect(await viewOf(bob)).toBeUndefined();
  expect(await bob.shown()).toEqual(["AWS root"]);

  await letBobIn("editor");
  expect(await bob.shown()).toEqual(["AWS root", "AWS root"]);
  value(await bob.run(({ members }) => members.leaveGroup(g)));
  await bob.run(({ forget }) => forget.forgetGroup(g, "delete"));
  expect(await bob.shown()).toEqual(["AWS root"]);
  value(await alice.sync());
  expect(await alice.shown()).toEqual(["AWS root"]);
});
