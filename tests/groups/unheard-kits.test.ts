import { expect, test } from "vitest";
import { value } from "./device.ts";
import { newOwnDevice } from "./own-device.ts";
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
  const { ver } = (await secretsOn(first, serverId)).bundle;
  const [passed, onTheWay] = [
    { recoveryKey: "A".repeat(27), ver },
    { recoveryKey: "B".repeat(27), ver: ver + 1 },
  ];
  await first.unheard.changeUnheardKits(key, serverId, () => [passed, onTheWay]);
  value(await first.again.signInAgain(serverId, FIRST));
  expect(await first.unheard.readUnheardKits(key, serverId)).toEqual([onTheWay]);
});
