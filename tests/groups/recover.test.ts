import { expect, test } from "vitest";
import { formatKit, newRecoveryKey } from "../../shared/identity/recovery-key.ts";
import { DRAFT, value } from "./device.ts";
import { newOwnDevice, type OwnDevice } from "./own-device.ts";
import {
  connected,
  dumpOf,
  dyingAt,
  EMAIL,
  eachWithAlice,
  FIRST,
  kitOn,
  restRates,
  secretsOn,
} from "./own-world.ts";

const world = eachWithAlice();
const THIRD = "the words of a third device";

const recover = (device: OwnDevice, kit: string, passphrase = THIRD, email = EMAIL, now?: () => number) =>
  device.recover.recoverWithKit({ origin: world().served.origin, email, kit, passphrase }, now);

/** What is in the groups of a device, as issuers. */
async function shownOn(device: OwnDevice): Promise<string[]> {
  value(await device.sync.syncServer(world().serverId));
  return (await device.entries.readIndex()).map(({ issuer }) => issuer).sort();
}

/** Alice's first device has a group with an account in it. */
async function shareOnFirst(): Promise<void> {
  const { first, serverId } = world();
  const g = value(await first.create.createGroup(serverId, "Cloud"));
  const ids = await first.entries.addEntries([{ ...DRAFT, issuer: "AWS" }], { now: 0 });
  value(await first.place.placeEntries(ids, g, "move", 0));
  expect(await shownOn(first)).toEqual(["AWS"]);
}

test("who has the kit and nothing else gets in on a third device, to their groups and what is in them", async () => {
  await shareOnFirst();
  const { kit, serverId } = world();
  const third = await newOwnDevice(THIRD);
  value(await recover(third, kit));
  expect(await shownOn(third)).toEqual(["AWS"]);
  const [row] = await third.entries.readIndex();
  expect(value(await third.entries.readEntry(row?.id ?? "")).secret).toBe(DRAFT.secret);
  expect(await third.db.registrations.count()).toBe(0);

  const newKit = await kitOn(third, serverId);
  expect(newKit).not.toBe(kit);
  expect((await third.kit.checkKit(serverId, kit)).ok).toBe(false);
  value(await third.kit.checkKit(serverId, newKit));
  const fourth = await connected(world(), { vault: FIRST, passphrase: THIRD, kit: newKit });
  expect(await shownOn(fourth)).toEqual(["AWS"]);
});

test("the former kit opens nothing afterwards, with or without the passphrase", async () => {
  const { kit, served } = world();
  value(await recover(await newOwnDevice(THIRD), kit));
  const other = await newOwnDevice(FIRST);
  expect(await recover(other, kit, FIRST)).toEqual({ ok: false, error: "not-of-kit" });
  const wish = { origin: served.origin, email: EMAIL, kit };
  const connect = (passphrase: string) => other.connect.connectWithKit({ ...wish, passphrase });
  expect(await connect(THIRD)).toEqual({ ok: false, error: "wrong-kit" });
  expect(await connect(FIRST)).toEqual({ ok: false, error: "not-recognised" });
});

test("a device with the former kit is asked for the new one, and then has what it had", async () => {
  await shareOnFirst();
  const { first, kit, serverId } = world();
  const third = await newOwnDevice(THIRD);
  value(await recover(third, kit));
  const again = (passphrase: string, typed?: string) =>
    first.again.signInAgain(serverId, passphrase, { kit: typed ?? null });
  expect(await first.sessions.readSessions(serverId, "")).toEqual({ ok: false, error: "signed-out" });
  expect(await again(FIRST)).toEqual({ ok: false, error: "other-than-vault" });
  expect(await again(THIRD)).toEqual({ ok: false, error: "kit-replaced" });
  expect(await again(THIRD, kit)).toEqual({ ok: false, error: "wrong-kit" });
  expect(await again(THIRD, "CSR1-")).toEqual({ ok: false, error: "kit-incomplete" });
  value(await again(THIRD, await kitOn(third, serverId)));
  expect(await shownOn(first)).toEqual(["AWS"]);
  expect(await secretsOn(first, serverId)).toMatchObject({ hasVaultPassphrase: false, uncheckedKit: null });
});

test("a device that is signed in somehow takes a bundle under the new key for no damage, but signs in again", async () => {
  const { first, kit, serverId } = world();
  const third = await newOwnDevice(THIRD);
  value(await recover(third, kit));
  const { token } = await secretsOn(third, serverId);
  await first.keep.changeServer(serverId, (secrets) => ({ ...secrets, token }));
  expect(await first.bundle.refreshBundle(serverId)).toEqual({ ok: false, error: "signed-out" });
  expect((await secretsOn(first, serverId)).token).toBeNull();
  expect(await first.again.signInAgain(serverId, THIRD)).toEqual({ ok: false, error: "kit-replaced" });
});

test("refused, it says why and leaves nothing behind", async () => {
  const { db, kit, first, serverId } = world();
  const third = await newOwnDevice(THIRD);
  const before = await dumpOf(third);
  const another = await formatKit(newRecoveryKey());
  expect(await recover(third, kit.slice(0, 30))).toMatchObject({ error: "kit-incomplete" });
  const { hasDied } = await dyingAt(1, "down", async () =>
    expect(await recover(third, kit, FIRST)).toMatchObject({ error: "wrong-passphrase" }),
  );
  expect(hasDied).toBe(false);
  expect(await recover(third, another)).toMatchObject({ error: "not-of-kit" });
  expect(await recover(third, kit, THIRD, "eve@example.com")).toMatchObject({ error: "not-of-kit" });

  expect(await dumpOf(third)).toEqual(before);

  // The device has slept between one step and the next.
  const goBack = () => db.updateTable("recovery_round").set({ made_at: 0 }).execute();
  for (const [path, slept] of [
    ["openRecovery", 6 * 60_000],
    ["user.recover", 31 * 60_000],
  ] as const) {
    const times = [0, slept];
    const now = () => times.shift() ?? slept;
    const late = await tampered(path, goBack, () => recover(third, kit, THIRD, EMAIL, now));
    expect(late).toMatchObject({ error: "recovery-late" });
  }
  const overtaken = await tampered(
    "user.recover",
    async () =>
      value(await first.everywhere.changePassphraseEverywhere({ old: FIRST, next: "quite other words" })),
    () => recover(third, kit),
  );
  expect(overtaken).toMatchObject({ error: "recovery-overtaken" });
  const joined = async () => {
    value(await first.again.signInAgain(serverId, "quite other words"));
    value(await first.create.createGroup(serverId, "Cloud"));
    value(await first.sync.syncServer(serverId));
  };
  expect(await tampered("user.recover", joined, () => recover(third, kit))).toMatchObject({
    error: "recovery-overtaken",
  });
  // The new keys stay, which may count after all: what is sent twice on the way is refused the second time.
  const ofOthers = (dump: Awaited<ReturnType<typeof dumpOf>>) =>
    dump.filter(([table]) => table !== "registrations");
  expect(ofOthers(await dumpOf(third))).toEqual(ofOthers(before));
  value(await recover(third, kit));
});

test.each(["down", "lost-answer"] as const)(
  "whichever request it dies at (%s), doing it again on that device gets her in, and the groups are there",
  async (kind) => {
    await shareOnFirst();
    let { kit } = world();
    const unheard: unknown[] = [];
    for (let request = 1; ; request++) {
      await restRates(world());
      const third = await newOwnDevice(THIRD);
      const { hasDied, outcome } = await dyingAt(request, kind, () => recover(third, kit));
      if (outcome.ok) {
        expect(hasDied).toBe(false);
        break;
      }
      if (outcome.error === "recovery-unknown") unheard.push(request);
      value(await recover(third, kit));
      expect(await shownOn(third)).toEqual(["AWS"]);
      expect(await third.db.registrations.count()).toBe(0);
      kit = await kitOn(third, world().serverId);
    }
    expect(unheard).toEqual([4]);
  },
);

test("a device that is connected finds a recovery whose answer it never heard when it signs in again", async () => {
  const { first, kit, serverId } = world();
  const { outcome } = await dyingAt(4, "lost-answer", () => recover(first, kit, FIRST));
  expect(outcome).toEqual({ ok: false, error: "recovery-unknown" });
  value(await first.again.signInAgain(serverId, FIRST));
  const newKit = await kitOn(first, serverId);
  expect(newKit).not.toBe(kit);
  await connected(world(), { vault: THIRD, passphrase: FIRST, kit: newKit });
  expect(await first.db.registrations.count()).toBe(0);
});

test("unheard twice in a row, the device has the kit of either", async () => {
  const { kit } = world();
  const third = await newOwnDevice(THIRD);
  // Hello, challenge, refused; challenge with the key of the first; opened; recovered without an answer.
  await dyingAt(4, "lost-answer", () => recover(third, kit));
  const { outcome } = await dyingAt(6, "lost-answer", () => recover(third, kit));
  expect(outcome).toEqual({ ok: false, error: "recovery-unknown" });
  value(await recover(third, kit));
  await third.kit.checkKit(world().serverId, await kitOn(third, world().serverId));
});

/** Does something just before a request of the device goes out. */
async function tampered<T>(path: string, before: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const { fetch } = globalThis;
  let isDone = false;
  globalThis.fetch = async (...asked) => {
    if (!isDone && String(asked[0]).endsWith(path)) {
      isDone = true;
      await before();
    }
    return fetch(...asked);
  };
  return work().finally(() => {
    globalThis.fetch = fetch;
  });
}
