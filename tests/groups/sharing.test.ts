import { expect, test } from "vitest";
import type { StoredRow } from "../../extension/vault/stored-row.ts";
import { parseInvitationCode } from "../../shared/group/invitation-code.ts";
import { DRAFT, value } from "./device.ts";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

test("an account that one puts into a group is there for whoever was invited, with the same codes", async () => {
  const { alice, bob, letIn, share, viewOf } = team();
  await letIn(bob, "bob@example.com", "viewer");
  await share(alice, [await alice.add({ issuer: "AWS" })]);
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(["AWS root"]);
  expect(await viewOf(bob)).toMatchObject({ name: "Cloud", role: "viewer", state: "in", entries: 1 });
  expect((await viewOf(bob))?.people.map(({ email }) => email).sort()).toEqual([
    "alice@example.com",
    "bob@example.com",
  ]);
});

test("whoever is invited sees what they are invited to before they accept, and the same words as the inviter", async () => {
  const { alice, bob, served, g, viewOf } = team();
  const { code } = value(
    await alice.run(({ invite }) => invite.invite(g, { email: "bob@example.com", role: "editor" })),
  );
  const { secret } = value(await parseInvitationCode(code));
  const offered = value(await bob.run(({ accept }) => accept.readOffer(served.secret.serverId, secret)));
  expect(offered).toMatchObject({ g, name: "Cloud", from: "alice@example.com", role: "editor" });
  value(await bob.run(({ accept }) => accept.acceptOffer(served.secret.serverId, secret)));
  expect((await viewOf(bob))?.state).toBe("waiting");
  await inStep(bob);
  const [accepted] = value(await alice.run(({ invite }) => invite.readAccepted(g)));
  expect(accepted).toMatchObject({ email: "bob@example.com", role: "editor", refusal: null });
  expect(accepted?.words).toEqual(offered.words);
  expect(offered.words).toHaveLength(6);
});

test("changes to different fields of an account on two devices come together", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  await alice.run(({ entries }) => entries.changeEntry(id, { note: "the root" }));
  await bob.run(({ entries }) => entries.changeEntry(id, { account: "admin" }));
  await inStep(alice, bob, alice);
  expect(await alice.shown()).toEqual(["AWS admin the root"]);
  expect(await bob.shown()).toEqual(["AWS admin the root"]);
});

test("where two changed the same, both are kept, on both devices", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  await alice.run(({ entries }) => entries.changeEntry(id, { secret: "GEZDGNBVGY3TQOJQ", account: "a" }));
  await bob.run(({ entries }) => entries.changeEntry(id, { secret: "MFRGGZDFMZTWQ2LK", account: "b" }));
  await inStep(alice);
  const merged = value(await bob.sync());
  expect(merged.conflicts).toBe(1);
  await inStep(bob, alice);
  expect(await alice.shown()).toEqual(["AWS a", "AWS b"]);
  expect(await bob.shown()).toEqual(["AWS a", "AWS b"]);
});

test("what a viewer changes stays theirs alone, and the group's account as it is", async () => {
  const { alice, bob, letIn, share, viewOf } = team();
  await letIn(bob, "bob@example.com", "viewer");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  await bob.run(({ entries }) => entries.changeEntry(id, { account: "mine" }));
  await inStep(bob, alice);
  expect(await bob.shown()).toEqual(["AWS mine", "AWS root"]);
  expect(await alice.shown()).toEqual(["AWS root"]);
  expect((await viewOf(bob))?.entries).toBe(1);
});

test("using counted codes writes nothing into the log, for a viewer as for an editor, and no copy appears", async () => {
  const { alice, bob, db, letIn, share } = team();
  await letIn(bob, "bob@example.com", "viewer");
  const id = await alice.add({ issuer: "Bank", type: "hotp", period: null, counter: 3 });
  await share(alice, [id]);
  await inStep(alice, bob);
  const links = async () => (await db.selectFrom("group_link").select("n").execute()).length;
  const before = await links();
  for (const device of [alice, bob]) await device.run(({ hotp }) => hotp.advanceHotp(id, "press"));
  await inStep(alice, bob, alice);
  expect(await links()).toBe(before);
  expect(await bob.shown()).toEqual(["Bank root"]);
  await alice.run(({ entries }) => entries.changeEntry(id, { note: "a token" }));
  await inStep(alice, bob);
  const { counter } = value(await bob.run(({ entries }) => entries.readEntry(id)));
  expect(counter).toBe(4);
  expect(await bob.shown()).toEqual(["Bank root a token"]);
});

test("an account in the trash of one is in the trash of all, and comes back for all", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  await bob.run(({ trash }) => trash.moveToTrash([id], Date.now()));
  await inStep(bob, alice);
  expect(await alice.shown()).toEqual([]);
  await alice.run(({ trash }) => trash.restoreFromTrash([id]));
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(["AWS root"]);
});

test("deleted for ever by an owner it is gone for all; by an editor it comes back to the trash", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const [one, two] = [await alice.add({ issuer: "One" }), await alice.add({ issuer: "Two" })];
  await share(alice, [one, two]);
  await inStep(alice, bob);
  await bob.run(({ trash }) => trash.deleteForever([two]));
  await inStep(bob, alice);
  expect(await bob.shown()).toEqual(["One root", "Two root"]);
  await alice.run(({ trash }) => trash.deleteForever([one]));
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(["Two root"]);
});

test("a new secret that went to the trash elsewhere is not deleted with the one that it took the place of", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  await alice.run(({ trash }) => trash.moveToTrash([id], Date.now()));
  await bob.run(async ({ entries, trash }) => {
    await entries.changeEntry(id, { secret: "GEZDGNBVGY3TQOJQ" });
    await trash.moveToTrash([id], Date.now());
  });
  await inStep(bob);
  await alice.run(({ trash }) => trash.deleteForever([id]));
  await inStep(alice, bob);
  for (const device of [alice, bob]) {
    const { secret } = value(await device.run(({ entries }) => entries.readEntry(id)));
    expect(secret).toBe("GEZDGNBVGY3TQOJQ");
  }
});

test("a device that was offline sends what was done meanwhile", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const ids = await Promise.all(["A", "B", "C"].map((issuer) => alice.add({ issuer })));
  await share(alice, ids);
  await inStep(alice, bob);
  await bob.run(({ entries }) => entries.changeEntry(ids[0] ?? "", { note: "by bob" }));
  await share(bob, [await bob.add({ issuer: "D" })]);
  await alice.run(({ entries }) => entries.changeEntry(ids[1] ?? "", { note: "by alice" }));
  await inStep(alice, bob, alice);
  expect(await alice.shown()).toEqual(["A root by bob", "B root by alice", "C root", "D root"]);
  expect(await bob.shown()).toEqual(await alice.shown());
});

test("what is taken out of a group is this person's alone, and leaves its trace in the group's trash", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  value(await alice.run(({ place }) => place.placeEntries([id], null, "move", Date.now())));
  await inStep(alice, bob);
  expect(await alice.shown()).toEqual(["AWS root"]);
  expect(await bob.shown()).toEqual([]);
});

test("what was deleted for ever and comes back out of a backup or an undo is shared anew, under another id", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "viewer");
  const [one, two] = [await alice.add({ issuer: "One" }), await alice.add({ issuer: "Two" })];
  await share(alice, [one, two]);
  await inStep(alice, bob);
  const all = await alice.run(({ rows }) => rows.readAllRows());
  const before = new Map(all.rows.map(({ id, row }) => [id, row]));
  await alice.run(({ trash }) => trash.deleteForever([one, two]));
  await inStep(alice, bob);
  // One as only hers, to be put into the group again; the other as the group's.
  const { group: _, ...own } = before.get(one) as StoredRow;
  await alice.run(({ commit }) => commit.commit(async () => ({ result: null, rows: new Map([[one, own]]) })));
  await share(alice, [one]);
  const back = new Map([[two, before.get(two) as StoredRow]]);
  await alice.run(({ commit }) => commit.commit(async () => ({ result: null, rows: back })));
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(["One root", "Two root"]);
  expect(await alice.shown()).toEqual(["One root", "Two root"]);
});

test("a new key for a group's account is the group's, and the former one is in everybody's trash", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "viewer");
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  await inStep(alice, bob);
  const draft = { ...DRAFT, issuer: "AWS", account: "new", secret: "GEZDGNBVGY3TQOJQ" };
  value(await alice.run(({ replace }) => replace.replaceEntry(id, draft, Date.now())));
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(["AWS new"]);
});

test("hundreds of accounts go to the other device", async () => {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "viewer");
  const ids = await alice.run(({ entries }) =>
    entries.addEntries(
      Array.from({ length: 450 }, (_, at) => ({ ...DRAFT, issuer: `Site ${at}` })),
      { now: 0 },
    ),
  );
  await share(alice, ids);
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(await alice.shown());
});
