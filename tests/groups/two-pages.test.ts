import { expect, test, vi } from "vitest";
import { value } from "./device.ts";
import { codeAt, newOwnDevice, type OwnDevice } from "./own-device.ts";
import { connected, dyingAt, EMAIL, eachWithAlice, FIRST, kitOn, restRates, secretsOn } from "./own-world.ts";

/** Two pages of one browser that do something about the person's access in the same moment. */
const world = eachWithAlice();
const NEXT = "alice has thought of other words";

type Outcome = { readonly ok: boolean; readonly error?: unknown };
type Deed = (device: OwnDevice) => Promise<Outcome>;

const wish = (passphrase: string) => ({
  origin: world().served.origin,
  email: EMAIL,
  passphrase,
  kit: world().kit,
});
const id = () => world().serverId;
const DEEDS: Readonly<Record<string, Deed>> = {
  "make a new kit": ({ newKit }) => newKit.makeNewKit(id(), FIRST),
  "make new keys": ({ replace }) => replace.replaceOwnKeys(id(), FIRST, {}),
  "change the address": ({ email }) =>
    email.changeEmail(id(), { email: "alice.smith@example.com", passphrase: FIRST }),
  "sign in again": ({ again }) => again.signInAgain(id(), FIRST),
  "show the code of the device": ({ deviceCode }) => deviceCode.makeDeviceCode(id(), FIRST),
  "connect with the kit": ({ connect }) => connect.connectWithKit(wish(FIRST)),
  "come back with the kit": ({ recover }) => recover.recoverWithKit(wish(FIRST)),
  "change the passphrase": ({ everywhere }) =>
    everywhere.changePassphraseEverywhere({ old: FIRST, next: NEXT }),
};

test.each(Object.keys(DEEDS))("to %s goes on in one page, and the other is told", async (name) => {
  const { first, serverId } = world();
  const deed = DEEDS[name];
  if (!deed) throw Error("no such deed");
  const pages = await Promise.all([deed(first), DEEDS["make a new kit"]?.(first)]);
  expect(pages).toMatchObject([{ ok: true }, { ok: false, error: "busy" }]);
  await restRates(world());
  // Whatever came of it, what this device has is what the server has.
  const passphrase = name === "change the passphrase" ? NEXT : FIRST;
  value(await first.again.signInAgain(serverId, passphrase));
  expect((await secretsOn(first, serverId)).pendingKit).toBeUndefined();
});

test("of two that register with one code one does, and its keys are those that stay", async () => {
  const { db, served, serverId } = world();
  const device = await newOwnDevice(FIRST);
  const code = await codeAt(db, served, served.origin);
  const register = () =>
    device.register.registerWithCode({ code, email: "bob@example.com", passphrase: FIRST });
  // The answer that makes the user is lost for the first: what is stored has to be what the server was given.
  const [first, second] = await Promise.all([
    dyingAt(3, "lost-answer", register).then(({ outcome }) => outcome),
    register(),
  ]);
  expect([first.ok, second]).toEqual([false, { ok: false, error: "busy" }]);
  value(await register());
  expect(await kitOn(device, serverId)).toMatch(/^CSR1-/);
  expect((await device.bundle.refreshBundle(serverId)).ok).toBe(true);
});

test("what broke in one page keeps no other one waiting", async () => {
  const { first, serverId } = world();
  const write = vi.spyOn(first.db.servers, "put").mockRejectedValueOnce(Error("killed"));
  await expect(first.newKit.makeNewKit(serverId, FIRST)).rejects.toThrow("killed");
  write.mockRestore();
  await dyingAt(2, "down", () => first.newKit.makeNewKit(serverId, FIRST));
  value(await first.newKit.makeNewKit(serverId, FIRST));
});

test("who signs in while another page signs out stays signed in", async () => {
  const { first, serverId } = world();
  const { fetch } = globalThis;
  const [asked, isIn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  globalThis.fetch = async (...given) => {
    if (String(given[0]).endsWith("user.signOut")) {
      asked.resolve();
      await isIn.promise;
    }
    return fetch(...given);
  };
  const leaving = first.sessions.signOut(serverId);
  await asked.promise;
  value(await first.again.signInAgain(serverId, FIRST));
  isIn.resolve();
  await leaving.finally(() => {
    globalThis.fetch = fetch;
  });
  expect((await secretsOn(first, serverId)).token).not.toBeNull();
  expect((await first.sessions.readSessions(serverId, "")).ok).toBe(true);
});

test("a kit that another page begins while this one disconnects is kept, or not begun", async () => {
  const { first, serverId } = world();
  const key = await first.keys.requireVaultKey();
  const { servers } = first.db;
  const get = servers.get.bind(servers) as (id: string) => Promise<unknown>;
  const begun: ReturnType<typeof first.pendingKit.beginKit>[] = [];
  let looked = 0;
  const spy = vi.spyOn(servers, "get").mockImplementation((async (id: string) => {
    const row = await get(id);
    // Signing out looks twice; then what may be the only kit is looked for, before all of it is deleted.
    if (++looked === 3) {
      begun.push(first.pendingKit.beginKit(serverId));
      // It may be made to wait until all is over, which is right.
      await Promise.race([begun[0], new Promise((resolve) => setTimeout(resolve, 200))]);
    }
    return row;
  }) as never);
  await first.sessions.disconnect(serverId);
  spy.mockRestore();
  const kept = (await first.unheard.readUnheardKits(key, serverId)).map(({ recoveryKey }) => recoveryKey);
  const kit = (await begun[0])?.pendingKit.recoveryKey;
  expect(begun).toHaveLength(1);
  expect(kept).toEqual(kit === undefined ? [] : [kit]);
});

test("an invitation that another page keeps while this device is connected anew is not lost", async () => {
  const { first, serverId } = world();
  const device = await connected(world(), { vault: FIRST, passphrase: FIRST, kit: world().kit });
  const { fetch } = globalThis;
  globalThis.fetch = async (...given) => {
    if (String(given[0]).includes("user.bundle"))
      await device.keep.changeServer(serverId, (secrets) => ({ ...secrets, invitation: "CS1-LATE" }));
    return fetch(...given);
  };
  value(
    await device.connect.connectWithKit(wish(FIRST)).finally(() => {
      globalThis.fetch = fetch;
    }),
  );
  expect((await secretsOn(device, serverId)).invitation).toBe("CS1-LATE");
  expect((await secretsOn(first, serverId)).invitation).toBeNull();
});
