import { beforeEach, expect, test } from "vitest";
import { parseInvitationCode } from "../../shared/group/invitation-code.ts";
import { type Device, newDevice, newUser, value } from "./device.ts";
import { eachWithServer } from "./each-with-server.ts";
import { connectDevice, registerDevice, secretsOf, takeNewKeys } from "./registered.ts";
import { inStep } from "./team.ts";

/** One device of Alice's accepts an invitation of Bob's; the other one takes new keys before he confirms it. */
const server = eachWithServer();
const ALICE = "alice@example.com";
let [accepting, other, bob]: Device[] = [];
let g = "";

beforeEach(async () => {
  const { db, served } = server();
  const { serverId } = served.secret;
  other = await registerDevice(db, served, ALICE);
  accepting = await connectDevice(served, ALICE, other);
  bob = await newDevice(served, await newUser(served, "bob@example.com"));
  g = value(await bob.run(({ create }) => create.createGroup(serverId, "Bob’s")));
  const { code } = value(await bob.run(({ invite }) => invite.invite(g, { email: ALICE, role: "editor" })));
  const { secret } = value(await parseInvitationCode(code));
  value(await accepting.run(({ accept }) => accept.acceptOffer(serverId, secret)));
  value(await takeNewKeys(served, other));
});

const devices = () => {
  if (!accepting || !other || !bob) throw Error("no devices");
  return { accepting, other, bob };
};
const formerOf = async (device: Device) =>
  (await secretsOf(server().served, device)).bundle.former?.length ?? 0;

test("the former keys are kept until the group that was accepted knows the new ones", async () => {
  const { accepting, other, bob } = devices();
  const { db, served } = server();
  expect(await formerOf(other)).toBe(1);
  await inStep(other);
  expect(await formerOf(other)).toBe(1);
  const [accepted] = value(await bob.run(({ invite }) => invite.readAccepted(g)));
  if (!accepted) throw Error("nobody has accepted");
  value(await bob.run(({ invite }) => invite.confirmAccepted(g, accepted)));
  await inStep(other);
  expect(await formerOf(other)).toBe(1);
  expect((await accepting.sync()).ok).toBe(false);
  await connectDevice(served, ALICE, other, accepting);
  await inStep(accepting, other, bob);
  const ofAlice = (table: "user" | "group_member") =>
    db.selectFrom(table).select("sig").where("user_id", "=", other.userId).executeTakeFirstOrThrow();
  expect(await ofAlice("group_member")).toEqual(await ofAlice("user"));
  expect([await formerOf(accepting), await formerOf(other)]).toEqual([0, 0]);
  const views = await other.run(({ view }) => view.readGroups());
  expect(views.map(({ name, state, trouble }) => ({ name, state, trouble }))).toEqual([
    { name: "Bob’s", state: "in", trouble: null },
  ]);
});

test("they are kept no longer once nobody can confirm it any more", async () => {
  const { other, bob } = devices();
  const [accepted] = value(await bob.run(({ invite }) => invite.readAccepted(g)));
  if (!accepted) throw Error("nobody has accepted");
  value(await bob.run(({ invite }) => invite.endInvitation(g, accepted.invitation)));
  await inStep(other);
  expect(await formerOf(other)).toBe(0);
});
