import { expect, test } from "vitest";
import { value } from "./device.ts";
import { codeAt, newOwnDevice } from "./own-device.ts";
import { dyingAt, EMAIL, eachWithAlice, FIRST, kitOn, restRates, secretsOn } from "./own-world.ts";

/** The keys of kits that may count at a server, though nobody has heard that they do. */
const world = eachWithAlice();
const THIRD = "quite other words of alice";

test("two pages that each keep one at the same moment keep both", async () => {
  const { first } = world();
  const key = await first.keys.requireVaultKey();
  const { changeUnheardKits, readUnheardKits, withUnheardKit } = first.unheard;
  const kits = ["A", "B", "C"].map((letter) => ({ recoveryKey: letter.repeat(27), ver: 2 }));
  await Promise.all(kits.map((kit) => changeUnheardKits(key, "s", (before) => withUnheardKit(before, kit))));
  expect(new Set(await readUnheardKits(key, "s"))).toEqual(new Set(kits));
});

test("however often the answer to a recovery is lost, one key is kept, and it is the kit in the end", async () => {
  const { kit, serverId, served } = world();
  const third = await newOwnDevice(THIRD);
  const key = await third.keys.requireVaultKey();
  const recover = () =>
    third.recover.recoverWithKit({ origin: served.origin, email: EMAIL, kit, passphrase: THIRD });
  const seen = new Set<string>();
  // Never taken, taken, and taken again with the key of that.
  for (const [request, kind] of [
    [4, "down"],
    [4, "down"],
    [4, "lost-answer"],
    [6, "lost-answer"],
    [6, "lost-answer"],
  ] as const) {
    await restRates(world());
    const { outcome } = await dyingAt(request, kind, recover);
    expect(outcome).toEqual({ ok: false, error: "recovery-unknown" });
    for (const { recoveryKey } of await third.unheard.readUnheardKits(key, serverId)) seen.add(recoveryKey);
  }
  expect(seen.size).toBe(1);
  value(await recover());
  expect((await secretsOn(third, serverId)).uncheckedKit).toBe([...seen][0]);
  expect(await third.unheard.readUnheardKits(key, serverId)).toEqual([]);
  value(await third.kit.checkKit(serverId, await kitOn(third, serverId)));
});

test("once the server is heard, what it can't take any more is dropped, and what is on its way stays", async () => {
  const { first, serverId } = world();
  const key = await first.keys.requireVaultKey();
  const { ver, userId } = (await secretsOn(first, serverId)).bundle;
  const [passed, onTheWay, ofSomebody, ofBob] = [
    { userId, recoveryKey: "A".repeat(27), ver },
    { userId, recoveryKey: "B".repeat(27), ver: ver + 1 },
    // As it was stored before it was written down whose it is.
    { recoveryKey: "C".repeat(27), ver },
    { userId: "bob", recoveryKey: "D".repeat(27), ver },
  ];
  await first.unheard.changeUnheardKits(key, serverId, () => [passed, onTheWay, ofSomebody, ofBob]);
  value(await first.again.signInAgain(serverId, FIRST));
  expect(await first.unheard.readUnheardKits(key, serverId)).toEqual([onTheWay, ofSomebody, ofBob]);
});

/** Bob, who has changed more than alice, with what he needs to connect another device. */
async function newBob() {
  const { db, served, serverId } = world();
  const device = await newOwnDevice(FIRST);
  const code = await codeAt(db, served, served.origin);
  value(await device.register.registerWithCode({ code, email: "bob@example.com", passphrase: FIRST }));
  const seen = { n: 0, head: "h".repeat(43) };
  for (const g of ["1", "2", "3"].map((digit) => digit.repeat(22)))
    value(await device.bundle.rememberGroups(serverId, (groups) => ({ ...groups, [g]: seen })));
  return {
    device,
    wish: { origin: served.origin, email: "bob@example.com", kit: await kitOn(device, serverId) },
  };
}

test.each(["kit", "code of another device", "recovery"])(
  "whoever comes to the same device by their %s leaves a key that is another person's alone",
  async (by) => {
    const { kit, serverId, served } = world();
    const bob = await newBob();
    const third = await newOwnDevice(THIRD);
    const recover = () =>
      third.recover.recoverWithKit({ origin: served.origin, email: EMAIL, kit, passphrase: THIRD });
    await dyingAt(4, "lost-answer", recover);
    const key = await third.keys.requireVaultKey();
    const [ofAlice] = await third.unheard.readUnheardKits(key, serverId);
    expect(ofAlice).toBeDefined();
    await restRates(world());

    const text = value(await bob.device.deviceCode.makeDeviceCode(serverId, FIRST));
    if (by === "kit") value(await third.connect.connectWithKit({ ...bob.wish, passphrase: FIRST }));
    else if (by === "recovery") value(await third.recover.recoverWithKit({ ...bob.wish, passphrase: THIRD }));
    else value(await third.connect.connectWithKit({ ...bob.wish, passphrase: FIRST, kit: text }));
    expect((await secretsOn(third, serverId)).uncheckedKit).not.toBe(ofAlice?.recoveryKey);
    await third.sessions.disconnect(serverId);
    expect(await third.unheard.readUnheardKits(key, serverId)).toEqual([ofAlice]);
    await restRates(world());
    value(await recover());
    expect((await secretsOn(third, serverId)).uncheckedKit).toBe(ofAlice?.recoveryKey);
    expect(await third.unheard.readUnheardKits(key, serverId)).toEqual([]);
  },
);
