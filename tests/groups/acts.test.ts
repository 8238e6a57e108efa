import { expect, test } from "vitest";
import { parseInvitationCode } from "../../shared/group/invitation-code.ts";
import { DRAFT, newDevice, newUser, value } from "./device.ts";
import { eachWithTeam, inStep } from "./team.ts";

/** Leaving, closing, a new key, and everything about an invitation that does not end in letting somebody in. */
const team = eachWithTeam();
const BOB = { email: "bob@example.com", role: "viewer" } as const;

const invited = async () => {
  const { alice, g } = team();
  const { code } = value(await alice.run(({ invite }) => invite.invite(g, BOB)));
  return value(await parseInvitationCode(code)).secret;
};
const accepts = async (secret: Awaited<ReturnType<typeof invited>>) => {
  const { bob, served } = team();
  return bob.run(({ accept }) => accept.acceptOffer(served.secret.serverId, secret));
};
const pendingAt = async () => value(await team().alice.run(({ invite }) => invite.readAccepted(team().g)));

test("after somebody has left, new secrets wait for a new key, and changes to old accounts do not", async () => {
  const { alice, bob, g, letIn, share, viewOf } = team();
  const eve = await newDevice(team().served, await newUser(team().served, "eve@example.com"));
  await letIn(bob, BOB.email, "editor");
  await letIn(eve, "eve@example.com", "viewer");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob, eve);
  value(await eve.run(({ members }) => members.leaveGroup(g)));
  await inStep(alice, bob);
  expect((await viewOf(alice))?.rotationDue).toBe(true);
  await share(alice, [await alice.add({ issuer: "New" })]);
  await alice.run(({ entries }) => entries.changeEntry(id, { note: "changed" }));
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(["AWS root changed"]);
  expect(await alice.run(({ waiting }) => waiting.countWaiting(g))).toBe(1);
  // Whoever of those who may comes first makes it, and the other has nothing left to do.
  value(await bob.run(({ rotate }) => rotate.rotateIfDue(g)));
  const epoch = () => alice.run(async ({ db }) => (await db.groups.get(g))?.core?.epoch);
  value(await alice.run(({ rotate }) => rotate.rotateIfDue(g)));
  expect(await epoch()).toBe(2);
  await inStep(alice, bob);
  expect((await viewOf(alice))?.rotationDue).toBe(false);
  expect(await bob.shown()).toEqual(["AWS root changed", "New root"]);
  expect(await alice.run(({ waiting }) => waiting.countWaiting(g))).toBe(0);
});

test("who may only use codes can make no new key", async () => {
  const { bob, g, letIn } = team();
  await letIn(bob, BOB.email, "viewer");
  expect(await bob.run(({ rotate }) => rotate.rotateKey(g))).toEqual({ ok: false, error: "rank" });
});

test("the only owner can’t leave, and nothing has changed; with another one they can", async () => {
  const { alice, bob, g, letIn, viewOf } = team();
  expect(await alice.run(({ members }) => members.leaveGroup(g))).toEqual({ ok: false, error: "no-owner" });
  expect((await viewOf(alice))?.state).toBe("in");
  await letIn(bob, BOB.email, "owner");
  value(await alice.run(({ members }) => members.leaveGroup(g)));
  await inStep(bob);
  expect((await viewOf(bob))?.people.map(({ email }) => email)).toEqual([BOB.email]);
  value(await bob.run(({ rotate }) => rotate.rotateIfDue(g)));
});

test("a group that is closed stays as it was for all who are in it, and takes nothing more", async () => {
  const { alice, bob, g, letIn, share, viewOf } = team();
  await letIn(bob, BOB.email, "editor");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  expect(await bob.run(({ members }) => members.closeGroup(g))).toEqual({ ok: false, error: "rank" });
  value(await alice.run(({ members }) => members.closeGroup(g)));
  await inStep(bob);
  for (const device of [alice, bob]) {
    expect((await viewOf(device))?.state).toBe("closed");
    expect(await device.shown()).toEqual(["AWS root"]);
  }
  expect(await alice.run(({ invite }) => invite.invite(g, BOB))).toMatchObject({ ok: false });
  expect(await alice.run(({ rename }) => rename.renameGroup(g, "Other"))).toEqual({
    ok: false,
    error: "closed",
  });
  await bob.run(({ forget }) => forget.forgetGroup(g, "keep"));
  expect(await bob.shown()).toEqual(["AWS root"]);
  expect(await viewOf(bob)).toBeUndefined();
});

test("what was changed here before a group was closed elsewhere is kept as this person’s own", async () => {
  const { alice, bob, g, letIn, share } = team();
  await letIn(bob, BOB.email, "editor");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  await bob.run(({ entries }) => entries.changeEntry(id, { note: "by bob" }));
  value(await alice.run(({ members }) => members.closeGroup(g)));
  await inStep(bob);
  await inStep(bob);
  expect(await bob.shown()).toEqual(["AWS root", "AWS root by bob"]);
});

test("who accepted and is turned down is not let in, and their code lets nobody in any more", async () => {
  const { alice, bob, g, viewOf } = team();
  const secret = await invited();
  value(await accepts(secret));
  const [accepted] = await pendingAt();
  if (!accepted) throw Error("nobody has accepted");
  value(await alice.run(({ invite }) => invite.endInvitation(g, accepted.invitation)));
  expect(await pendingAt()).toEqual([]);
  expect(await alice.run(({ invite }) => invite.confirmAccepted(g, accepted))).toEqual({
    ok: false,
    error: "not-accepted",
  });
  await bob.sync();
  expect((await viewOf(bob))?.state).toBe("waiting");
  expect(await accepts(secret)).toEqual({ ok: false, error: "no-invitation" });
  expect((await viewOf(alice))?.people).toHaveLength(1);
});

test("an invitation that is taken back can’t be accepted, and taking it back twice is nothing new", async () => {
  const { alice, g, viewOf } = team();
  const secret = await invited();
  const [sent] = await alice.run(({ invitations }) => invitations.readInvitations(g));
  const takeBack = () => alice.run(({ invite }) => invite.endInvitation(g, sent?.id ?? ""));
  value(await takeBack());
  value(await takeBack());
  expect(await alice.run(({ invitations }) => invitations.readInvitations(g))).toEqual([]);
  expect(await accepts(secret)).toEqual({ ok: false, error: "no-invitation" });
  expect(await viewOf(team().bob)).toBeUndefined();
});

test("the code of a group that one is in already is said to be that, and so is one’s own", async () => {
  const { alice, bob, served, letIn } = team();
  const again = await invited();
  await letIn(bob, BOB.email, "viewer");
  expect(await accepts(again)).toEqual({ ok: false, error: "member" });
  expect(await alice.run(({ accept }) => accept.acceptOffer(served.secret.serverId, again))).toMatchObject({
    ok: false,
  });
});

test("a session older than ten minutes is asked for the passphrase before anybody is invited, and nothing is left", async () => {
  const { alice, db, g } = team();
  await db
    .updateTable("session")
    .set({ signed_in_at: Date.now() - 11 * 60_000 })
    .execute();
  expect(await alice.run(({ invite }) => invite.invite(g, BOB))).toEqual({
    ok: false,
    error: "sign-in-again",
  });
  expect(await alice.run(({ invitations }) => invitations.readInvitations(g))).toEqual([]);
  // Reading and changing accounts ask for nothing.
  await alice.run(({ entries }) => entries.addEntries([DRAFT], { now: 0 }));
  await inStep(alice);
  await db.updateTable("session").set({ signed_in_at: Date.now() }).execute();
  value(await alice.run(({ invite }) => invite.invite(g, BOB)));
});
