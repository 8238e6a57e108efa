import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeBackup } from "../../server/backup/make-backup.ts";
import { restoreBackup } from "../../server/backup/restore-backup.ts";
import { type Database, openDatabase } from "../../server/db/open.ts";
import { refold } from "../../server/groups/refold.ts";
import { type Served, serve } from "../server/served.ts";
import { type Device, newDevice, newUser, value } from "./device.ts";
import { beforeRequests } from "./network.ts";
import { inStep, newTeam, type Team } from "./team.ts";

let folder: string;
let path: string;
let db: Database;
let served: Served;
let team: Team;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-restore-"));
  path = join(folder, "data.sqlite");
  db = await openDatabase(path);
  served = await serve(db);
  team = await newTeam(db, served);
});
afterEach(async () => {
  await served.close();
  await db.destroy();
  await rm(folder, { recursive: true });
});

const backUp = async () => value(await makeBackup(path, join(folder, "backup")));

/** Puts the backup in the database's place, as an administrator does, and serves it at the same address. */
async function restore(): Promise<void> {
  await served.close();
  await db.destroy();
  value(await restoreBackup(path, join(folder, "backup"), Date.now()));
  db = await openDatabase(path);
  served = await serve(db, undefined, served);
}

/** The restored server has ended all sessions: the first look says so, and the person signs in again. */
async function signInAgain(device: Device, email: string): Promise<void> {
  expect((await device.sync()).ok).toBe(false);
  const token = await served.signIn(email);
  const { serverId } = served.secret;
  await device.run(({ keep }) => keep.changeServer(serverId, (secrets) => ({ ...secrets, token })));
}

const troubleOf = async (device: Device, g: string) => value(await device.sync()).troubles.get(g);
const sendAgain = (device: Device, g: string) => device.run(({ again }) => again.sendAgain(g));

/** Twenty changes by two devices, each seen by the other. */
async function twentyWrites({ alice, bob, g }: Team): Promise<void> {
  for (let at = 0; at < 10; at++) {
    for (const [device, name] of [
      [alice, "Alice"],
      [bob, "Bob"],
    ] as const) {
      await inStep(device);
      const index = await device.run(({ entries }) => entries.readIndex());
      const id = index.find(({ group }) => group === g)?.id ?? "";
      await device.run(({ entries }) => entries.changeEntry(id, { note: `${name} ${at}` }, Date.now()));
      await inStep(device);
    }
  }
  await inStep(alice);
}

test("a server that was put back to a backup is said to be, and gets back all that it lost", async () => {
  const { alice, bob, g, letIn, share } = team;
  await letIn(bob, "bob@example.com", "editor");
  await share(alice, [await alice.add({ issuer: "Before" })]);
  await inStep(alice, bob);
  await backUp();

  await twentyWrites(team);
  const before = [await alice.shown(), await bob.shown()];
  expect(before[0]).toEqual(["Before root Bob 9"]);
  await restore();
  await signInAgain(alice, "alice@example.com");
  await signInAgain(bob, "bob@example.com");
  expect(await troubleOf(alice, g)).toBe("restored");
  expect(await troubleOf(bob, g)).toBe("restored");
  expect((await team.viewOf(bob))?.restored).toMatchObject({ lost: 20, isSent: false });
  expect([await alice.shown(), await bob.shown()]).toEqual(before);

  value(await sendAgain(bob, g));
  expect(await refold(db, g)).toBe("sound");
  await inStep(bob, alice);
  expect((await team.viewOf(bob))?.restored).toMatchObject({ lost: 20, isSent: true });
  // Somebody else has done it: there is nothing to be said here.
  expect(await team.viewOf(alice)).toMatchObject({ trouble: null, restored: null });
  expect([await alice.shown(), await bob.shown()]).toEqual(before);
  await share(alice, [await alice.add({ issuer: "After" })]);
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(["After root", "Before root Bob 9"]);
  expect(await refold(db, g)).toBe("sound");
});

test("people who came and went since the backup, and the keys that were made, come back with the log", async () => {
  const { alice, bob, g, letIn, share } = team;
  const carol = await newDevice(served, await newUser(served, "carol@example.com"));
  await letIn(bob, "bob@example.com", "viewer");
  await share(alice, [await alice.add({ issuer: "Before" })]);
  await inStep(alice, bob);
  await backUp();

  await letIn(carol, "carol@example.com", "editor");
  await share(carol, [await carol.add({ issuer: "Carol’s" })]);
  await inStep(carol, alice);
  value(await alice.run(({ members }) => members.removeMember(g, bob.userId)));
  value(await alice.run(({ rotate }) => rotate.rotateKey(g)));
  await inStep(alice, carol);
  await restore();
  await signInAgain(alice, "alice@example.com");
  await signInAgain(carol, "carol@example.com");
  // By the backup Bob is in the group, and Carol is not.
  expect(await troubleOf(carol, g)).toBe("no-access");
  expect(await troubleOf(alice, g)).toBe("restored");
  value(await sendAgain(alice, g));
  await inStep(alice, carol);
  expect(await carol.shown()).toEqual(["Before root", "Carol’s root"]);
  const dave = await newDevice(served, await newUser(served, "dave@example.com"));
  await letIn(dave, "dave@example.com", "viewer");
  expect(await dave.shown()).toEqual(["Before root", "Carol’s root"]);
  await signInAgain(bob, "bob@example.com");
  expect(await troubleOf(bob, g)).toBe("no-access");
  expect(await refold(db, g)).toBe("sound");
});

test("a group that was made after the backup is begun again by whoever made it", async () => {
  const { alice, bob, letIn, share } = team;
  await backUp();
  const { serverId } = served.secret;
  const g = value(await bob.run(({ create }) => create.createGroup(serverId, "Later")));
  value(await bob.run(({ rotate }) => rotate.rotateKey(g)));
  const id = await bob.add({ issuer: "Later" });
  value(await bob.run(({ place }) => place.placeEntries([id], g, "move", Date.now())));
  await inStep(bob);
  await restore();
  await signInAgain(bob, "bob@example.com");
  expect(await troubleOf(bob, g)).toBe("restored");
  value(await sendAgain(bob, g));
  await inStep(bob);
  expect(await bob.shown()).toEqual(["Later root"]);
  expect(await refold(db, g)).toBe("sound");
  await signInAgain(alice, "alice@example.com");
  await letIn(bob, "bob@example.com", "viewer");
  await share(alice, [await alice.add({ issuer: "Other" })]);
});

test("where somebody has gone on from the backup first, nothing is sent again, nothing is lost, and that is said", async () => {
  const { alice, bob, g, letIn, share } = team;
  await letIn(bob, "bob@example.com", "editor");
  await share(alice, [await alice.add({ issuer: "Before" })]);
  await inStep(alice, bob);
  await backUp();
  await share(alice, [await alice.add({ issuer: "Alone" })]);
  await inStep(alice);
  await restore();
  await signInAgain(bob, "bob@example.com");
  // Bob has not seen what is missing.
  await share(bob, [await bob.add({ issuer: "Bob’s" })]);
  await inStep(bob);
  await signInAgain(alice, "alice@example.com");
  expect(await troubleOf(alice, g)).toBe("fork");
  expect(await sendAgain(alice, g)).toEqual({ ok: false, error: "fork" });
  expect(await alice.shown()).toEqual(["Alone root", "Before root"]);
});

test("a server that shows less without saying that it was put back is not offered anything", async () => {
  const { alice, g, share } = team;
  await share(alice, [await alice.add({ issuer: "Before" })]);
  await inStep(alice);
  await backUp();
  await share(alice, [await alice.add({ issuer: "Since" })]);
  await inStep(alice);
  await restore();
  await db.deleteFrom("restored").execute();
  await signInAgain(alice, "alice@example.com");
  expect(await troubleOf(alice, g)).toBe("rollback");
  expect((await team.viewOf(alice))?.restored).toBe(null);
});

test("of several who send it again at the same moment all are told that it is there, and all go on", async () => {
  const { alice, bob, g, letIn, share } = team;
  const carol = await newDevice(served, await newUser(served, "carol@example.com"));
  await letIn(bob, "bob@example.com", "editor");
  await letIn(carol, "carol@example.com", "editor");
  await share(alice, [await alice.add({ issuer: "Before" })]);
  await inStep(alice, bob, carol);
  await backUp();
  // Carol knows the first of two, the others both.
  await share(alice, [await alice.add({ issuer: "Seen by all" })]);
  await inStep(alice, bob, carol);
  await share(alice, [await alice.add({ issuer: "Not by Carol" })]);
  await inStep(alice, bob);
  await restore();
  const people = [
    [alice, "alice@example.com"],
    [bob, "bob@example.com"],
    [carol, "carol@example.com"],
  ] as const;
  for (const [device, email] of people) {
    await signInAgain(device, email);
    expect(await troubleOf(device, g)).toBe("restored");
  }
  const sent = await Promise.all(people.map(([device]) => sendAgain(device, g)));
  expect(sent).toEqual(people.map(() => ({ ok: true, value: undefined })));
  // Where Carol was first, the others bring what she did not have.
  if ((await troubleOf(alice, g)) === "restored") value(await sendAgain(alice, g));
  await inStep(alice, bob, carol);
  for (const [device] of people)
    expect(await device.shown()).toEqual(["Before root", "Not by Carol root", "Seen by all root"]);
  expect(await refold(db, g)).toBe("sound");
});

test("who sends it again while somebody has begun to write from the backup is told that it is another past", async () => {
  const { alice, bob, g, letIn, share } = team;
  await letIn(bob, "bob@example.com", "editor");
  await share(alice, [await alice.add({ issuer: "Before" })]);
  await inStep(alice, bob);
  await backUp();
  await share(alice, [await alice.add({ issuer: "Alone" })]);
  await inStep(alice);
  await restore();
  await signInAgain(alice, "alice@example.com");
  await signInAgain(bob, "bob@example.com");
  expect(await troubleOf(alice, g)).toBe("restored");
  for (const issuer of ["One", "Two"]) await share(bob, [await bob.add({ issuer })]);
  let isCrossed = false;
  const cross = async (url: string) => {
    if (!url.includes("appendAgain") || isCrossed) return;
    isCrossed = true;
    await beforeRequests.exit(() => inStep(bob));
  };
  expect(await beforeRequests.run(cross, () => sendAgain(alice, g))).toEqual({ ok: false, error: "fork" });
  expect(isCrossed).toBe(true);
  expect(await alice.shown()).toEqual(["Alone root", "Before root"]);
});
