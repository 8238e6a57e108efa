import { expect, test } from "vitest";
import { type Device, value } from "./device.ts";
import { eachWithServer } from "./each-with-server.ts";
import { connectDevice, registerDevice, secretsOf, takeNewKeys } from "./registered.ts";
import { inStep, newTeam } from "./team.ts";

const server = eachWithServer();
const [ALICE, EVE] = ["alice@example.com", "eve@example.com"];

test("six words that were compared on one device need not be compared on another", async () => {
  const { db, served } = server();
  const one = await registerDevice(db, served, ALICE);
  const person = await registerDevice(db, served, EVE);
  const team = await newTeam(db, served, one);
  await team.letIn(person, EVE, "editor");
  const other = await connectDevice(served, ALICE, one);
  await inStep(one, other, person);
  const isAsked = async (device: Device) =>
    (await team.viewOf(device))?.people.find(({ id }) => id === person.userId)?.hasNewKeys;
  const asked = async () => [await isAsked(one), await isAsked(other)];
  value(await takeNewKeys(served, person));
  await inStep(one, other);
  expect(await asked()).toEqual([true, true]);
  // Of other keys it may have been said; of these it was not.
  const { serverId } = served.secret;
  const others = { sig: "A".repeat(43), enc: "B".repeat(43), comparedAt: 1 };
  value(await one.run(({ bundles }) => bundles.rememberCompared(serverId, person.userId, others)));
  await inStep(other);
  expect(await asked()).toEqual([true, true]);
  await one.run(({ members }) => members.markCompared(team.g, person.userId));
  await inStep(other);
  expect(await asked()).toEqual([false, false]);
  const { contacts } = (await secretsOf(served, other)).bundle;
  expect(Object.keys(contacts)).toEqual([person.userId]);
});
