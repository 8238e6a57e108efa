import { beforeAll, expect, test } from "vitest";
import type { Bytes } from "../../shared/bytes.ts";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import {
  alice,
  connectAnother,
  type Device,
  db,
  EMAIL,
  evil,
  inAccountWorld,
  kit,
  newDevice,
  PASSPHRASE,
  secretsOf,
  served,
  serverId,
} from "../hostile/account-world.ts";
import { value } from "./device.ts";

/** A new kit in place of one that was lost or seen, with the extension's own code against a real server. */
inAccountWorld();

/** The kit that opens now; the first is that of the registration. */
let present: Bytes;
/** A device beside Alice's; making one derives its vault's key, which takes its time. */
let other: Device;
beforeAll(async () => {
  present = kit;
  other = await newDevice();
});

/** The other device, with no server yet. */
async function afresh(): Promise<Device> {
  await other.db.servers.clear();
  return other;
}

const makeNewKit = (device = alice) => device.newKit.makeNewKit(serverId, PASSPHRASE);
const looks = (device = alice) => device.bundle.refreshBundle(serverId);
const rowOf = () => db.selectFrom("user").selectAll().where("email", "=", EMAIL).executeTakeFirstOrThrow();
const lettersOn = async (device: Device) => (await device.kit.readKit(serverId))?.letters ?? null;

/** The server takes the new kit, and nobody hears of it. */
function loseAnswers(): void {
  evil.instead("user.replaceKit", async (response, exchange) => {
    await evil.replay(exchange);
    response.destroy();
  });
  evil.instead("user.latestBundle", (response) => void response.destroy());
}

/** The new kit, as it is printed; it opens, and what was before does not. */
async function expectNewKit(): Promise<void> {
  const letters = await lettersOn(alice);
  if (letters === null) throw Error("no kit to print");
  expect(letters).not.toBe(await formatKit(present));
  expect((await secretsOf(alice)).pendingKit).toBeUndefined();
  const another = await afresh();
  expect(await connectAnother(another, present)).toEqual({ ok: false, error: "wrong-kit" });
  const recoveryKey = Buffer.from((await secretsOf(alice)).uncheckedKit ?? "", "base64url");
  present = new Uint8Array(recoveryKey);
  expect(await formatKit(present)).toBe(letters);
  expect(await connectAnother(another, present)).toMatchObject({ ok: true });
  expect((await secretsOf(another)).bundle).toEqual((await secretsOf(alice)).bundle);
}

test("a new kit takes the former one's place, with the same keys, and this device stays signed in", async () => {
  const { bundle } = await secretsOf(alice);
  value(await alice.kit.checkKit(serverId, await formatKit(kit)));
  value(await makeNewKit());
  const after = await secretsOf(alice);
  expect(after.bundle).toEqual({ ...bundle, ver: bundle.ver + 1 });
  await expectNewKit();
  expect(value(await looks()).ver).toBe(bundle.ver + 1);
});

test("it is asked for until it was typed back, and the former one is another kit", async () => {
  const former = present;
  value(await makeNewKit());
  expect(await alice.kit.checkKit(serverId, await formatKit(former))).toEqual({
    ok: false,
    error: "another-kit",
  });
  await expectNewKit();
  value(await alice.kit.checkKit(serverId, await formatKit(present)));
  expect(await lettersOn(alice)).toBeNull();
});

test("another device is signed out, and neither passphrase nor former kit lets it in again", async () => {
  const another = await afresh();
  value(await connectAnother(another, present));
  const former = present;
  value(await makeNewKit());
  expect(await looks(another)).toEqual({ ok: false, error: "signed-out" });
  expect(await another.again.signInAgain(serverId, PASSPHRASE)).toEqual({ ok: false, error: "kit-replaced" });
  expect(await connectAnother(another, former)).toEqual({ ok: false, error: "wrong-kit" });
  await expectNewKit();
  expect(await connectAnother(another, present)).toMatchObject({ ok: true });
});

test("a wrong passphrase makes no kit, neither here nor at the server", async () => {
  const before = await rowOf();
  const refused = await alice.newKit.makeNewKit(serverId, "not the passphrase");
  expect(refused).toEqual({ ok: false, error: "wrong-passphrase" });
  expect(await rowOf()).toEqual(before);
  expect((await secretsOf(alice)).pendingKit).toBeUndefined();
});

test("a device that never hears that it was taken has it all the same", async () => {
  loseAnswers();
  const former = await secretsOf(alice);
  expect(await makeNewKit()).toEqual({ ok: false, error: "not-known" });
  // As if the page had died: all that there is, is what is stored.
  const stored = await secretsOf(alice);
  expect(stored.pendingKit?.recoveryKey).toBeDefined();
  expect({ ...stored, pendingKit: null, token: null }).toEqual({
    ...former,
    pendingKit: null,
    token: null,
  });
  evil.reset();
  value(await looks());
  expect((await secretsOf(alice)).uncheckedKit).toBe(stored.pendingKit?.recoveryKey);
  await expectNewKit();
});

test("a page that dies after the server has taken it finds the new kit at the next sign-in", async () => {
  loseAnswers();
  expect(await makeNewKit()).toEqual({ ok: false, error: "not-known" });
  evil.reset();
  value(await alice.sessions.signOut(serverId).then(() => alice.again.signInAgain(serverId, PASSPHRASE)));
  await expectNewKit();
});

test("asking again after an answer that was lost makes no second kit", async () => {
  loseAnswers();
  expect(await makeNewKit()).toEqual({ ok: false, error: "not-known" });
  const { pendingKit } = await secretsOf(alice);
  evil.reset();
  evil.exchanges.length = 0;
  value(await makeNewKit());
  expect(evil.exchanges.map(({ path }) => path)).not.toContain("user.replaceKit");
  expect((await secretsOf(alice)).uncheckedKit).toBe(pendingKit?.recoveryKey);
  await expectNewKit();
});

test("the passphrase is changed while nobody has heard of the new kit, and nobody is asked for it", async () => {
  loseAnswers();
  expect(await makeNewKit()).toEqual({ ok: false, error: "not-known" });
  const { pendingKit } = await secretsOf(alice);
  evil.reset();
  const next = "alice has thought of other words";
  const change = (old: string, wished: string) =>
    alice.everywhere.changePassphraseEverywhere({ old, next: wished });
  expect(value(await change(PASSPHRASE, next))).toMatchObject([{ outcome: "changed" }]);
  expect((await secretsOf(alice)).uncheckedKit).toBe(pendingKit?.recoveryKey);
  expect(value(await change(next, PASSPHRASE))).toMatchObject([{ outcome: "changed" }]);
  await expectNewKit();
});

test("a page that looked just before is not signed out by a kit that another one makes", async () => {
  const [asked, made] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isFirst = true;
  evil.instead("user.latestBundle", async (response, exchange) => {
    if (isFirst) {
      isFirst = false;
      asked.resolve();
      await made.promise;
    }
    const real = await fetch(`${served.origin}${exchange.url}`, {
      headers: { authorization: `Bearer ${(await secretsOf(alice)).token}` },
    });
    response.writeHead(real.status, { "content-type": "application/json" });
    response.end(await real.text());
  });
  const looking = looks();
  await asked.promise;
  value(await makeNewKit());
  made.resolve();
  expect(await looking).toMatchObject({ ok: true });
  expect((await secretsOf(alice)).token).not.toBeNull();
  evil.reset();
  await expectNewKit();
});

test("a kit that comes while the former one is checked is not taken for checked", async () => {
  const former = present;
  const begun = await secretsOf(alice);
  await alice.keep.changeServer(serverId, (secrets) => ({
    ...secrets,
    uncheckedKit: Buffer.from(former).toString("base64url"),
  }));
  const newer = "B".repeat(27);
  const checking = alice.kit.checkKit(serverId, await formatKit(former));
  const changing = alice.keep.changeServer(serverId, (secrets) => ({ ...secrets, uncheckedKit: newer }));
  await Promise.all([checking, changing]);
  expect((await secretsOf(alice)).uncheckedKit).toBe(newer);
  await alice.keep.changeServer(serverId, () => begun);
});

test("a request that never came to the server is made again, for the same kit", async () => {
  evil.instead("user.replaceKit", (response) => void response.destroy());
  const before = await rowOf();
  expect(await makeNewKit()).toMatchObject({ ok: false });
  expect(await rowOf()).toEqual(before);
  const { pendingKit } = await secretsOf(alice);
  const another = await afresh();
  expect(await connectAnother(another, present)).toMatchObject({ ok: true });
  evil.reset();
  value(await makeNewKit());
  expect((await secretsOf(alice)).uncheckedKit).toBe(pendingKit?.recoveryKey);
  await expectNewKit();
});

test("two pages that begin at once begin the same kit", async () => {
  const begun = await Promise.all([1, 2].map(() => alice.pendingKit.beginKit(serverId)));
  expect(begun[0]?.pendingKit).toEqual(begun[1]?.pendingKit);
  const outcomes = await Promise.all([looks(), makeNewKit(), looks()]);
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect((await secretsOf(alice)).uncheckedKit).toBe(begun[0]?.pendingKit.recoveryKey);
  await expectNewKit();
});

test("a bundle that another device replaces in between is not lost", async () => {
  const another = await afresh();
  value(await connectAnother(another, present));
  const g = "A".repeat(22);
  const pin = { n: 1, head: "A".repeat(43) };
  let isFirst = true;
  evil.instead("user.replaceKit", async (response, exchange) => {
    if (isFirst) value(await another.bundle.rememberGroups(serverId, (groups) => ({ ...groups, [g]: pin })));
    isFirst = false;
    const real = await fetch(`${served.origin}${exchange.url}`, {
      method: "POST",
      headers: { authorization: `Bearer ${exchange.token}`, "content-type": "application/json" },
      body: exchange.body,
    });
    response.writeHead(real.status, { "content-type": "application/json" });
    response.end(await real.text());
  });
  value(await makeNewKit());
  evil.reset();
  expect((await secretsOf(alice)).bundle.groups[g]).toEqual(pin);
  await expectNewKit();
});
