import { expect, test } from "vitest";
import { type Device, value } from "./device.ts";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

const NEW = "alice.smith@example.com";

/** As it stands on a device after its person has changed it there. */
function moveTo(device: Device, email: string): Promise<void> {
  return device.run(async ({ db, keys, servers }) => {
    const [row] = await db.servers.toArray();
    if (!row) throw Error("not connected");
    const key = await keys.requireVaultKey();
    const secrets = value(await servers.openServer(key, row));
    await db.servers.put(await servers.sealServer(key, row, { ...secrets, email }));
  });
}

test("another address is shown to the others in a group, where the person may change things", async () => {
  const { alice, bob, g, letIn, viewOf, served } = team();
  await letIn(bob, "bob@example.com", "viewer");
  await inStep(alice, bob);
  await moveTo(alice, NEW);
  await alice.run(({ ownAddress }) => ownAddress.writeOwnAddress(served.secret.serverId));
  await inStep(bob);
  const shown = async () => (await viewOf(bob))?.people.map(({ email }) => email).sort();
  expect(await shown()).toEqual([NEW, "bob@example.com"]);
  const headOf = () => alice.run(async ({ db }) => (await db.groups.get(g))?.core?.head);
  const head = await headOf();
  expect(head).toBeDefined();
  // Nothing is written twice, and nothing by who may only look.
  await alice.run(({ ownAddress }) => ownAddress.writeOwnAddress(served.secret.serverId));
  await moveTo(bob, "robert@example.com");
  await bob.run(({ ownAddress }) => ownAddress.writeOwnAddress(served.secret.serverId));
  await inStep(alice, bob);
  expect(await headOf()).toBe(head);
  expect(await shown()).toEqual([NEW, "bob@example.com"]);
});
