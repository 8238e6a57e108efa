import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../../server/db/open.ts";
import { appendLink } from "../../server/groups/append.ts";
import { refold } from "../../server/groups/refold.ts";
import { readCore } from "../../server/groups/state.ts";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importSigningKey, sign } from "../../shared/crypto/signature.ts";
import { parseInvitationCode } from "../../shared/group/invitation-code.ts";
import { signLink } from "../../shared/group/link.ts";
import type { Role } from "../../shared/group/permissions.ts";
import { rekeyContext } from "../../shared/group/proofs.ts";
import { onBothDatabases } from "../server/databases.ts";
import { type Served, serve } from "../server/served.ts";
import { newPerson, random } from "../shared/group/people.ts";
import { type Device, newDevice, newUser, value } from "./device.ts";
import { diesAfter } from "./network.ts";
import { connectDevice, PASSPHRASE, registerDevice, secretsOf, takeNewKeys } from "./registered.ts";
import { inStep, newTeam, type Team } from "./team.ts";

const ALICE = "alice@example.com";

const signing = async (seed: string) => importSigningKey(value(base64urlToBytes(seed)));

onBothDatabases(({ kind, open }) => {
  let db: Database;
  let served: Served;
  let alice: Device;
  let team: Team;

  beforeEach(async () => {
    db = await open();
    served = await serve(db);
    alice = await registerDevice(db, served, ALICE);
    team = await newTeam(db, served, alice);
    await team.letIn(team.bob, "bob@example.com", "editor");
    await team.share(alice, [await alice.add({ issuer: "AWS" })]);
    await inStep(alice, team.bob);
  });
  afterEach(async () => {
    expect(await refold(db, team.g)).toBe("sound");
    await served.close();
  });

  /** Bob makes a group, and Alice accepts to be in it. */
  async function groupOfBob(role: Role) {
    const { bob } = team;
    const { serverId } = served.secret;
    const g = value(await bob.run(({ create }) => create.createGroup(serverId, "Bob’s")));
    const { code } = value(await bob.run(({ invite }) => invite.invite(g, { email: ALICE, role })));
    const { secret } = value(await parseInvitationCode(code));
    value(await alice.run(({ accept }) => accept.acceptOffer(serverId, secret)));
    const confirm = async () => {
      const [accepted] = value(await bob.run(({ invite }) => invite.readAccepted(g)));
      if (!accepted) throw Error("nobody has accepted");
      value(await bob.run(({ invite }) => invite.confirmAccepted(g, accepted)));
    };
    const viewOf = async (device: Device) =>
      (await device.run(({ view }) => view.readGroups())).find((group) => group.g === g);
    return { g, confirm, viewOf };
  }

  const userRow = () =>
    db.selectFrom("user").selectAll().where("user_id", "=", alice.userId).executeTakeFirstOrThrow();
  const memberRow = (g = team.g, id = alice.userId) =>
    db
      .selectFrom("group_member")
      .selectAll()
      .where("g", "=", g)
      .where("user_id", "=", id)
      .executeTakeFirstOrThrow();
  const stateOf = (g = team.g) =>
    db.selectFrom("group_state").selectAll().where("g", "=", g).executeTakeFirstOrThrow();

  test("new keys come into every group, each group gets a new key, and all goes on", async () => {
    const { bob, g } = team;
    const own = value(await alice.run(({ create }) => create.createGroup(served.secret.serverId, "Own")));
    await inStep(alice);
    const [before, groupBefore] = [await userRow(), await stateOf()];
    expect(await takeNewKeys(served, alice)).toEqual({ ok: true, value: { isFinished: true } });

    const after = await userRow();
    expect([after.sig, after.enc, after.recovery]).not.toEqual([before.sig, before.enc, before.recovery]);
    for (const each of [g, own]) {
      expect(await memberRow(each)).toMatchObject({ sig: after.sig, enc: after.enc });
      expect(await stateOf(each)).toMatchObject({ rotation_due: 0 });
    }
    expect((await stateOf()).epoch).toBe(groupBefore.epoch + 1);
    const secrets = await secretsOf(served, alice);
    expect(secrets.bundle).toMatchObject({ version: 1, ver: after.bundle_ver });
    expect([secrets.bundle.former, secrets.replacement]).toEqual([undefined, undefined]);

    await bob.run(({ entries }) => entries.readIndex());
    await inStep(bob);
    await team.share(bob, [await bob.add({ issuer: "By Bob" })]);
    await inStep(bob, alice);
    await alice.run(async ({ entries }) => {
      const [row] = await entries.readIndex();
      await entries.changeEntry(row?.id ?? "", { note: "by Alice" });
    });
    await inStep(alice, bob);
    expect(await bob.shown()).toEqual(await alice.shown());
    expect((await bob.shown()).join()).toContain("by Alice");
  });

  // What follows is the extension's part, whatever the database.
  if (kind === "postgres") return;

  test("the others are told to compare words again, until they say that they have", async () => {
    const { bob, g } = team;
    const seen = async () =>
      (await team.viewOf(bob))?.people.find(({ id }) => id === alice.userId) ?? {
        words: [],
        hasNewKeys: null,
      };
    const before = await seen();
    expect(before.hasNewKeys).toBe(false);
    value(await takeNewKeys(served, alice));
    await inStep(bob);
    const after = await seen();
    expect(after.hasNewKeys).toBe(true);
    expect(after.words).not.toEqual(before.words);
    expect((await team.viewOf(alice))?.people.every(({ hasNewKeys }) => !hasNewKeys)).toBe(true);
    await bob.run(({ members }) => members.markCompared(g, alice.userId));
    await inStep(bob);
    expect((await seen()).hasNewKeys).toBe(false);
    // Who comes later has never compared the former ones.
    const eve = await newDevice(served, await newUser(served, "eve@example.com"));
    await team.letIn(eve, "eve@example.com", "viewer");
    expect((await team.viewOf(eve))?.people.every(({ hasNewKeys }) => !hasNewKeys)).toBe(true);
  });

  test("who may not make the group's key leaves that to the others, who are asked to", async () => {
    const { bob } = team;
    const { g, confirm, viewOf } = await groupOfBob("viewer");
    await confirm();
    await inStep(alice);
    value(await takeNewKeys(served, alice));
    expect((await memberRow(g)).sig).toBe((await userRow()).sig);
    expect((await secretsOf(served, alice)).bundle.former).toBeUndefined();
    await inStep(bob, alice);
    expect(await viewOf(bob)).toMatchObject({ rotationDue: true });
    value(await bob.run(({ rotate }) => rotate.rotateIfDue(g)));
    await inStep(alice);
    expect(await viewOf(alice)).toMatchObject({ rotationDue: false, trouble: null });
  });

  test("another device of theirs is signed out, and comes back with the new kit alone", async () => {
    const { g } = team;
    const second = await connectDevice(served, ALICE, alice);
    await inStep(second);
    await second.add({ issuer: "Mine" });
    await second.run(async ({ entries }) => {
      const row = (await entries.readIndex()).find(({ group }) => group === g);
      await entries.changeEntry(row?.id ?? "", { note: "not sent yet" });
    });
    value(await takeNewKeys(served, alice));
    expect(await second.sync()).toEqual({ ok: false, error: "signed-out" });
    const again = await second.run(({ signIn }) => signIn.signInAgain(served.secret.serverId, PASSPHRASE));
    expect(again).toEqual({ ok: false, error: "kit-replaced" });
    await connectDevice(served, ALICE, alice, second);
    await inStep(second, alice, team.bob);
    expect((await alice.shown()).join()).toContain("not sent yet");
    expect((await second.shown()).join()).toContain("Mine");
    expect(await team.viewOf(second)).toMatchObject({ trouble: null, role: "owner" });
  });

  test("an invitation that was sent with the former keys lets its holder in", async () => {
    const { g } = team;
    const eve = await newDevice(served, await newUser(served, "eve@example.com"));
    const made = await alice.run(({ invite }) =>
      invite.invite(g, { email: "eve@example.com", role: "viewer" }),
    );
    const { secret } = value(await parseInvitationCode(value(made).code));
    value(await takeNewKeys(served, alice));
    value(await eve.run(({ accept }) => accept.acceptOffer(served.secret.serverId, secret)));
    const [accepted] = value(await alice.run(({ invite }) => invite.readAccepted(g)));
    if (!accepted) throw Error("nobody has accepted");
    value(await alice.run(({ invite }) => invite.confirmAccepted(g, accepted)));
    await inStep(eve, alice);
    expect(await eve.shown()).toEqual(["AWS root"]);
  });

  test("an invitation that was accepted with the former keys leads in, and the group gets the new ones", async () => {
    const { g, confirm } = await groupOfBob("editor");
    value(await takeNewKeys(served, alice));
    expect((await secretsOf(served, alice)).bundle.former).toHaveLength(1);
    await confirm();
    await inStep(alice);
    expect((await memberRow(g)).sig).toBe((await userRow()).sig);
    expect(await stateOf(g)).toMatchObject({ rotation_due: 0 });
    expect((await secretsOf(served, alice)).bundle.former).toBeUndefined();
    await inStep(team.bob, alice);
  });

  test("a key that the group got meanwhile for the former keys is opened, and new keys come after it", async () => {
    const { bob, g } = team;
    const before = (await userRow()).sig;
    // The device dies as soon as the server has taken the new keys.
    await diesAfter("user.replaceKeys", () => takeNewKeys(served, alice));
    expect([(await userRow()).sig === before, (await memberRow()).sig]).toEqual([false, before]);
    value(await bob.run(({ rotate }) => rotate.rotateKey(g)));
    await team.share(bob, [await bob.add({ issuer: "Later" })]);
    await inStep(bob, alice, bob);
    expect((await memberRow()).sig).toBe((await userRow()).sig);
    expect(await alice.shown()).toEqual(await bob.shown());
  });

  test("somebody who was quicker with their former keys is told of as that, and nothing of it is taken in", async () => {
    const { g } = team;
    const { bundle } = await secretsOf(served, alice);
    const thief = await signing(bundle.signingSeed);
    const next = await newPerson();
    const core = await readCore(db, g);
    if (core === null) throw Error("there is no such group");
    const { id, oldSig, enc } = { id: alice.userId, oldSig: (await memberRow()).sig, enc: next.enc };
    const pop = bytesToBase64url(await sign(next.signing, rekeyContext(g, { id, oldSig, enc })));
    const common = { v: 1, g, n: core.n + 1, p: core.head, by: id, at: 0 } as const;
    const link = await signLink(thief, { t: "rekey", ...common, sig: next.sig, enc, pop });
    const seals = [{ user: id, sealed: random(80) }];
    expect(await appendLink(db, { link, seals }, 0)).toMatchObject({ ok: true });
    const taken = await takeNewKeys(served, alice);
    expect(taken).toEqual({ ok: true, value: { isFinished: false } });
    expect(await team.viewOf(alice)).toMatchObject({ trouble: "keys-taken" });
    expect(await alice.shown()).toEqual(["AWS root"]);
    await inStep(team.bob);
    expect((await team.viewOf(team.bob))?.people.filter(({ hasNewKeys }) => hasNewKeys)).toHaveLength(1);
  });

  test("new keys are taken again, and again each group gets a new key", async () => {
    const { g } = team;
    const link = await db.selectFrom("group_link").select("n").where("g", "=", g).execute();
    value(await takeNewKeys(served, alice));
    value(await takeNewKeys(served, alice));
    const links = await db.selectFrom("group_link").select("n").where("g", "=", g).execute();
    expect(links.length - link.length).toBe(4);
    expect((await memberRow()).sig).toBe((await userRow()).sig);
    await inStep(team.bob, alice);
  });
});
