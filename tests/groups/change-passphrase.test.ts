import { expect, test, vi } from "vitest";
import { value } from "./device.ts";
import { newOwnDevice, type OwnDevice } from "./own-device.ts";
import { connected, dyingAt, EMAIL, eachWithAlice, FIRST, restRates, secretsOn } from "./own-world.ts";

const world = eachWithAlice();
const SECOND = "alice has thought of other words";
const THIRD = "and of others again on a whim";

const change = (device: OwnDevice, old: string, next: string) =>
  device.everywhere.changePassphraseEverywhere({ old, next }, { now: 5_000 });
const opens = async ({ unlock }: OwnDevice, passphrase: string) =>
  (await unlock.checkPassphrase(passphrase)).ok;
const counting = async (device: OwnDevice) =>
  device.stored.countingPassphrase(await secretsOn(device, world().serverId));

/** Whether somebody who has nothing but the kit and this passphrase gets in. */
async function getsIn(passphrase: string): Promise<boolean> {
  await restRates(world());
  const device = await newOwnDevice("words of a new device");
  const { served, kit } = world();
  const wish = { origin: served.origin, email: EMAIL, passphrase, kit };
  return (await device.connect.connectWithKit(wish)).ok;
}

test("the vault's new passphrase counts at the server too, the former one no more, and the kit stays good", async () => {
  const { first, serverId, served } = world();
  const outcomes = value(await change(first, FIRST, SECOND));
  expect(outcomes).toEqual([{ serverId, origin: served.origin, outcome: "changed" }]);
  expect([await opens(first, FIRST), await opens(first, SECOND)]).toEqual([false, true]);
  expect(await counting(first)).toBe("vault");
  expect((await first.sessions.readSessions(serverId, "Chrome")).ok).toBe(true);
  expect([await getsIn(FIRST), await getsIn(SECOND)]).toEqual([false, true]);
});

test("a wrong passphrase and a locked vault change nothing, and ask no server", async () => {
  const { first, serverId } = world();
  const { outcome } = await dyingAt(1, "down", () => change(first, "not hers", SECOND));
  expect(outcome).toEqual({ ok: false, error: "wrong-passphrase" });
  const lock = vi.spyOn(first.db.servers, "bulkPut").mockRejectedValueOnce(Error("killed"));
  await expect(change(first, FIRST, SECOND)).rejects.toThrow("killed");
  lock.mockRestore();
  expect([await opens(first, FIRST), await counting(first)]).toEqual([true, "vault"]);
  expect((await first.again.signInAgain(serverId, FIRST)).ok).toBe(true);
});

test.each(["down", "lost-answer"] as const)(
  "whichever request it dies at (%s), she gets in everywhere with words she knows, and can end it later",
  async (kind) => {
    const { first, serverId } = world();
    let old = FIRST;
    let deaths = 0;
    for (let request = 1; ; request++) {
      await restRates(world());
      const next = `the words of alice for request ${request}`;
      const { hasDied, outcome } = await dyingAt(request, kind, () => change(first, old, next));
      const said = value(outcome)[0]?.outcome;
      expect([await opens(first, old), await opens(first, next)]).toEqual([false, true]);
      if (!hasDied) {
        expect([said, await counting(first)]).toEqual(["changed", "vault"]);
        break;
      }
      deaths++;
      expect([said === "changed", await counting(first)]).toEqual([false, "former"]);
      expect((await secretsOn(first, serverId)).formerUntil).toBe(5_000);
      // One of the two that she has just typed gets her in, and the device says which it thinks it is.
      const again = await first.again.signInAgain(serverId, old);
      if (!again.ok) {
        expect(again.error).toBe("neither");
        expect((await first.again.signInAgain(serverId, next)).ok).toBe(true);
      }
      const both = { atServer: old, vault: next };
      value(await first.everywhere.takeVaultsPassphrase(serverId, both));
      expect(await counting(first)).toBe("vault");
      expect(await first.again.signInAgain(serverId, old)).toEqual({ ok: false, error: "neither" });
      value(await first.again.signInAgain(serverId, next));
      old = next;
    }
    // Contacting, signing in, opening the keys, changing: each was died at.
    expect(deaths).toBeGreaterThanOrEqual(6);
  },
);

test("what is still to be done survives a further change, and says since when", async () => {
  const { first, serverId } = world();
  await dyingAt(1, "down", () => change(first, FIRST, SECOND));
  const outcomes = value(await first.everywhere.changePassphraseEverywhere({ old: SECOND, next: THIRD }));
  expect(outcomes[0]?.outcome).toBe("not-recognised");
  expect(await secretsOn(first, serverId)).toMatchObject({ hasVaultPassphrase: false, formerUntil: 5_000 });
  expect(await first.again.signInAgain(serverId, THIRD)).toEqual({ ok: false, error: "former-counts" });
  const wrong = { atServer: SECOND, vault: THIRD };
  expect(await first.everywhere.takeVaultsPassphrase(serverId, wrong)).toMatchObject({
    error: "not-recognised",
  });
  value(await first.everywhere.takeVaultsPassphrase(serverId, { atServer: FIRST, vault: THIRD }));
  expect(await counting(first)).toBe("vault");
});

test("who had signed out stays so, with the new passphrase", async () => {
  const { first, serverId } = world();
  await first.sessions.signOut(serverId);
  expect(value(await change(first, FIRST, SECOND))[0]?.outcome).toBe("changed");
  expect((await secretsOn(first, serverId)).token).toBeNull();
  value(await first.again.signInAgain(serverId, SECOND));
});

test("another device is signed out, takes the new passphrase, and can make the two of its own one", async () => {
  const { first, serverId } = world();
  const second = await connected(world(), { vault: FIRST, passphrase: FIRST, kit: world().kit });
  expect(await counting(second)).toBe("vault");
  value(await change(first, FIRST, SECOND));
  expect(await second.sessions.readSessions(serverId, "")).toEqual({ ok: false, error: "signed-out" });
  expect((await secretsOn(second, serverId)).token).toBeNull();
  // Both ways round: the vault's own, which counts there no more, and the new one, which is not the vault's.
  expect(await second.again.signInAgain(serverId, FIRST)).toEqual({ ok: false, error: "other-than-vault" });
  value(await second.again.signInAgain(serverId, SECOND));
  expect(await counting(second)).toBe("other");
  expect(value(await change(second, FIRST, THIRD))[0]?.outcome).toBe("other");

  const mistyped = { atServer: FIRST, vault: THIRD };
  expect(await second.everywhere.takeServersPassphrase(serverId, mistyped)).toMatchObject({
    error: "neither",
  });
  value(await second.everywhere.takeServersPassphrase(serverId, { atServer: SECOND, vault: THIRD }));
  expect([await opens(second, SECOND), await counting(second)]).toEqual([true, "vault"]);
});

test("a device that knows nothing of a change takes the new passphrase at the first try", async () => {
  const { first, serverId } = world();
  const second = await connected(world(), { vault: FIRST, passphrase: FIRST, kit: world().kit });
  value(await change(first, FIRST, SECOND));
  value(await second.again.signInAgain(serverId, SECOND));
  expect(await counting(second)).toBe("other");
});

test("groups that another device enters meanwhile are in the bundle that the change leaves", async () => {
  const { first, serverId } = world();
  const second = await connected(world(), { vault: FIRST, passphrase: FIRST, kit: world().kit });
  const { fetch } = globalThis;
  let entered = "";
  vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
    if (entered === "" && String(asked[0]).endsWith("finishPasswordChange")) {
      entered = "now";
      entered = value(await second.create.createGroup(serverId, "Cloud"));
      value(await second.sync.syncServer(serverId));
    }
    return fetch(...asked);
  });
  expect(value(await change(first, FIRST, SECOND))[0]?.outcome).toBe("changed");
  vi.stubGlobal("fetch", fetch);
  expect(Object.keys((await secretsOn(first, serverId)).bundle.groups)).toEqual([entered]);
});

test("a session that has just begun is not forgotten because the one before it was refused", async () => {
  const { first, serverId } = world();
  const { token } = await secretsOn(first, serverId);
  value(await first.again.signInAgain(serverId, FIRST));
  await first.sessions.forgetSession(serverId, token ?? "");
  expect((await secretsOn(first, serverId)).token).not.toBeNull();
});
